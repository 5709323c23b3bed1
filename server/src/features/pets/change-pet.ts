import type { Pet, PetInput } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { microchipTaken } from './errors.ts'
import { followDeath } from './follow-death.ts'
import { mayChange, viewOf } from './policy.ts'
import { requirePossibleDays } from './possible-days.ts'
import { findPet, findRelation, lockPet, updatePetRow } from './queries.ts'
import { requireUsualWeight } from './usual-weight.ts'

/**
 * Changes a pet's profile to what `change` makes of it; a death takes its visits with it.
 * @throws NotFound out of reach, Forbidden without the right to manage, AppError 412 when stale, Conflict when the microchip is taken,
 *   Invalid 422 for days that cannot be and a weight that hardly can
 */
export async function changePet(
  tx: Tx,
  actor: Person,
  petId: string,
  change: (pet: Pet) => PetInput,
  requireFresh: (current: Pet) => void,
): Promise<Pet> {
  const before = await petToChange(tx, actor, petId)
  requireFresh(before)
  const wanted = change(before)
  requireUsualWeight(wanted, before)
  await requirePossibleDays(tx, wanted)
  await updatePetRow(tx, petId, wanted).catch(microchipTaken)
  const after = (await findPet(tx, petId)) as Pet
  const fields = (Object.keys(after) as (keyof Pet)[]).filter(
    (field) => field !== 'updatedAt' && after[field] !== before[field] && field !== 'owners',
  )
  record(tx, actor, 'pet.updated', { resource: { type: 'pet', id: petId }, petId, payload: { fields } })
  await followDeath(tx, actor, before, after)
  return after
}

/** Locks and reads a pet that the actor may change. */
export async function petToChange(tx: Tx, actor: Person, petId: string): Promise<Pet> {
  await lockPet(tx, petId)
  const [relation, pet] = await Promise.all([findRelation(tx, actor, petId), findPet(tx, petId)])
  if (!pet || !relation || viewOf(actor, relation) === null) throw new NotFound()
  if (!mayChange(actor, relation)) throw new Forbidden('You may see this pet, but not change it.')
  return pet
}
