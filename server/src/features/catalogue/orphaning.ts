import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { type Handling, lockUnofferedVisits, settleVisits } from '../appointments/lookup.ts'

/**
 * Makes a change of who performs what and where, and deals with the visits it orphans; those that were orphaned before stay as
 * they are. The schedule is owned.
 * @throws AppointmentsAffected 409 unless the request says what becomes of them
 */
export async function orphaning<T>(
  tx: Tx,
  actor: Actor,
  scope: { serviceId?: string; providerId?: string },
  handling: Handling,
  change: () => Promise<T>,
): Promise<T> {
  const before = new Set((await lockUnofferedVisits(tx, scope)).map(({ id }) => id))
  const changed = await change()
  const orphaned = (await lockUnofferedVisits(tx, scope)).filter(({ id }) => !before.has(id))
  await settleVisits(tx, actor, orphaned, handling)
  return changed
}
