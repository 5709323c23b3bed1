import type { Diary, Place, Reason } from './diary.ts'
import { NotBookable, PetBusy, SlotTaken } from './errors.ts'
import { freeResources } from './free-resources.ts'
import { mayStart } from './may-start.ts'
import { reservedSpan } from './reserved-span.ts'

/** A provider at a place who can take the visit, and the rooms it would have. */
export interface Candidate {
  readonly providerId: string
  readonly place: Place
  readonly resourceIds: readonly string[]
}

const TAKEN: readonly Reason[] = ['provider-busy', 'resource-taken']

/**
 * Everyone who can take a visit at an instant, judged exactly as the search judges it (rule 9).
 * @param except reasons that do not count: a change that keeps the time has no lead time
 * @throws PetBusy, SlotTaken or NotBookable when nobody can
 */
export function candidatesAt(
  diary: Diary,
  startsAt: number,
  petId: string,
  except: readonly Reason[] = [],
): Candidate[] {
  const judged = diary.rosters.map(({ providerId, locationId, seat = 0 }) => ({
    providerId,
    seat,
    place: diary.places.find((place) => place.locationId === locationId) as Place,
    reasons: mayStart(diary, { startsAt, locationId, providerId, petId }).filter((reason) => !except.includes(reason)),
  }))
  const able = judged.filter(({ reasons }) => reasons.length === 0)
  if (able.length === 0) throw whyNobody(judged.map(({ reasons }) => reasons))
  return able.map(({ providerId, place, seat }) => ({
    providerId,
    place,
    resourceIds: freeResources(diary, turned(place, seat), reservedSpan(diary.terms, startsAt)) ?? [],
  }))
}

function turned(place: Place, seat: number): Place {
  const { resources } = place
  const turn = seat % Math.max(1, resources.length)
  return { ...place, resources: [...resources.slice(turn), ...resources.slice(0, turn)] }
}

/** The pet's own visit is named before a taken slot (rule 18), and both only when nothing else stands against the time. */
function whyNobody(all: readonly Reason[][]): Error {
  const [fewest] = all.toSorted((a, b) => a.filter(isHard).length - b.filter(isHard).length)
  if (!fewest) return new NotBookable(['not-offered'])
  const hard = fewest.filter(isHard)
  if (hard.length > 0) return new NotBookable(hard)
  return fewest.includes('pet-busy') ? new PetBusy() : new SlotTaken()
}

function isHard(reason: Reason): boolean {
  return reason !== 'pet-busy' && !TAKEN.includes(reason)
}
