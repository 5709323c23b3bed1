import type { Session } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { type AccountRow, openContacts, toAccount } from '../accounts/lookup.ts'
import { ACCESS_TOKEN_SECONDS, signAccessToken } from './access-token.ts'

/** What a client is given to go on with. */
export async function sessionAnswer(
  context: Context,
  account: AccountRow,
  { sessionId, refreshToken, secondsLeft }: { sessionId: string; refreshToken: string; secondsLeft: number },
): Promise<Session> {
  const { db, keyring, config } = context
  const expiresIn = Math.min(ACCESS_TOKEN_SECONDS, secondsLeft)
  const [contacts, accessToken] = await Promise.all([
    openContacts(db, context, [account]),
    signAccessToken(keyring, config.publicUrl, account.id, sessionId, expiresIn),
  ])
  return {
    accessToken,
    tokenType: 'Bearer',
    expiresIn,
    refreshToken,
    account: toAccount(account, contacts.get(account.id)),
  }
}
