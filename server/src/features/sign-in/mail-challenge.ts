import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { blindIndex } from '../../platform/keys/blind-index.ts'
import { mailLimits } from './limits.ts'
import { type ChallengePurpose, upsertChallenge } from './queries.ts'
import type { SignInContext } from './sign-in-context.ts'

/**
 * Makes a new challenge for an address, known or not; whether there is anybody to mail it to is found out later, where
 * the one who asks cannot see it.
 * @throws TooManyTries 429
 */
export async function mailChallenge(
  { db, keyring, attempts }: SignInContext,
  actor: Actor,
  purpose: ChallengePurpose,
  email: string,
): Promise<null> {
  const emailIndex = blindIndex(keyring, 'email', email)
  await attempts.take(mailLimits(purpose, emailIndex.toString('base64url'), actor.request.address))
  await transact(db, async (tx) => {
    const id = await upsertChallenge(tx, purpose, emailIndex)
    record(tx, actor, `${purpose}.requested`, { resource: { type: 'challenge', id } })
  })
  return null
}
