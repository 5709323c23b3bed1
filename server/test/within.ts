import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'

/** What one look takes on a machine at rest, with the pause after it, and some more. */
const LOOK_MS = 40

/**
 * Looks until something is so, which it has to be within so many milliseconds of a machine at rest: what a look takes beyond its
 * due is the machine's, which may be busy with other things, and does not count.
 */
export async function within(ms: number, isSo: () => Promise<boolean>): Promise<void> {
  for (let spent = 0; ; assert.ok(spent < ms, `not within ${ms} ms`)) {
    const startedAt = performance.now()
    if (await isSo()) return
    await wait(10)
    spent += Math.min(performance.now() - startedAt, LOOK_MS)
  }
}
