import type { Person } from '../../platform/actor.ts'
import { AppError, Invalid } from '../../platform/errors.ts'
import { type AccountRow, findAccount } from '../accounts/lookup.ts'
import { ownPasswordLimits } from './limits.ts'
import type { SignInContext } from './sign-in-context.ts'
import { tryPassword } from './try-password.ts'

/**
 * Makes sure that whoever holds the session also knows the password.
 * @returns the account, with the hash that fits
 * @throws Invalid 422 `password.incorrect`, AppError 401 when they are erased meanwhile
 * @throws TooManyTries 429
 */
export async function confirmPassword(
  context: SignInContext,
  actor: Person,
  currentPassword: string,
): Promise<AccountRow & { readonly passwordHash: string }> {
  const account = await findAccount(context.db, actor.accountId)
  if (!account) throw new AppError('auth.required', 'This session has ended.')
  const { passwordHash } = account
  const fits = await tryPassword(context, ownPasswordLimits(account.id), currentPassword, passwordHash)
  if (!fits || passwordHash === null) throw incorrectPassword()
  return { ...account, passwordHash }
}

export function incorrectPassword(): Invalid {
  return new Invalid('password.incorrect', [
    { pointer: '/body/currentPassword', message: 'is not the current password' },
  ])
}
