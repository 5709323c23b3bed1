import type { Db } from '../../platform/database/database.ts'
import { transact } from '../../platform/database/database.ts'
import type { Anchor } from './anchor.ts'
import { insertAnchored, readUnanchored } from './queries/anchored.ts'

const BATCH = 500

/** Publishes what has not been published. @throws AggregateError when a place does not take it; the others have got it */
export async function publishCheckpoints(db: Db, anchors: readonly Anchor[]): Promise<void> {
  const results = await Promise.allSettled(anchors.map((anchor) => publishTo(db, anchor)))
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  if (errors.length > 0) throw new AggregateError(errors, String(errors[0]))
}

async function publishTo(db: Db, anchor: Anchor): Promise<void> {
  for (let isMore = true; isMore; ) {
    const waiting = await readUnanchored(db, anchor.place, anchor.everyMs, BATCH)
    const chosen = anchor.everyMs > 0 ? waiting.slice(-1) : waiting
    for (const checkpoint of chosen) await anchor.publish(checkpoint)
    if (chosen.length > 0) await transact(db, (tx) => insertAnchored(tx, anchor.place, chosen))
    isMore = waiting.length === BATCH
  }
}
