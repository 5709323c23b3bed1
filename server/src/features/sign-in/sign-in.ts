import type { Credentials, SignedIn } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { AppError } from '../../platform/errors.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import { hashPassword, lags } from '../../platform/passwords/password-hash.ts'
import { findAccountByEmail, holdPassword, replacePassword } from '../accounts/lookup.ts'
import { hasSignedInFrom, openSession } from '../sessions/lookup.ts'
import { deviceToken, readDeviceToken } from './device-token.ts'
import { signInLimits } from './limits.ts'
import type { SignInContext } from './sign-in-context.ts'
import { tryPassword } from './try-password.ts'

/**
 * Signs a person in on a device.
 * @throws AppError 401 `auth.invalid-credentials`, the same after the same work whether the address is known or not
 * @throws AppError 403 `auth.email-unverified`, only to who knows the password
 * @throws TooManyTries 429
 */
export async function signIn(context: SignInContext, actor: Actor, credentials: Credentials): Promise<SignedIn> {
  // Once more, where another sign-in has hashed the same password anew meanwhile.
  const signedIn = (await tryToSignIn(context, actor, credentials)) ?? (await tryToSignIn(context, actor, credentials))
  if (!signedIn) throw new AppError('auth.invalid-credentials')
  return signedIn
}

/** @returns null when what is stored of the password has changed since it was looked at */
async function tryToSignIn(context: SignInContext, actor: Actor, credentials: Credentials): Promise<SignedIn | null> {
  const { db, keyring, config } = context
  const { email, password } = credentials
  const { address } = actor.request
  const emailIndex = blindIndex(keyring, 'email', email)
  const account = await findAccountByEmail(db, emailIndex)
  const deviceId = readDeviceToken(keyring, account?.id ?? '', credentials.deviceToken ?? '')
  const isKnownHere = await hasSignedInFrom(db, account?.id ?? null, address)
  const limits = signInLimits({ emailIndex, address, deviceId, isKnownHere })
  const stored = account?.passwordHash ?? null
  const fits = await tryPassword(context, limits, password, stored)
  if (!fits || !account || stored === null || account.disabled) throw new AppError('auth.invalid-credentials')
  if (config.emailVerification === 'required' && !account.emailVerified) throw new AppError('auth.email-unverified')
  const session = await transact(db, async (tx) => {
    // A change of the password ends the sessions it finds: none may begin behind its back.
    return (await holdPassword(tx, account.id, stored)) ? openSession(tx, context, actor, account) : null
  })
  if (!session) return null
  if (lags(stored)) await raiseHash(context, account.id, password, stored)
  return { ...session, deviceToken: deviceToken(keyring, account.id, deviceId) }
}

/** Hashes the password anew, with as much work as is asked for now. */
async function raiseHash({ db }: SignInContext, accountId: string, password: string, stored: string): Promise<void> {
  const raised = await hashPassword(password)
  await transact(db, (tx) => replacePassword(tx, accountId, raised, stored))
}
