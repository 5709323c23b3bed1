import { system } from '../../platform/actor.ts'
import { type Db, type Queryable, transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { claimTail, moveCursor, tailLag } from '../../platform/events/log-tail.ts'
import { readMemory, saveMemory } from './queries/memory.ts'
import { readWatched } from './queries/watched-events.ts'
import { look } from './rules.ts'

export const WATCH = 'watch'
const BATCH = 2_000

/**
 * Holds the next events in commit order against the rules: their alarms, what is to be remembered, and the cursor past them
 * are one commit. One process at a time does.
 * @returns how many events it read; 0 too when another process is at it
 */
export function watchTrail({ db }: { readonly db: Db }): Promise<number> {
  return transact(db, async (tx) => {
    const cursor = await claimTail(tx, WATCH)
    if (!cursor) return 0
    const read = await readWatched(tx, cursor, BATCH)
    const last = read.at(-1)
    if (!last) return 0
    const events = read.flatMap(({ accountId, ...event }) => (accountId === null ? [] : [{ ...event, accountId }]))
    const memory = await readMemory(tx, events)
    for (const { rule, accountId, eventId } of look(events, memory)) {
      record(tx, system, 'watch.raised', { resource: { type: 'account', id: accountId }, payload: { rule, eventId } })
    }
    await Promise.all([saveMemory(tx, memory, events), moveCursor(tx, WATCH, last)])
    return read.length
  })
}

/** Watches until nothing is left that is committed. */
export async function watchAll(context: { readonly db: Db }): Promise<void> {
  while ((await watchTrail(context)) === BATCH);
}

/** Seconds since the oldest event that has not been looked at; 0 when there is none. */
export function watchLag(db: Queryable): Promise<number> {
  return tailLag(db, WATCH, 'all')
}
