import type { MedicalRecord } from '@petra/contract'
import { type Actor, system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { clinicalKey } from './clinical-key.ts'
import { reportDamage } from './damage.ts'
import { openRecord } from './open-record.ts'
import { listRecords } from './queries/records.ts'
import { DamagedRecord } from './sealed-content.ts'

/** More than any pet has: they take 8 µs each to open. */
const MOST = 100_000

/**
 * All current records of a pet, newest first, for an owner who may read them. One that does not open is named instead,
 * in the trail too: it must not keep the others from whom they belong to.
 */
export async function exportRecords(
  context: Pick<Context, 'db' | 'dataKeys' | 'trail'>,
  petId: string,
): Promise<{ records: MedicalRecord[]; damagedIds: string[] }> {
  const { db, dataKeys, trail } = context
  const everything = { type: null, from: null, to: null, appointmentId: null }
  const [rows, key] = await Promise.all([
    listRecords(db, petId, everything, null, MOST),
    clinicalKey(dataKeys, db, petId),
  ])
  const records: MedicalRecord[] = []
  const damagedIds: string[] = []
  for (const row of rows) {
    try {
      records.push(openRecord(key, row))
    } catch (error) {
      if (!(error instanceof DamagedRecord)) throw error
      await reportDamage(trail, system, 'medical-record.exported', petId, error)
      damagedIds.push(row.id)
    }
  }
  return { records, damagedIds }
}

/** Names each record of an export in the trail, pet by pet, before any of it is shown. */
export async function reportExported(
  { trail }: Pick<Context, 'trail'>,
  actor: Actor,
  records: readonly MedicalRecord[],
): Promise<void> {
  const byPet = Map.groupBy(records, ({ petId }) => petId)
  await Promise.all(
    [...byPet].map(([petId, ofPet]) => {
      const recordIds = ofPet.map(({ id }) => id)
      return trail.append(actor, 'medical-record.exported', { petId, recordIds, purpose: 'owner-request' })
    }),
  )
}

/** Names in the trail the record of a document in an export that did not open. */
export function reportDamagedDocument(
  { trail }: Pick<Context, 'trail'>,
  actor: Actor,
  petId: string,
  recordId: string,
): Promise<void> {
  return reportDamage(trail, actor, 'medical-record.exported', petId, new DamagedRecord(recordId))
}
