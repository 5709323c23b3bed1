import { candidatesAt } from '../../src/features/appointments/candidates.ts'
import type { Diary, Span } from '../../src/features/appointments/diary.ts'
import { openings } from '../../src/features/appointments/openings.ts'
import { type Provider, type Service, teamOf } from '../../src/features/appointments/timetable.ts'
import { AppError } from '../../src/platform/errors.ts'
import type { BookingCase, CaseProvider, Offer } from './booking-case.ts'

/** What the engine says of a case, without a database. */
export interface EngineCase {
  search(): Offer[]
  /** Who could be booked at an instant, in order; nobody where a booking is refused. */
  bookable(startsAt: number, locationId: string): string[]
}

export function inEngine(all: BookingCase): EngineCase {
  const { asked } = all
  const diaryFor = (locationId: string | undefined): Diary => ({
    ...teamOf(timetableOf(all), serviceOf(all), { locationId, providerId: asked.providerId }),
    now: all.now,
    busy: busyOf(all),
  })
  return {
    search: () =>
      openings(diaryFor(asked.locationId), asked).map(({ startsAt, localStart, locationId, providerIds }) => ({
        startsAt,
        localStart,
        locationId,
        providerIds: providerIds.toSorted(),
      })),
    bookable(startsAt, locationId) {
      try {
        return candidatesAt(diaryFor(locationId), startsAt, asked.petId ?? all.petIds[2])
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
    durations: [],
  }
  return { ...service, ...rest } as Service
}

function timetableOf(all: BookingCase) {
  const providers = all.providers.map((provider) => providerOf(all, provider))
  return {
    version: 1,
    longestWayMinutes: 0,
    services: new Map([[all.service.id, serviceOf(all)]]),
    places: new Map(all.locations.map(({ id, ...place }) => [id, { ...place, locationId: id, name: id }])),
    providers: new Map(providers.map((provider) => [provider.id, provider])),
    teams: new Map([
      [all.service.id, providers.filter(({ performs }) => performs.length > 0).flatMap(({ rosters }) => rosters)],
    ]),
  }
}

function providerOf({ service }: BookingCase, provider: CaseProvider): Provider {
  const { id, performsIt, locationIds, shifts, extraHours, timeOff } = provider
  return {
    id,
    accountId: id,
    name: id,
    performs: performsIt ? [{ serviceId: service.id, species: null }] : [],
    rosters: locationIds.map((locationId) => ({
      providerId: id,
      locationId,
      shifts: shifts.filter((shift) => shift.locationId === locationId),
      extra: extraHours.filter((extra) => extra.locationId === locationId),
      off: timeOff.filter((off) => off.locationId === null || off.locationId === locationId),
    })),
  }
}

function busyOf({ standing }: BookingCase): Map<string, Span[]> {
  const busy = new Map<string, Span[]>()
  for (const { visit, reserved, petId, providerId, resourceIds } of standing) {
    busy.set(petId, [...(busy.get(petId) ?? []), visit])
    for (const id of [providerId, ...resourceIds]) busy.set(id, [...(busy.get(id) ?? []), reserved])
  }
  for (const spans of busy.values()) spans.sort((a, b) => a.from - b.from)
  return busy
}
