import type { Vaccine } from '@petra/contract'
import { type Dose, type Patient, type Place, vaccinationStatus } from './vaccination-status.ts'

/** A living pet, what its vaccinations depend on, and when its next veterinary visit is, if one is booked. */
export type Vaccinated = Patient & {
  readonly petId: string
  readonly places: readonly Place[]
  /** `YYYY-MM-DD` at its location. */
  readonly nextVisitOn: string | null
}

export interface DueVaccination {
  readonly vaccine: Vaccine
  readonly stage: 'due' | 'overdue'
  /** The last valid day. */
  readonly validThrough: string
}

/** Days before the last valid day from which on owners are told, and after it until they are. */
const AHEAD = 30
const BEHIND = 30

/**
 * The required vaccinations that run out within 30 days or did so in the last 30, as owners are told of them: not where a
 * veterinary visit is booked by the last valid day, or any at all once that is past.
 */
export function dueVaccinations({ nextVisitOn, ...pet }: Vaccinated, doses: readonly Dose[]): DueVaccination[] {
  const today = pet.places.map((place) => place.today).sort()[0]
  if (today === undefined) return []
  return vaccinationStatus(pet, pet.places, doses).flatMap(({ vaccine, status, validThrough }): DueVaccination[] => {
    if (validThrough === null) return []
    const days = Temporal.PlainDate.from(today).until(validThrough).days
    if (status === 'valid' && days <= AHEAD && !(nextVisitOn !== null && nextVisitOn <= validThrough))
      return [{ vaccine, stage: 'due', validThrough }]
    if (status === 'expired' && -days <= BEHIND && nextVisitOn === null)
      return [{ vaccine, stage: 'overdue', validThrough }]
    return []
  })
}
