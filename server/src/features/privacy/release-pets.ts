import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { cancelVisitsOf } from '../appointments/lookup.ts'
import { archivePetRow, endOwnershipsOf, lockPetsOf } from '../pets/lookup.ts'

/**
 * Ends somebody's ownerships. Pets that nobody else manages are archived, as if they had done it themselves: their visits
 * are cancelled, which co-owners are told of, and their records are kept. The others stay with those who manage them.
 */
export async function releasePets(tx: Tx, actor: Actor, ownerId: string): Promise<void> {
  for (const petId of await lockPetsOf(tx, ownerId)) {
    await cancelVisitsOf(tx, actor, petId)
    await archivePetRow(tx, petId)
    record(tx, actor, 'pet.archived', { resource: { type: 'pet', id: petId }, petId })
  }
  await endOwnershipsOf(tx, ownerId)
}
