import type { Context } from '../../platform/context.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { openContact } from './contact.ts'
import { findAccount } from './queries.ts'

/** Where a person gets mail; null for nobody, without an address, and once the account is disabled. */
export async function mailAddressOf(
  db: Queryable,
  context: Pick<Context, 'dataKeys'>,
  accountId: string,
): Promise<string | null> {
  const account = await findAccount(db, accountId)
  if (!account || account.disabled) return null
  return (await openContact(db, context, account))?.email ?? null
}
