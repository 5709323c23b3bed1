import type {
  BookingCase,
  CaseLocation,
  CasePet,
  CaseProvider,
  CaseShift,
  CaseTerms,
  Standing,
  Stretch,
} from './booking-case.ts'
import { type Random, randomOf } from './random.ts'

const MINUTE = 60_000
const allZones = Intl.supportedValuesOf('timeZone')
/** Zones that change their clocks, by half an hour, at midnight, or on odd dates; and some that stand apart. */
const oddZones = [
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'America/Santiago',
  'America/Havana',
  'Africa/Cairo',
  'Asia/Beirut',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Africa/Casablanca',
  'Asia/Gaza',
]

/** Those that decide something, and one that never does. */
const someSpecies = ['dog', 'cat']
const OTHER = 'other'

const rooms = [[], ['room', 'table'], ['room', 'table'], ['room', 'room', 'table']]

/**
 * A company with a question, the same for the same seed.
 * @param now the instant at which it is asked; left out, that is random as well, and near a change of the clock half of the time
 */
export function randomCase(seed: number, now?: number): BookingCase {
  const random = randomOf(seed)
  const timeZone = random.pick(random.chance(0.6) ? oddZones : allZones)
  const moment = now ?? Date.UTC(2024, 0, 1) + random.int(0, 11 * 365 * 1440) * MINUTE
  const date = dateNear(random, timeZone, moment)
  const noon = Temporal.PlainDateTime.from(`${date}T12:00`).toZonedDateTime(timeZone).epochMilliseconds
  const stretches = (most: number, longest: number) => random.some(most, () => stretchAround(random, noon, longest))
  const service = randomService(random)
  const locations = Array.from(
    { length: random.pick([1, 1, 2, 3]) },
    (_, n): CaseLocation => ({
      id: random.uuid(),
      travelMinutes: random.pick([0, 0, 10, 45]),
      timeZone: n === 0 || random.chance(0.5) ? timeZone : random.pick(oddZones),
      resources: random.pick(rooms).map((kind) => ({ id: random.uuid(), kind })),
      closures: random.chance(0.3) ? stretches(1, 600) : [],
    }),
  )
  const locationIds = locations.map(({ id }) => id)
  const providers = Array.from({ length: random.pick([1, 2, 2, 3, 4]) }, (): CaseProvider => {
    const worksAt = random.chance(0.3) ? locationIds : [random.pick(locationIds)]
    return {
      id: random.uuid(),
      performsIt: random.chance(0.9),
      species: random.chance(0.3) ? [...new Set([random.pick(someSpecies), random.pick(someSpecies), OTHER])] : null,
      locationIds: worksAt,
      shifts: worksAt.flatMap((locationId) => randomWeek(random, date, locationId)),
      timeOff: stretches(1, 300).map((off) => ({ ...off, locationId: random.pick([null, ...worksAt]) })),
      extraHours: stretches(1, 400).map((extra) => ({ ...extra, locationId: random.pick(worksAt) })),
    }
  })
  const somePet = (): CasePet => ({
    id: random.uuid(),
    species: random.pick(someSpecies),
    weightGrams: random.chance(0.2) ? null : random.int(1, 8) * 5_000,
  })
  const pets = [somePet(), somePet(), { id: random.uuid(), species: OTHER, weightGrams: null }] as const
  const resources = locations.flatMap((location) => location.resources)
  return {
    seed,
    now: now ?? (random.chance(0.7) ? noon - random.int(2, 4) * 1440 * MINUTE : noon + random.int(-2000, 900) * MINUTE),
    service,
    locations,
    providers,
    standing: randomStanding(random, noon, service, locations, providers, pets),
    asked: {
      date,
      days: random.pick([1, 1, 1, 2]),
      locationId: random.chance(0.3) ? random.pick(locationIds) : undefined,
      providerId: random.chance(0.3) ? random.pick(providers).id : undefined,
      resourceId: resources.length > 0 && random.chance(0.15) ? random.pick(resources).id : undefined,
      petId: random.chance(0.6) ? pets[0].id : undefined,
    },
    pets,
  }
}

/** Within two days of the zone's next change half of the time, where that is within a year. */
function dateNear(random: Random, timeZone: string, now: number): string {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone)
  const change = random.chance(0.5) ? here.getTimeZoneTransition('next') : null
  const day =
    change && change.epochMilliseconds - now < 366 * 1440 * MINUTE ? change : here.add({ days: random.int(0, 9) })
  return day
    .toPlainDate()
    .add({ days: random.pick([-1, 0, 0, 1]) })
    .toString()
}

function randomService(random: Random): CaseTerms {
  return {
    id: random.uuid(),
    durationMinutes: random.pick([15, 30, 45, 60, 90, 400]),
    durations: random.chance(0.4) ? someSpecies.flatMap((species) => randomDurations(random, species)) : [],
    bufferBeforeMinutes: random.pick([0, 0, 5, 15]),
    bufferAfterMinutes: random.pick([0, 0, 10, 30]),
    stepMinutes: random.pick([15, 20, 30, 45, 60, 60, 90, 120]),
    leadMinutes: random.pick([0, 0, 60, 1440]),
    horizonDays: random.pick([1, 4, 180, 400, 400]),
    resourceKinds: random.pick([[], [], ['room'], ['room', 'table']]),
  }
}

/** Up to three bands that no weight is in two of, with gaps between some. */
function randomDurations(random: Random, species: string) {
  const bounds = [0, ...random.some(3, () => random.int(1, 8) * 5_000)].sort((a, b) => a - b)
  return bounds
    .map((fromGrams, index) => ({
      species,
      fromGrams,
      belowGrams: bounds[index + 1] ?? (random.chance(0.5) ? null : 45_000),
      durationMinutes: random.pick([15, 30, 75, 120]),
    }))
    .filter(({ fromGrams, belowGrams }) => (belowGrams === null || fromGrams < belowGrams) && random.chance(0.7))
}

/** Round the clock, every day by day or by night, or some shifts around a date. */
function randomWeek(random: Random, date: string, locationId: string): CaseShift[] {
  const plus = (days: number) => Temporal.PlainDate.from(date).add({ days })
  const kind = random.pick(['always', 'every-day', 'every-day', 'some'])
  if (kind === 'some') {
    return random.some(5, () => {
      // Clocks change between midnight and four.
      const fromMinute = random.int(0, random.chance(0.5) ? 16 : 95) * 15
      return {
        locationId,
        weekday: plus(random.int(-2, 2)).dayOfWeek,
        fromMinute,
        toMinute: fromMinute + random.pick([15, 120, 240, 480, 720, 1440]),
        effectiveFrom: plus(random.int(-30, 1)).toString(),
        effectiveUntil: random.chance(0.3) ? plus(random.int(2, 4)).toString() : null,
      }
    })
  }
  const [fromMinute, minutes] =
    kind === 'always'
      ? [0, 1440]
      : random.pick([
          [540, 480],
          [480, 240],
          [1320, 480],
        ] as const)
  const effectiveUntil = random.chance(0.2) ? plus(random.int(0, 2)).toString() : null
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    locationId,
    weekday,
    fromMinute,
    toMinute: fromMinute + minutes,
    effectiveFrom: '2020-01-01',
    effectiveUntil,
  }))
}

/** Visits of other services and holds, none of which takes what another has. */
function randomStanding(
  random: Random,
  noon: number,
  service: CaseTerms,
  locations: readonly CaseLocation[],
  providers: readonly CaseProvider[],
  pets: BookingCase['pets'],
): Standing[] {
  const standing: Standing[] = []
  for (let attempt = random.int(0, 6); attempt > 0; attempt--) {
    const location = random.pick(locations)
    const visit = stretchAround(random, noon, 120)
    const buffer = random.chance(0.5) ? service.bufferAfterMinutes * MINUTE : 0
    const wanted: Standing = {
      hold:
        random.chance(0.4) && standing.filter(({ hold }) => hold).length < 3
          ? random.pick(['mine', 'expired', 'of another'])
          : null,
      visit,
      reserved: { from: visit.from, to: visit.to + buffer },
      petId: random.pick(pets.slice(0, 2)).id,
      providerId: random.pick(providers).id,
      locationId: location.id,
      resourceIds: location.resources.filter(() => random.chance(0.4)).map(({ id }) => id),
    }
    if (!standing.some((other) => isInTheWay(other, wanted))) standing.push(wanted)
  }
  return standing
}

function isInTheWay(a: Standing, b: Standing): boolean {
  const shareSubject =
    a.petId === b.petId || a.providerId === b.providerId || a.resourceIds.some((id) => b.resourceIds.includes(id))
  return shareSubject && a.reserved.from < b.reserved.to && b.reserved.from < a.reserved.to
}

function stretchAround(random: Random, noon: number, longestMinutes: number): Stretch {
  const from = noon + random.int(-30 * 12, 42 * 12) * 5 * MINUTE
  return { from, to: from + random.int(1, longestMinutes / 5) * 5 * MINUTE }
}
