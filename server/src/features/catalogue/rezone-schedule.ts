import type { Location } from '@petra/contract'
import type { Tx } from '../../platform/database/database.ts'
import { spanOnClock } from './local-span.ts'
import { listToldAt, updateSpans } from './queries/rezoning.ts'

/**
 * Gives closures, time off and extra hours that were said by a location's clock the instants that its new one makes of them.
 * What is in no time of that clock stays as it is.
 */
export async function rezoneSchedule(tx: Tx, { id, timeZone }: Location): Promise<void> {
  for (const table of ['closures', 'schedule_exceptions'] as const) {
    const told = await listToldAt(tx, table, id)
    const spans = told.flatMap((change) => {
      const span = spanOnClock(change, timeZone)
      return span ? [{ id: change.id, ...span }] : []
    })
    await updateSpans(tx, table, spans)
  }
}
