import type { AccountStatus, Role } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import { type Contact, noContact, openContacts } from './contact.ts'
import { searchAccounts } from './queries/search.ts'
import type { AccountRow } from './queries.ts'

export interface AccountSearch {
  /** Part of a name, or a whole e-mail address, phone number or postal address. */
  readonly text: string | null
  readonly role: Role | null
  readonly status: AccountStatus | null
  /** The id of the last account of the page before. */
  readonly after: string | null
  readonly limit: number
}

/** Accounts by name, each with its contact. */
export async function findAccounts<T>(
  context: Context,
  { text, role, status, after, limit }: AccountSearch,
  show: (row: AccountRow, contact: Contact) => T,
): Promise<T[]> {
  const { db, keyring } = context
  const filter = {
    ...{ text, role, status },
    emailIndex: text?.includes('@') ? blindIndex(keyring, 'email', text) : null,
    phoneIndex: text !== null && isPhone(text) ? blindIndex(keyring, 'phone', text) : null,
    addressIndex: text === null ? null : blindIndex(keyring, 'address', text),
  }
  const rows = await searchAccounts(db, filter, after, limit)
  const contacts = await openContacts(db, context, rows)
  return rows.map((row) => show(row, contacts.get(row.id) ?? noContact))
}

/** All numbers without a digit share one index, so that a search for a word would find whoever gave one of them. */
function isPhone(text: string): boolean {
  return /\d/.test(text) && /^[+\d\s()./-]+$/.test(text)
}
