import type { Session } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { type AccountRow, openContact, toAccount } from '../accounts/lookup.ts'
import { ACCESS_TOKEN_SECONDS, signAccessToken } from './access-token.ts'

/** What a client is given to go on with. @throws AppError 401 `auth.refresh-rejected` when they are erased meanwhile */
export async function sessionAnswer(
  context: Context,
  account: AccountRow,
  { sessionId, refreshToken, secondsLeft }: { sessionId: string; refreshToken: string; secondsLeft: number },
): Promise<Session> {
  const { db, keyring, config } = context
  const expiresIn = Math.min(ACCESS_TOKEN_SECONDS, secondsLeft)
  const [contact, accessToken] = await Promise.all([
    openContact(db, context, account),
    signAccessToken(keyring, config.publicUrl, account.id, sessionId, expiresIn),
  ])
  if (!contact) throw new AppError('auth.refresh-rejected')
  return {
    accessToken,
    tokenType: 'Bearer',
    expiresIn,
    refreshToken,
    account: toAccount(account, contact),
  }
}
