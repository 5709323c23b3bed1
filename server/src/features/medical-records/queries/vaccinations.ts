import type { Queryable } from '../../../platform/database/database.ts'
import type { Patient, Place } from '../vaccination-status.ts'

/** A vaccination as it is stored, and whether a vet stands behind it. */
export interface VaccinationRow {
  readonly id: string
  readonly version: number
  readonly occurredOn: string
  readonly content: Buffer
  readonly vouched: boolean
}

export function listVaccinations(db: Queryable, petId: string): Promise<VaccinationRow[]> {
  return db.rows({
    name: 'list-vaccinations',
    text: `select id, version, occurred_on as "occurredOn", content,
                  source = 'clinical' or verified_by is not null as vouched
             from medical_records
            where pet_id = $1 and status = 'current' and type = 'vaccination'`,
    values: [petId],
  })
}

/** Of pet p, what its vaccinations depend on. */
export const patientColumns = `
  p.species, p.birth_date as "birthDate", p.microchip is not null as "isChipped", p.microchipped_on as "microchippedOn",
  (select coalesce(json_agg(json_build_object(
            'required', l.required_vaccines, 'policy', l.vaccination_policy,
            'today', (clock_now() at time zone l.time_zone)::date)), '[]')
     from locations l
    where l.required_vaccines <> '{}'
      and exists (select from appointments a
                   where a.pet_id = p.id and a.location_id = l.id
                     and a.status not in ('cancelled', 'declined', 'no-show'))) as places`

/** A pet that is not archived, and the locations of its visits that require vaccinations. */
export function findPatient(db: Queryable, petId: string): Promise<(Patient & { places: Place[] }) | undefined> {
  return db.row({
    name: 'find-patient',
    text: `select ${patientColumns}
             from pets p
            where p.id = $1 and p.archived_at is null`,
    values: [petId],
  })
}
