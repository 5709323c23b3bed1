import { randomUUIDv7 } from 'node:crypto'
import type { Credentials, Session } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import { blindIndex } from '../../platform/blind-index.ts'
import type { Context } from '../../platform/context.ts'
import { type Queryable, transact } from '../../platform/database.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/event-log.ts'
import { ACCESS_TOKEN_SECONDS, signAccessToken } from './access-token.ts'
import { openContacts } from './contact.ts'
import { isPassword } from './password.ts'
import { type AccountRow, findAccountByEmail, insertSession, toAccount } from './queries.ts'
import { refreshHash, refreshToken } from './refresh-token.ts'

/**
 * Signs a person in on a new device.
 * @throws AppError 401 `auth.invalid-credentials`, the same after the same work whether the address is known or not
 */
export async function startSession(context: Context, actor: Actor, { email, password }: Credentials): Promise<Session> {
  const { db, keyring } = context
  const account = await findAccountByEmail(db, blindIndex(keyring, 'email', email))
  const fits = await isPassword(password, account?.passwordHash ?? null)
  if (!account || !fits || account.disabled) throw new AppError('auth.invalid-credentials')
  const sessionId = randomUUIDv7()
  const token = refreshToken(keyring, { sessionId, generation: 1 })
  await transact(db, async (tx) => {
    const { agent: device, address } = actor.request
    await insertSession(tx, { id: sessionId, accountId: account.id, refreshHash: refreshHash(token), device, address })
    const signedIn = { ...actor, accountId: account.id, roles: account.roles, sessionId }
    record(tx, signedIn, 'session.started', { resource: { type: 'session', id: sessionId } })
  })
  return sessionAnswer(context, db, account, sessionId, token)
}

/** What a client is given to go on with. */
export async function sessionAnswer(
  context: Context,
  db: Queryable,
  account: AccountRow,
  sessionId: string,
  token: string,
): Promise<Session> {
  const contacts = await openContacts(db, context, [account])
  return {
    accessToken: await signAccessToken(context.keyring, context.config.publicUrl, account.id, sessionId),
    tokenType: 'Bearer',
    expiresIn: ACCESS_TOKEN_SECONDS,
    refreshToken: token,
    account: toAccount(account, contacts.get(account.id)),
  }
}
