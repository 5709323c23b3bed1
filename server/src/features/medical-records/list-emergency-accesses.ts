import type { EmergencyAccessEntry } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { page } from '../../platform/http/cursor.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import { IntegrityError, open } from '../../platform/keys/envelope.ts'
import { accessTo } from './access.ts'
import { clinicalKey } from './clinical-key.ts'
import { type EmergencyAccessRow, listEmergencyAccessesOf } from './queries/access.ts'
import { placeOfReason } from './request-emergency-access.ts'

/**
 * A page of the emergency accesses to a pet, newest first, those below `before`, each with the reason that was stated.
 * @throws NotFound, AppError 403, IntegrityError, AppError 503 when the trail cannot be written
 */
export async function listEmergencyAccesses(
  { db, dataKeys, trail }: Context,
  actor: Person,
  petId: string,
  before: string | null,
  limit: number,
): Promise<{ items: EmergencyAccessEntry[]; nextCursor: string | null }> {
  const { purpose } = await accessTo(db, actor, petId)
  const reading = listEmergencyAccessesOf(db, petId, before, limit + 1)
  const [rows, key] = await Promise.all([reading, clinicalKey(dataKeys, db, petId)])
  const { items, nextCursor } = page(rows, limit, ({ id }) => [id])
  const entries: EmergencyAccessEntry[] = []
  for (const row of items) {
    try {
      entries.push(openEntry(key, petId, row))
    } catch (error) {
      if (!(error instanceof IntegrityError)) throw error
      const resource = { type: 'emergency-access', id: row.id }
      await trail.append(actor, 'emergency-access.listed', { resource, petId, outcome: 'failed' })
      throw error
    }
  }
  await trail.append(actor, 'emergency-access.listed', { resource: { type: 'pet', id: petId }, petId, purpose })
  return { items: entries, nextCursor }
}

function openEntry(
  key: DataKey | undefined,
  petId: string,
  { vetId, vetName, reason, ...row }: EmergencyAccessRow,
): EmergencyAccessEntry {
  if (!key) throw new IntegrityError()
  const stated = open(key, reason, placeOfReason(row.id, petId)).toString()
  return { ...row, vet: { id: vetId, name: vetName }, reason: stated }
}
