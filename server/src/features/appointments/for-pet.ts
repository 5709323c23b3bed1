import type { Build } from '../pets/lookup.ts'
import type { Diary, Roster } from './diary.ts'
import type { Service, Timetable } from './timetable.ts'

/**
 * A service as it is for a pet: as long as it takes for its species and weight, and for one whose weight is not known the
 * longest that it takes for any of its species. Without a pet it is as long as it says.
 */
export function serviceFor(service: Service, pet: Build | undefined): Service {
  const ofSpecies = service.durations.filter(({ species }) => species === pet?.species)
  const fitting = ofSpecies.filter(
    ({ fromGrams, belowGrams }) =>
      pet?.weightGrams == null ||
      ((fromGrams ?? 0) <= pet.weightGrams && pet.weightGrams < (belowGrams ?? Number.POSITIVE_INFINITY)),
  )
  if (fitting.length === 0) return service
  return { ...service, durationMinutes: Math.max(...fitting.map(({ durationMinutes }) => durationMinutes)) }
}

/** Whether it matters for a service which pet it is for. */
export function dependsOnPet({ teams }: Timetable, { id, durations }: Service): boolean {
  const isOfSkill = (rosters: readonly Roster[]) => rosters.some(({ species }) => species != null)
  return durations.length > 0 || teams.get(id)?.values().some(isOfSkill) === true
}

/** A service as it is for whichever pet takes longest: what is read for it is enough for any. */
export function serviceForAny(service: Service): Service {
  const minutes = service.durations.map(({ durationMinutes }) => durationMinutes)
  return { ...service, durationMinutes: Math.max(service.durationMinutes, ...minutes) }
}

/** A diary that was read before the pet was known, as it is for the pet. */
export function diaryFor(diary: Diary, service: Service, pet: Build | undefined): Diary {
  const { durationMinutes } = serviceFor(service, pet)
  return { ...diary, terms: { ...diary.terms, durationMinutes }, species: pet?.species }
}
