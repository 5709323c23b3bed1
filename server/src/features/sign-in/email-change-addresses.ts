import type { Context } from '../../platform/context.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { open, seal } from '../../platform/keys/envelope.ts'

/** The address an account had when it asked for another, and the one it asked for. */
export interface EmailChangeAddresses {
  readonly from: string | null
  readonly to: string
}

type Keys = Pick<Context, 'dataKeys'>

/** Seals both addresses of one request under the person's own key. */
export async function sealAddresses(
  tx: Tx,
  { dataKeys }: Keys,
  accountId: string,
  id: string,
  addresses: EmailChangeAddresses,
): Promise<Buffer> {
  const key = await dataKeys.createDataKey(tx, 'owner-personal', accountId)
  return seal(key, JSON.stringify(addresses), placeOf(accountId, id))
}

/** @throws IntegrityError when they do not open */
export async function openAddresses(
  db: Queryable,
  { dataKeys }: Keys,
  { accountId, id, addresses }: { accountId: string; id: string; addresses: Buffer },
): Promise<EmailChangeAddresses> {
  const key = await dataKeys.dataKeyFor(db, 'owner-personal', accountId)
  return JSON.parse(open(key, addresses, placeOf(accountId, id)).toString())
}

function placeOf(accountId: string, id: string) {
  return { table: 'email_changes', column: 'addresses', rowId: id, version: 1, subjectId: accountId }
}
