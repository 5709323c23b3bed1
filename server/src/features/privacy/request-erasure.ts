import type { Erasure } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { endSessionsOf } from '../sessions/lookup.ts'
import { findErasure, insertErasure } from './queries.ts'

/**
 * Asks for the caller's erasure in 14 days, and ends their other sessions; the mail that tells how to withdraw follows
 * from the event.
 * @throws Conflict when it was asked for already, and for staff: an admin takes their roles first, so an admin remains
 */
export async function requestErasure(tx: Tx, actor: Person): Promise<Erasure> {
  const erasure = await insertErasure(tx, actor.accountId)
  if (!erasure) throw new Conflict(await whyNot(tx, actor.accountId))
  await endSessionsOf(tx, actor.accountId, 'erasure-requested', actor.sessionId)
  record(tx, actor, 'erasure.requested', {
    resource: { type: 'account', id: actor.accountId },
    payload: { dueAt: erasure.dueAt },
  })
  return erasure
}

async function whyNot(tx: Tx, accountId: string): Promise<string> {
  return (await findErasure(tx, accountId))
    ? 'The erasure of this account has been asked for already.'
    : 'Accounts of staff are not erased: the clinic has to keep who treated whom.'
}
