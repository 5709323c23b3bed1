import type { Person } from '../../platform/actor.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { findRelation, lockPet, type Relation, viewOf } from '../pets/lookup.ts'
import { mayManage } from './policy.ts'

/**
 * Locks a pet for a change of who owns it, if the actor may make it: what it decides on stays so until the commit.
 * @throws NotFound out of reach, Forbidden in reach
 */
export async function petToManage(tx: Tx, actor: Person, petId: string): Promise<void> {
  await lockPet(tx, petId)
  await requireMayManage(tx, actor, petId)
}

/** @throws NotFound out of reach, Forbidden in reach */
export async function requireMayManage(db: Queryable, actor: Person, petId: string): Promise<void> {
  if (!mayManage(actor, await relationInReach(db, actor, petId))) throw mayNotManage()
}

/** How the actor stands to a pet that they see. @throws NotFound out of reach */
export async function relationInReach(db: Queryable, actor: Person, petId: string): Promise<Relation> {
  const relation = await findRelation(db, actor, petId)
  if (!relation || viewOf(actor, relation) === null) throw new NotFound()
  return relation
}

export function mayNotManage(): Forbidden {
  return new Forbidden('You may see this pet, but not say who owns it.')
}
