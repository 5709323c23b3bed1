import { randomUUIDv7 } from 'node:crypto'
import type { Pet, PetInput } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { microchipTaken, ownerMissing } from './errors.ts'
import { reachesEveryPet } from './policy.ts'
import { requirePossibleDays } from './possible-days.ts'
import { insertPet, isAccount } from './queries.ts'
import { requireUsualWeight } from './usual-weight.ts'

/**
 * Adds a pet to an owner: to oneself, or to a client by staff.
 * @throws Forbidden for another owner without reach, NotFound when there is no such owner, Conflict when the microchip is taken,
 *   Invalid 422 for days that cannot be and a weight that hardly can
 */
export async function createPet(tx: Tx, actor: Person, ownerId: string, input: PetInput): Promise<Pet> {
  if (ownerId !== actor.accountId) {
    if (!reachesEveryPet(actor)) throw new Forbidden('Only staff add pets for others.')
    // Of an owner that never was, nothing else is to be said: not even that the microchip is taken.
    if (!(await isAccount(tx, ownerId))) throw new NotFound()
  }
  requireUsualWeight(input)
  await requirePossibleDays(tx, input)
  const id = randomUUIDv7()
  const behalfOf = ownerId === actor.accountId ? undefined : ownerId
  record(tx, actor, 'pet.created', { resource: { type: 'pet', id }, petId: id, behalfOf })
  tx.land()
  return insertPet(tx, id, ownerId, input).catch(ownerMissing).catch(microchipTaken)
}
