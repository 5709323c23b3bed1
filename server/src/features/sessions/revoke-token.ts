import type { PersonalToken } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import * as queries from './queries/tokens.ts'

/**
 * Revokes one of the caller's personal access tokens, on every process.
 * @throws NotFound when they have none such that works
 */
export async function revokeToken(
  tx: Tx,
  actor: Person,
  tokenId: string,
  requireFresh: (current: PersonalToken) => void,
): Promise<null> {
  const token = await queries.lockToken(tx, actor.accountId, tokenId)
  if (!token) throw new NotFound()
  requireFresh(token)
  await queries.revokeToken(tx, tokenId)
  record(tx, actor, 'token.revoked', { resource: { type: 'token', id: tokenId } })
  return null
}
