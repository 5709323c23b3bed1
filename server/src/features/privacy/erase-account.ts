import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { eraseAccountRows } from '../accounts/lookup.ts'
import { deleteOriginsOf } from '../audit/lookup.ts'
import { endSessionsOf, forgetDevicesOf } from '../sessions/lookup.ts'
import { forgetAccount } from '../watch/lookup.ts'
import { deleteExportsOf, takeDueErasure } from './queries.ts'
import { releasePets } from './release-pets.ts'

/**
 * Erases an account whose grace is over: name, contact, sign-in, sessions and exports go, and with the person's data key
 * whatever copy of them is left in a backup. Records, visits and the trail stay, and name nobody.
 */
export async function eraseAccount(context: Context, { accountId }: { readonly accountId: string }): Promise<void> {
  const { db, dataKeys } = context
  await transact(db, async (tx) => {
    if (!(await takeDueErasure(tx, accountId))) return
    await releasePets(tx, system, accountId)
    await endSessionsOf(tx, accountId, 'account-erased', null)
    await forgetDevicesOf(tx, accountId)
    await deleteExportsOf(tx, accountId)
    await eraseAccountRows(tx, accountId)
    await deleteOriginsOf(tx, accountId)
    await forgetAccount(tx, accountId)
    await dataKeys.destroyDataKey(tx, 'owner-personal', accountId)
    record(tx, system, 'account.erased', { resource: { type: 'account', id: accountId }, behalfOf: accountId })
  })
  dataKeys.forget(accountId)
}
