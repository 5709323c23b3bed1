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
  /** The rules that are set aside for it. */
  readonly overridden: readonly Reason[]
}

const TAKEN: readonly Reason[] = ['provider-busy', 'travel', 'resource-taken']

export interface Leniency {
  /** Reasons that do not count: a change that keeps the time has no lead time. */
  readonly except?: readonly Reason[] | undefined
  /** Reasons that somebody who may sets aside. */
  readonly overriding?: readonly Reason[] | undefined
}

/**
 * Everyone who can take a visit at an instant, judged exactly as the search judges it (rule 9); of those who can only
 * against some rules, whoever needs the fewest set aside.
 * @throws PetBusy, SlotTaken or NotBookable when nobody can
 */
export function candidatesAt(
  diary: Diary,
  startsAt: number,
  petId: string | undefined,
  { except = [], overriding = [] }: Leniency = {},
): Candidate[] {
  const judged = diary.rosters.map(({ providerId, locationId, seat = 0 }) => ({
    providerId,
    seat,
    place: diary.places.find((place) => place.locationId === locationId) as Place,
    reasons: mayStart(diary, { startsAt, locationId, providerId, petId }).filter((reason) => !except.includes(reason)),
  }))
  const able = judged.filter(({ reasons }) => reasons.every((reason) => overriding.includes(reason)))
  if (able.length === 0)
    throw whyNobody(
      judged.map(({ reasons }) => reasons.filter((reason) => !overriding.includes(reason))),
      diary.nobody,
    )
  const fewest = Math.min(...able.map(({ reasons }) => reasons.length))
  const best = able.filter(({ reasons }) => reasons.length === fewest)
  return best.map(({ providerId, place, seat, reasons }) => ({
    providerId,
    place,
    overridden: reasons,
    resourceIds: freeResources(diary, place, reservedSpan(diary.terms, startsAt), seat) ?? [],
  }))
}

/** The pet's own visit is named before a taken slot (rule 18), and both only when nothing else stands against the time. */
function whyNobody(all: readonly Reason[][], nobody: Diary['nobody'] = 'not-offered'): Error {
  const [fewest] = all.toSorted((a, b) => a.filter(isHard).length - b.filter(isHard).length)
  if (!fewest) return new NotBookable([nobody])
  const hard = fewest.filter(isHard)
  if (hard.length > 0) return new NotBookable(hard)
  return fewest.includes('pet-busy') ? new PetBusy() : new SlotTaken(fewest)
}

function isHard(reason: Reason): boolean {
  return reason !== 'pet-busy' && !TAKEN.includes(reason)
}
