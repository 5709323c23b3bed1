import type { Context } from '../../platform/context.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { open, seal } from '../../platform/keys/envelope.ts'

/** How a person is reached: sealed as one cell under the person's own key. */
export interface Contact {
  readonly email: string | null
  readonly phone: string | null
  /** Postal. */
  readonly address: string | null
}

export const noContact: Contact = { email: null, phone: null, address: null }

/** A sealed contact as it stands in `account_contacts`. */
export interface SealedContact {
  readonly accountId: string
  readonly version: number
  readonly contact: Buffer
}

type Keys = Pick<Context, 'dataKeys'>

/** Seals a contact for one version of its row; makes the person's key when there is none. */
export async function sealContact(
  tx: Tx,
  { dataKeys }: Keys,
  accountId: string,
  version: number,
  contact: Contact,
): Promise<Buffer> {
  const key = await dataKeys.createDataKey(tx, 'owner-personal', accountId)
  return seal(key, JSON.stringify(contact), placeOf(accountId, version))
}

/** @returns undefined once the person's key is destroyed: they were erased since the contact was read */
export async function openContact(db: Queryable, keys: Keys, sealed: SealedContact): Promise<Contact | undefined> {
  return (await openContacts(db, keys, [sealed])).get(sealed.accountId)
}

/** Opens the contacts of many people with one look-up of their keys. */
export async function openContacts(
  db: Queryable,
  { dataKeys }: Keys,
  sealed: readonly SealedContact[],
): Promise<Map<string, Contact>> {
  const keys = await dataKeys.dataKeysFor(
    db,
    'owner-personal',
    sealed.map(({ accountId }) => accountId),
  )
  return new Map(
    sealed.flatMap(({ accountId, version, contact }) => {
      const key = keys.get(accountId)
      return key ? [[accountId, toContact(open(key, contact, placeOf(accountId, version)).toString())]] : []
    }),
  )
}

/** Cells sealed before addresses were kept have none. */
function toContact(json: string): Contact {
  return { address: null, ...JSON.parse(json) }
}

function placeOf(accountId: string, version: number) {
  return { table: 'account_contacts', column: 'contact', rowId: accountId, version, subjectId: accountId }
}
