import { type AccessLogEntry, eventNames } from '@petra/contract'
import type { Person, Purpose, Role } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { page } from '../../platform/http/cursor.ts'
import { findRelation, mayReadAccessLog, viewOf } from '../pets/lookup.ts'
import { type AccessRow, listAccesses } from './queries/access-log.ts'

/** What an owner is told of: reads and changes of the pet's profile and records. */
const told = eventNames.filter((name) => /^(pet|medical-record|vaccination-status|emergency-access)\./.test(name))

/**
 * A page of who looked at a pet or changed it, newest first, those below `before`; for its owners only.
 * @throws NotFound, Forbidden, AppError 503 when the trail cannot be written
 */
export async function getAccessLog(
  { db, trail }: Context,
  actor: Person,
  petId: string,
  before: string | null,
  limit: number,
): Promise<{ items: AccessLogEntry[]; nextCursor: string | null }> {
  const relation = await findRelation(db, actor, petId)
  if (!relation || viewOf(actor, relation) === null) throw new NotFound()
  if (!mayReadAccessLog(relation)) throw new Forbidden('Only the owners of a pet see who looked at it.')
  const { items, nextCursor } = page(await listAccesses(db, petId, told, before, limit + 1), limit, ({ id }) => [id])
  await trail.append(actor, 'access-log.read', { resource: { type: 'pet', id: petId }, petId })
  return { items: items.map(toEntry), nextCursor }
}

function toEntry({ at, name, roles, what, purpose }: AccessRow): AccessLogEntry {
  return { at, name, role: actingRole(purpose, roles), what, purpose }
}

/** The role that the purpose speaks of, of those the account held. */
function actingRole(purpose: Purpose, roles: readonly Role[]): Role {
  const wanted: Record<Purpose, readonly Role[]> = {
    care: ['veterinarian', 'groomer'],
    emergency: ['veterinarian'],
    operations: ['receptionist', 'admin'],
    'owner-request': [],
  }
  return wanted[purpose].find((role) => roles.includes(role)) ?? 'owner'
}
