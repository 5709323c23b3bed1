import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { digestOf } from './announce-due-vaccinations.ts'
import { clinicalKey } from './clinical-key.ts'
import { type DueVaccination, dueVaccinations } from './due-vaccinations.ts'
import { openDose } from './open-dose.ts'
import { findVaccinated, forgetNotices, listVaccinationsOf } from './queries/due-vaccinations.ts'

/**
 * What a pet's owners are told of its vaccinations now. Where a visit was booked since it was announced they are told nothing; what
 * was noted as told is forgotten then, for the visit may be cancelled.
 * @throws DamagedRecord when a vaccination does not open
 */
export async function vaccinationsToTell(
  { db, dataKeys, keyring }: Context,
  petId: string,
  stage: DueVaccination['stage'],
): Promise<DueVaccination[]> {
  const [pet, rows, key] = await Promise.all([
    findVaccinated(db, petId),
    listVaccinationsOf(db, [petId]),
    clinicalKey(dataKeys, db, petId),
  ])
  if (!pet) return []
  const doses = rows.map((row) => openDose(key, row))
  const ofStage = (dues: DueVaccination[]) => dues.filter((due) => due.stage === stage)
  const due = ofStage(dueVaccinations(pet, doses))
  const withoutVisit = ofStage(dueVaccinations({ ...pet, nextVisitOn: null }, doses))
  const suppressed = withoutVisit.filter(({ vaccine }) => !due.some((one) => one.vaccine === vaccine))
  if (suppressed.length > 0)
    await transact(db, (tx) =>
      forgetNotices(
        tx,
        suppressed.map((one) => digestOf(keyring, petId, one)),
      ),
    )
  return due
}
