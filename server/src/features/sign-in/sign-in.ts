import type { Credentials, Session } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import { blindIndex } from '../../platform/blind-index.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { isPassword } from '../../platform/password-hash.ts'
import { findAccountByEmail } from '../accounts/lookup.ts'
import { openSession } from '../sessions/lookup.ts'

/**
 * Signs a person in on a new device.
 * @throws AppError 401 `auth.invalid-credentials`, the same after the same work whether the address is known or not
 */
export async function signIn(context: Context, actor: Actor, { email, password }: Credentials): Promise<Session> {
  const { db, keyring } = context
  const account = await findAccountByEmail(db, blindIndex(keyring, 'email', email))
  const fits = await isPassword(password, account?.passwordHash ?? null)
  if (!account || !fits || account.disabled) throw new AppError('auth.invalid-credentials')
  return transact(db, (tx) => openSession(tx, context, actor, account))
}
