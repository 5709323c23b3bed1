import type { TryLimit } from '../../platform/passwords/attempts.ts'
import { isPassword } from '../../platform/passwords/password-hash.ts'
import type { SignInContext } from './sign-in-context.ts'

/**
 * Whether the password fits; one that does not stays counted. A try is taken when its turn to be hashed has come: guesses
 * that arrive at once are counted one by one, and people who know their password take none from each other.
 * @throws TooManyTries 429, after no look at the password
 */
export async function tryPassword(
  { attempts }: Pick<SignInContext, 'attempts'>,
  limits: readonly TryLimit[],
  password: string,
  stored: string | null,
): Promise<boolean> {
  const fits = await isPassword(password, stored, () => attempts.take(limits))
  if (fits) await attempts.giveBack(limits)
  return fits
}
