import type { Pet } from '@petra/contract'
import type { Queryable } from '../../../platform/database/database.ts'

/** Whom a record is written of, and the last day that has begun anywhere the company is, or in UTC. */
export interface Bedside {
  readonly species: Pet['species']
  readonly hasDied: boolean
  readonly today: string
}

/** @returns undefined when there is no such pet */
export function findBedside(db: Queryable, petId: string): Promise<Bedside | undefined> {
  return db.row({
    name: 'find-bedside',
    text: `select p.species, p.deceased_on is not null as "hasDied",
                  (select greatest((clock_now() at time zone 'UTC')::date, max((clock_now() at time zone time_zone)::date))
                     from locations) as today
             from pets p
            where p.id = $1`,
    values: [petId],
  })
}

/** Whether this is a visit of the pet that took place, or will. What pet a visit is of never changes. */
export async function isVisitOf(db: Queryable, petId: string, appointmentId: string): Promise<boolean> {
  const row = await db.row({
    name: 'is-visit-of',
    text: `select from appointments
            where id = $2 and pet_id = $1 and status not in ('cancelled', 'declined', 'no-show')`,
    values: [petId, appointmentId],
  })
  return row !== undefined
}
