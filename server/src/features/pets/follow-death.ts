import type { Pet } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { cancelVisitsOf } from '../appointments/lookup.ts'

/**
 * A pet that has died has no visits ahead: they are cancelled, and charged to nobody. Where that was a mistake, its owners are
 * told by whoever follows the log; the visits may be somebody else's by then, and are not won back.
 */
export async function followDeath(tx: Tx, actor: Person, before: Pet, after: Pet): Promise<void> {
  if ((before.deceasedOn === null) === (after.deceasedOn === null)) return
  const pet = { resource: { type: 'pet', id: after.id }, petId: after.id }
  if (after.deceasedOn === null) record(tx, actor, 'pet.death-withdrawn', pet)
  else {
    record(tx, actor, 'pet.death-recorded', pet)
    await cancelVisitsOf(tx, actor, after.id, false)
  }
}
