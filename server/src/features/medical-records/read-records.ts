import type { MedicalRecord, RecordDetails, RecordType } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { accessTo } from './access.ts'
import { clinicalKey } from './clinical-key.ts'
import { openOrReport } from './damage.ts'
import { openRecord } from './open-record.ts'
import { listRecords } from './queries/records.ts'

/** More of one type than any pet has: the newest are read, in 16 ms at the most. */
const MOST = 2_000

export type RecordOf<T extends RecordType> = MedicalRecord & { readonly details: RecordDetails[T] }

export interface Reading<T extends RecordType> {
  readonly petId: string
  readonly type: T
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Which of them are shown; all, unless it says. */
  readonly shows?: (record: RecordOf<T>) => boolean
  /** What the trail says was asked for, where it is not the pet's records. */
  readonly resource?: { readonly type: string; readonly id: string }
}

/**
 * The current records of one type, newest first. The trail names those that are shown before they are.
 * @throws NotFound, AppError 403, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function readRecords<T extends RecordType>(
  { db, dataKeys, trail }: Context,
  actor: Person,
  { petId, type, from, to, shows = () => true, resource }: Reading<T>,
): Promise<RecordOf<T>[]> {
  const { purpose } = await accessTo(db, actor, petId)
  const filter = { type, from: from ?? null, to: to ?? null, appointmentId: null }
  const [rows, key] = await Promise.all([listRecords(db, petId, filter, null, MOST), clinicalKey(dataKeys, db, petId)])
  const records = await openOrReport(trail, actor, 'medical-record.listed', petId, () =>
    rows.map((row) => openRecord(key, row) as RecordOf<T>).filter(shows),
  )
  const recordIds = records.map(({ id }) => id)
  await trail.append(actor, 'medical-record.listed', { ...(resource && { resource }), petId, recordIds, purpose })
  return records
}

/** Which record something comes from, and whether a vet stands behind it. */
export function originOf({ id, source, verifiedBy }: MedicalRecord) {
  return { recordId: id, source, verified: source === 'clinical' || verifiedBy !== null }
}
