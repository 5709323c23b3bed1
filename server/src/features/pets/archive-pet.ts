import type { Pet } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { cancelVisitsOf } from '../appointments/lookup.ts'
import { petToChange } from './change-pet.ts'
import { archivePetRow } from './queries.ts'

/** Archives a pet: its future visits are cancelled in the same transaction, its records are kept. */
export async function archivePet(
  tx: Tx,
  actor: Person,
  petId: string,
  requireFresh: (current: Pet) => void,
): Promise<void> {
  requireFresh(await petToChange(tx, actor, petId))
  await cancelVisitsOf(tx, actor, petId)
  await archivePetRow(tx, petId)
  record(tx, actor, 'pet.archived', { resource: { type: 'pet', id: petId }, petId })
}
