import type { PetOwner } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { Forbidden } from '../../platform/errors.ts'
import { viewOf } from '../pets/lookup.ts'
import { relationInReach } from './pet-to-manage.ts'
import { listCurrentOwners } from './queries/ownerships.ts'

/**
 * Who owns a pet now, for whoever sees its whole profile.
 * @throws NotFound out of reach, Forbidden with the limited profile
 */
export async function listPetOwners(db: Queryable, actor: Person, petId: string): Promise<PetOwner[]> {
  const relation = await relationInReach(db, actor, petId)
  if (viewOf(actor, relation) !== 'full') throw new Forbidden('You may see this pet, but not who owns it.')
  return listCurrentOwners(db, petId)
}
