import type { Account, AccountPatch } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import { blindIndex } from '../../platform/blind-index.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/event-log.ts'
import { type Contact, openContacts, sealContact } from './contact.ts'
import { lockAccount, toAccount, updateAccount, updateContact } from './queries.ts'

/** Applies a merge patch to the caller's own account. */
export async function updateMe(
  tx: Tx,
  context: Context,
  actor: Person,
  patch: AccountPatch,
  requireFresh: (current: Account) => void,
): Promise<Account> {
  const row = await lockAccount(tx, actor.accountId)
  if (!row) throw new NotFound()
  const contact = (await openContacts(tx, context, [row])).get(row.id) ?? { email: null, phone: null }
  requireFresh(toAccount(row, contact))
  const { name = row.name, locale = row.locale } = patch
  const changed: Contact = { email: contact.email, phone: patch.phone === undefined ? contact.phone : patch.phone }
  await updateAccount(tx, row.id, { name, locale })
  if (patch.phone !== undefined) {
    const version = row.version + 1
    await updateContact(tx, {
      accountId: row.id,
      version,
      contact: await sealContact(tx, context, row.id, version, changed),
      emailIndex: contact.email === null ? null : blindIndex(context.keyring, 'email', contact.email),
      phoneIndex: changed.phone === null ? null : blindIndex(context.keyring, 'phone', changed.phone),
    })
  }
  record(tx, actor, 'account.updated', {
    resource: { type: 'account', id: row.id },
    payload: { fields: Object.keys(patch) },
  })
  return toAccount({ ...row, name, locale }, changed)
}
