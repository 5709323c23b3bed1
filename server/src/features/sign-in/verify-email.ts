import type { EmailProof } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { markEmailVerified } from '../accounts/lookup.ts'
import { proveChallenge, rejected } from './prove-challenge.ts'
import { useChallenge } from './queries.ts'
import type { SignInContext } from './sign-in-context.ts'

/**
 * Confirms that mail to an address arrives.
 * @throws AppError 422 for a link or code that is not valid, or no longer
 */
export async function verifyEmail(context: SignInContext, actor: Actor, proof: EmailProof): Promise<null> {
  const challenge = await proveChallenge(context, actor, 'email-verification', proof)
  await transact(context.db, async (tx) => {
    const isUsed = await useChallenge(tx, challenge.id)
    const accountId = await markEmailVerified(tx, challenge.emailIndex)
    if (!isUsed || accountId === undefined) throw rejected(proof)
    record(tx, actor, 'email.verified', { resource: { type: 'account', id: accountId } })
  })
  return null
}
