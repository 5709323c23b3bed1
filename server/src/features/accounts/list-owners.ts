import type { Client } from '@petra/contract'
import { blindIndex } from '../../platform/blind-index.ts'
import type { Context } from '../../platform/context.ts'
import { openContacts } from './contact.ts'
import { searchAccounts, toClient } from './queries.ts'

/**
 * Owners by name, from the one after `after` on.
 * @param text part of a name, or a whole e-mail address or phone number; null for all owners
 */
export async function listOwners(
  context: Context,
  text: string | null,
  after: string | null,
  limit: number,
): Promise<Client[]> {
  const { db, keyring } = context
  const rows = await searchAccounts(db, {
    text,
    emailIndex: text?.includes('@') ? blindIndex(keyring, 'email', text) : null,
    phoneIndex: text !== null && isPhone(text) ? blindIndex(keyring, 'phone', text) : null,
    after,
    limit,
  })
  const contacts = await openContacts(db, context, rows)
  return rows.map((row) => toClient(row, contacts.get(row.id)))
}

/** All numbers without a digit share one index, so that a search for a word would find whoever gave one of them. */
function isPhone(text: string): boolean {
  return /\d/.test(text) && /^[+\d\s()./-]+$/.test(text)
}
