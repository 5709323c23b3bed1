import { randomUUIDv7 } from 'node:crypto'
import type { Role } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { contactRow } from './contact-row.ts'
import { insertAccount, insertContact } from './queries.ts'

export interface NewAccount {
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly roles: readonly Role[]
  readonly locale: string
  readonly passwordHash: string | null
}

/** Makes an account with its sealed contact. @returns its id, or null when another account has the e-mail address */
export async function createAccount(
  tx: Tx,
  context: Pick<Context, 'dataKeys' | 'keyring'>,
  account: NewAccount,
): Promise<string | null> {
  const { email, phone, name, roles, locale, passwordHash } = account
  const id = randomUUIDv7()
  await insertAccount(tx, { id, name, passwordHash, roles: [...new Set<Role>(['owner', ...roles])], locale })
  const isFree = await insertContact(tx, await contactRow(tx, context, id, 1, { email, phone, address: null }))
  return isFree ? id : null
}
