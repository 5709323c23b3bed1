import type { MedicalRecord, MedicalRecordInput } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Forbidden, Invalid } from '../../platform/errors.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { accessTo } from './access.ts'
import { requireBegun, requireDetails } from './details.ts'
import { type Findings, requirePlausible } from './plausible-details.ts'
import { mayAdd } from './policy.ts'
import { type Bedside, findBedside, isVisitOf } from './queries/bedside.ts'
import { writeRecord } from './write-record.ts'

/**
 * Adds an entry to a pet's history: clinical from a vet, owner-reported from an owner.
 * @throws NotFound, AppError 403, Invalid 422 when the details do not fit the type, the species or each other, the day is
 *   to come, or the visit is none of the pet's
 */
export async function addMedicalRecord(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  petId: string,
  { type, occurredOn, description = null, details = {}, appointmentId, confirmUnusual = false }: MedicalRecordInput,
): Promise<MedicalRecord> {
  const [access, bedside, isVisit] = await Promise.all([
    accessTo(tx, actor, petId),
    findBedside(tx, petId),
    appointmentId === undefined || isVisitOf(tx, petId, appointmentId),
  ])
  if (!mayAdd(access, type)) throw new Forbidden(`A ${type} is for a vet to add.`)
  const { species, today } = bedside as Bedside
  requireDetails(type, details)
  requireBegun(occurredOn, today)
  requirePlausible({ type, species, occurredOn, details } as Findings, confirmUnusual)
  if (!isVisit) {
    const message = 'names no visit of this pet that took place or will'
    throw new Invalid('reference.unknown', [{ pointer: '/body/appointmentId', message }])
  }
  const visit = { appointmentId: appointmentId ?? null, addendumTo: null }
  return writeRecord(tx, dataKeys, actor, access, { petId, type, occurredOn, description, details, ...visit })
}
