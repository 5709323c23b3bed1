import { candidatesAt } from '../../src/features/appointments/candidates.ts'
import type { Diary, HeldSpan, Span } from '../../src/features/appointments/diary.ts'
import { diaryFor } from '../../src/features/appointments/for-pet.ts'
import { openings } from '../../src/features/appointments/openings.ts'
import { staysOf } from '../../src/features/appointments/stays.ts'
import { teamsOf, workplacesOf } from '../../src/features/appointments/teams.ts'
import { type Provider, type Service, teamOf } from '../../src/features/appointments/timetable.ts'
import { withoutHolds } from '../../src/features/appointments/without-holds.ts'
import { AppError } from '../../src/platform/errors.ts'
import type { BookingCase, CaseProvider, Offer, Standing } from './booking-case.ts'

/** What the engine says of a case, without a database. */
export interface EngineCase {
  search(): Offer[]
  /** Who could be booked at an instant, in order; nobody where a booking is refused. */
  bookable(startsAt: number, locationId: string): string[]
}

export function inEngine(all: BookingCase): EngineCase {
  const { asked } = all
  const diaryAt = (locationId: string | undefined): Diary => {
    const [timetable, service] = [timetableOf(all), serviceOf(all)]
    const { providerId, resourceId } = asked
    const resourceIds = resourceId === undefined ? [] : [resourceId]
    const voidHolds = voidHoldsOf(all)
    const stays = staysOf(timetable, whereaboutsOf(all), new Set(voidHolds.map(({ holdId }) => holdId)))
    const diary = {
      ...teamOf(timetable, service, { locationId, providerId, resourceIds }),
      now: all.now,
      busy: withoutHolds(busyOf(all), voidHolds),
      stays,
    }
    return diaryFor(
      diary,
      service,
      all.pets.find(({ id }) => id === asked.petId),
    )
  }
  return {
    search: () =>
      openings(diaryAt(asked.locationId), asked).map(({ startsAt, localStart, locationId, providerIds }) => ({
        startsAt,
        localStart,
        locationId,
        providerIds: providerIds.toSorted(),
      })),
    bookable(startsAt, locationId) {
      try {
        return candidatesAt(diaryAt(locationId), startsAt, asked.petId ?? all.pets[2].id)
          .map(({ providerId }) => providerId)
          .sort()
      } catch (error) {
        if (error instanceof AppError) return []
        throw error
      }
    },
  }
}

function serviceOf({ service }: BookingCase): Service {
  const rest = {
    slug: service.id,
    name: service.id,
    kind: 'grooming',
    cancellationHours: 0,
    requiresApproval: false,
  }
  return { ...service, ...rest } as Service
}

function timetableOf(all: BookingCase) {
  const providers = all.providers.map((provider) => providerOf(all, provider))
  return {
    version: 1,
    longestWayMinutes: 2 * 45,
    services: new Map([[all.service.id, serviceOf(all)]]),
    places: new Map(all.locations.map(({ id, ...place }) => [id, { ...place, locationId: id, name: id }])),
    providers: new Map(providers.map((provider) => [provider.id, provider])),
    teams: teamsOf(providers),
    workplaces: workplacesOf(providers),
  }
}

function providerOf({ service }: BookingCase, provider: CaseProvider): Provider {
  const { id, performsIt, locationIds, shifts, extraHours, timeOff } = provider
  return {
    id,
    accountId: id,
    name: id,
    performs: performsIt ? [{ serviceId: service.id, species: provider.species }] : [],
    rosters: locationIds.map((locationId) => ({
      providerId: id,
      locationId,
      shifts: shifts.filter((shift) => shift.locationId === locationId),
      extra: extraHours.filter((extra) => extra.locationId === locationId),
      off: timeOff.filter((off) => off.locationId === null || off.locationId === locationId),
    })),
  }
}

function voidHoldsOf({ standing }: BookingCase): HeldSpan[] {
  return standing
    .filter(({ hold }) => hold === 'mine' || hold === 'expired')
    .flatMap((one) => {
      const holdId = holdIdOf(one)
      const ofStaff = [one.providerId, ...one.resourceIds].map((subjectId) => ({
        holdId,
        subjectId,
        span: one.reserved,
      }))
      return [...ofStaff, { holdId, subjectId: one.petId, span: one.visit }]
    })
}

function whereaboutsOf({ standing }: BookingCase) {
  return standing.map((one) => {
    const { hold, providerId, locationId, reserved: span } = one
    return { providerId, locationId, holdId: hold && holdIdOf(one), span }
  })
}

/** No two of one provider begin at one time. */
function holdIdOf({ providerId, reserved }: Standing): string {
  return `${providerId} ${reserved.from}`
}

function busyOf({ standing }: BookingCase): Diary['busy'] {
  const busy = new Map<string, Span[]>()
  for (const { visit, reserved, petId, providerId, resourceIds } of standing) {
    busy.set(petId, [...(busy.get(petId) ?? []), visit])
    for (const id of [providerId, ...resourceIds]) busy.set(id, [...(busy.get(id) ?? []), reserved])
  }
  const inOrder = (spans: readonly Span[]) => spans.toSorted((a, b) => a.from - b.from)
  return new Map([...busy].map(([id, spans]) => [id, inOrder(spans).flatMap(({ from, to }) => [from, to])]))
}
