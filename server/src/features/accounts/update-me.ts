import type { Account, AccountPatch } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { type Contact, openContact } from './contact.ts'
import { contactRow } from './contact-row.ts'
import { lockAccount, toAccount, updateAccount, updateContact } from './queries.ts'

/** Applies a merge patch to the caller's own account. @throws AppError 401 when they are erased meanwhile, 412 when stale */
export async function updateMe(
  tx: Tx,
  context: Context,
  actor: Person,
  patch: AccountPatch,
  requireFresh: (current: Account) => void,
): Promise<Account> {
  const row = await lockAccount(tx, actor.accountId)
  const contact = row && (await openContact(tx, context, row))
  if (!contact) throw new AppError('auth.required', 'This session has ended.')
  requireFresh(toAccount(row, contact))
  const { name = row.name, locale = row.locale } = patch
  const { phone = contact.phone, address = contact.address } = patch
  const changed: Contact = { ...contact, phone, address }
  await updateAccount(tx, row.id, { name, locale })
  if (phone !== contact.phone || address !== contact.address)
    await updateContact(tx, await contactRow(tx, context, row.id, row.version + 1, changed))
  record(tx, actor, 'account.updated', {
    resource: { type: 'account', id: row.id },
    payload: { fields: Object.keys(patch) },
  })
  return toAccount({ ...row, name, locale }, changed)
}
