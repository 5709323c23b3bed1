import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { insertInvitation } from './queries/invitations.ts'

/** Invites whoever an account was made for to claim it; the mail follows from the event. */
export async function invite(tx: Tx, actor: Actor, accountId: string): Promise<void> {
  await insertInvitation(tx, accountId)
  record(tx, actor, 'account.invited', { resource: { type: 'account', id: accountId } })
}
