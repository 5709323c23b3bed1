import type { Actor, Person } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { AppError, Forbidden, NotFound } from '../../platform/errors.ts'
import { findRelation, viewOf } from '../pets/lookup.ts'
import { mayTreat, type RecordAccess, recordAccess } from './policy.ts'
import { findRecordRelation } from './queries/access.ts'

/**
 * The actor's access to a pet's records. Nothing of them is read before it is known: in one flight with it, a refusal took
 * the longer the more there was, 10 ms for 60 records.
 * @throws NotFound when the pet is out of reach, AppError 403 when it is visible and its records are not
 */
export async function accessTo(db: Queryable, actor: Person, petId: string): Promise<RecordAccess> {
  const relation = await findRecordRelation(db, actor, petId)
  return (relation && recordAccess(relation)) ?? refuse(db, actor, petId)
}

async function refuse(db: Queryable, actor: Actor, petId: string): Promise<never> {
  const relation = await findRelation(db, actor, petId)
  if (!relation || viewOf(actor, relation) === null) throw new NotFound()
  throw mayTreat(actor) ? noCare() : new Forbidden('You may see this pet, but not its records.')
}

export function noCare(): AppError {
  return new AppError(
    'medical-record.no-care',
    'This pet is not under your care; in an emergency, ask for access first.',
  )
}
