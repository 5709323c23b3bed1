import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { blindIndex, type IndexedField } from '../../platform/keys/blind-index.ts'
import { type Contact, sealContact } from './contact.ts'
import type { ContactRow } from './queries.ts'

/** A contact sealed as that version of its row, with the blind indexes it is found by. */
export async function contactRow(
  tx: Tx,
  context: Pick<Context, 'dataKeys' | 'keyring'>,
  accountId: string,
  version: number,
  contact: Contact,
): Promise<ContactRow> {
  const index = (field: IndexedField) => {
    const value = contact[field]
    return value === null ? null : blindIndex(context.keyring, field, value)
  }
  return {
    accountId,
    version,
    contact: await sealContact(tx, context, accountId, version, contact),
    emailIndex: index('email'),
    phoneIndex: index('phone'),
    addressIndex: index('address'),
  }
}
