import { timingSafeEqual } from 'node:crypto'
import type { EmailProof } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/errors.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import { linkCode, readLinkToken } from '../../platform/link-token.ts'
import { proofLimits } from './limits.ts'
import { type Challenge, type ChallengePurpose, findChallenge, tryCode } from './queries.ts'
import type { SignInContext } from './sign-in-context.ts'

/**
 * Finds the challenge that a link or code answers. It is used up by whoever acts on it, in their transaction.
 * @throws AppError 422 `auth.link-rejected` or `auth.code-rejected`; a wrong code costs one of five tries
 * @throws TooManyTries 429
 */
export async function proveChallenge(
  { db, keyring, attempts }: SignInContext,
  actor: Actor,
  purpose: ChallengePurpose,
  { token, email = '', code = '' }: EmailProof,
): Promise<Challenge> {
  await attempts.take(proofLimits(actor.request.address))
  if (token !== undefined) {
    const id = readLinkToken(keyring, purpose, token)
    const challenge = id === null ? undefined : await findChallenge(db, id)
    if (!challenge) throw new AppError('auth.link-rejected')
    return challenge
  }
  const challenge = await tryCode(db, purpose, blindIndex(keyring, 'email', email))
  const expected = linkCode(keyring, purpose, challenge?.id ?? '')
  if (!challenge || !timingSafeEqual(Buffer.from(expected), Buffer.from(code))) throw new AppError('auth.code-rejected')
  return challenge
}

/** What is said to somebody whose challenge was used up or ran out meanwhile. */
export function rejected({ token }: EmailProof): AppError {
  return new AppError(token === undefined ? 'auth.code-rejected' : 'auth.link-rejected')
}
