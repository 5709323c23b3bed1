import { type CreatedToken, type NewToken, type Permission, scopes, type TokenScope } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError, Invalid } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { newPersonalToken, personalTokenHash } from './personal-token.ts'
import { insertToken } from './queries/tokens.ts'

/**
 * Makes a personal access token, and gives out its secret this once.
 * @throws AppError 422 when the caller's roles allow nothing that a scope carries, 401 when the session has just ended
 */
export async function createToken(tx: Tx, actor: Person, input: NewToken): Promise<CreatedToken> {
  refuseTooWide(actor, input.scopes)
  const token = newPersonalToken()
  const sessionId = actor.sessionId as string
  const made = await insertToken(tx, { ...input, sessionId, tokenHash: personalTokenHash(token) })
  if (!made) throw new AppError('auth.required', 'This session has ended.')
  const { id, scopes, expiresAt } = made
  record(tx, actor, 'token.created', { resource: { type: 'token', id }, payload: { scopes, expiresAt } })
  return { ...made, token }
}

function refuseTooWide({ permissions }: Person, wanted: readonly TokenScope[]): void {
  const faults = wanted.flatMap((scope, index) => {
    const carried: readonly Permission[] = scopes[scope]
    const isAllowed = carried.some((permission) => permissions.has(permission))
    return isAllowed ? [] : [{ pointer: `/body/scopes/${index}`, message: `${scope} is not for your roles` }]
  })
  if (faults.length > 0) throw new Invalid('token.scope-too-wide', faults)
}
