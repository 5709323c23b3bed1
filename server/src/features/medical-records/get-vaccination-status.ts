import type { VaccinationStatus } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { findRelation, viewOf } from '../pets/lookup.ts'
import { clinicalKey } from './clinical-key.ts'
import { openOrReport } from './damage.ts'
import { openDose } from './open-dose.ts'
import { mayReadVaccinationStatus } from './policy.ts'
import { findPatient, listVaccinations } from './queries/vaccinations.ts'
import { vaccinationStatus } from './vaccination-status.ts'

/**
 * Whether a pet has the vaccinations that the locations of its visits require, and nothing else of its records.
 * @throws NotFound, Forbidden, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function getVaccinationStatus(
  { db, dataKeys, trail }: Context,
  actor: Person,
  petId: string,
): Promise<VaccinationStatus> {
  const relation = await findRelation(db, actor, petId)
  if (!relation || viewOf(actor, relation) === null) throw new NotFound()
  if (!mayReadVaccinationStatus(actor, relation))
    throw new Forbidden('You may see this pet, but nothing of its records.')
  const [patient, rows, key] = await Promise.all([
    findPatient(db, petId),
    listVaccinations(db, petId),
    clinicalKey(dataKeys, db, petId),
  ])
  if (!patient) throw new NotFound()

  const requirements = await openOrReport(trail, actor, 'vaccination-status.read', petId, () =>
    patient.places.length === 0
      ? []
      : vaccinationStatus(
          patient,
          patient.places,
          rows.map((row) => openDose(key, row)),
        ),
  )
  await trail.append(actor, 'vaccination-status.read', { resource: { type: 'pet', id: petId }, petId })
  return { petId, requirements }
}
