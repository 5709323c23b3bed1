import type { AccessLogEntry } from '@petra/contract'
import type { Person, Purpose, Role } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { page } from '../../platform/http/cursor.ts'
import type { Language } from '../../platform/language.ts'
import { findRelation, mayReadAccessLog, viewOf } from '../pets/lookup.ts'
import { type Teller, tellerIn, told } from './access-log-sentence.ts'
import { type AccessRow, findTimeZone, listAccesses } from './queries/access-log.ts'

/**
 * A page of who looked at a pet or changed it, newest first, those below `before`, with a sentence each in a
 * language; for its owners only.
 * @throws NotFound, Forbidden, AppError 503 when the trail cannot be written
 */
export async function getAccessLog(
  { db, trail }: Context,
  actor: Person,
  petId: string,
  before: string | null,
  limit: number,
  language: Language,
): Promise<{ items: AccessLogEntry[]; nextCursor: string | null }> {
  const relation = await findRelation(db, actor, petId)
  if (!relation || viewOf(actor, relation) === null) throw new NotFound()
  if (!mayReadAccessLog(relation)) throw new Forbidden('Only the owners of a pet see who looked at it.')
  const [rows, timeZone] = await Promise.all([
    listAccesses(db, petId, told, before, limit + 1),
    findTimeZone(db, actor.accountId),
  ])
  const { items, nextCursor } = page(rows, limit, ({ id }) => [id])
  await trail.append(actor, 'access-log.read', { resource: { type: 'pet', id: petId }, petId })
  const teller = tellerIn(language, timeZone ?? 'UTC')
  const maySeeRecords = relation.rights?.includes('records') === true
  return { items: items.map((row) => toEntry(row, teller, maySeeRecords)), nextCursor }
}

/** Which records, and how many, is told to those who may read them. */
function toEntry(row: AccessRow, teller: Teller, maySeeRecords: boolean): AccessLogEntry {
  const { at, name, what, purpose } = row
  const role = actingRole(purpose, row.roles)
  const recordIds = maySeeRecords ? row.recordIds : []
  const count = maySeeRecords && isList(what) ? recordIds.length : null
  return { at, name, role, what, purpose, recordIds, sentence: teller.tell({ at, name, role, what, purpose, count }) }
}

function isList(what: AccessRow['what']): boolean {
  return what === 'medical-record.listed' || what === 'medical-record.exported'
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
