import type { Session } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { type AccountRow, openContacts, toAccount } from '../accounts/lookup.ts'
import { ACCESS_TOKEN_SECONDS, signAccessToken } from './access-token.ts'

/** What a client is given to go on with. */
export async function sessionAnswer(
  context: Context,
  account: AccountRow,
  sessionId: string,
  token: string,
): Promise<Session> {
  const contacts = await openContacts(context.db, context, [account])
  return {
    accessToken: await signAccessToken(context.keyring, context.config.publicUrl, account.id, sessionId),
    tokenType: 'Bearer',
    expiresIn: ACCESS_TOKEN_SECONDS,
    refreshToken: token,
    account: toAccount(account, contacts.get(account.id)),
  }
}
