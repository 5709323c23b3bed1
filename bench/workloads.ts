import {
  callers,
  company,
  earlyTimes,
  firstBookedDay,
  hours,
  idOf,
  isBooked,
  ownerOfPet,
  staffCount,
} from './company.ts'

/** One request of a workload, and the owner who makes it. */
export interface BenchRequest {
  readonly owner: number
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: Record<string, unknown>
}

export interface Workload {
  readonly title: string
  /** What the limit does not do. */
  readonly petraOnly?: true
  /** Request number `i`, from 0. Those of workloads that write never repeat. */
  request(i: number): BenchRequest
  /** What is wrong with the answer to request `i`, or null. */
  fault(i: number, status: number, body: unknown): string | null
}

const MINUTE = 60_000
const DAY = 86_400_000
const halfHours = (hours.to - hours.from) * 2
const species = ['dog', 'cat', 'rabbit']

/** @param textOf what the seed wrote into each record */
export function workloads(textOf: (pet: number, index: number) => string): Record<string, Workload> {
  return {
    W1: {
      title: 'list my pets',
      request: (i) => ({ owner: caller(i), method: 'GET', path: '/pets' }),
      fault: (i, status, body) => expected(status, 200, body) ?? petsFault(caller(i), body),
    },
    W2: {
      title: 'create a pet',
      request: (i) => ({ owner: callers.addingFrom + caller(i), method: 'POST', path: '/pets', body: newPet(i) }),
      fault: (i, status, body) =>
        expected(status, 201, body) ??
        differs(body, { ...newPet(i), owners: [named('owner', 'Owner', callers.addingFrom + caller(i))] }),
    },
    W3: {
      title: 'book a visit with a room',
      request: (i) => ({ owner: caller(i), method: 'POST', path: '/appointments', body: booking(i) }),
      fault: (i, status, body) => expected(status, 201, body) ?? visitFault(i, body),
    },
    W4: {
      title: 'free times of ten providers',
      request: (i) => ({ owner: caller(i), method: 'GET', path: searchPath(i) }),
      fault: (i, status, body) => expected(status, 200, body) ?? slotsFault(i, body),
    },
    'W4-cold': {
      title: 'free times that nobody has asked for',
      request: (i) => ({ owner: caller(i), method: 'GET', path: newSearchPath(i) }),
      fault: (i, status, body) => expected(status, 200, body) ?? slotsFault(i, body),
    },
    W5: {
      title: 'list 20 sealed records',
      request: (i) => ({
        owner: ownerOfPet(petRead(i)),
        method: 'GET',
        path: `/pets/${idOf('pet', petRead(i))}/medical-records`,
      }),
      fault: (i, status, body) => expected(status, 200, body) ?? recordsFault(petRead(i), body, textOf),
    },
  }
}

function caller(i: number): number {
  return (i % callers.count) + 1
}

function newPet(i: number) {
  return { name: `New pet ${i}`, species: species[i % 3], breed: 'mixed', birthDate: '2023-04-05', weightGrams: 4_200 }
}

/** Visits fill 2031 half hour by half hour, each time with every provider in turn: neither provider nor pet is ever asked twice. */
function booking(i: number) {
  const staff = (i % staffCount) + 1
  const halfHour = Math.floor(i / staffCount)
  const day = Math.floor(halfHour / halfHours)
  const startsAt = Date.UTC(2031, 0, 1 + day, hours.from, 30 * (halfHour % halfHours))
  return {
    petId: idOf('pet', caller(i) * company.petsPerOwner),
    service: idOf('service', 2),
    startsAt: instant(startsAt),
    locationId: idOf('location', locationOf(staff)),
    providerId: idOf('staff', staff),
  }
}

/** Searches go through the locations of a day, then to the next day. */
function searched(i: number) {
  return { location: (i % company.locations) + 1, day: Math.floor(i / company.locations) % company.bookedDays }
}

function searchPath(i: number): string {
  const { location, day } = searched(i)
  const date = instant(firstBookedDay + day * DAY).slice(0, 10)
  return `/availability?service=${idOf('service', 1)}&date=${date}&location=${idOf('location', location)}`
}

/** None comes again within 96,000, so that Petra has the answer to none; the limit keeps no answers. */
function newSearchPath(i: number): string {
  const lap = Math.floor(i / (company.locations * company.bookedDays))
  return `${searchPath(i)}&fromTime=${earlyTimes[lap % earlyTimes.length]}`
}

function petRead(i: number): number {
  return (i % company.petsWithRecords) + 1
}

function locationOf(staff: number): number {
  return Math.ceil(staff / company.staffPerLocation)
}

function expected(status: number, wanted: number, body: unknown): string | null {
  return status === wanted ? null : `status ${status}: ${JSON.stringify(body)?.slice(0, 200)}`
}

type Listed = { items?: Record<string, unknown>[]; nextCursor?: unknown } | null

function petsFault(owner: number, body: unknown): string | null {
  const { items = [], nextCursor } = (body as Listed) ?? {}
  if (items.length !== company.petsPerOwner || nextCursor !== null) return `${items.length} pets, cursor ${nextCursor}`
  for (let k = 0; k < company.petsPerOwner; k++) {
    const pet = owner * company.petsPerOwner - k
    const shown = items.find(({ id }) => id === idOf('pet', pet))
    if (!shown) return `pet ${pet} is missing`
    const fault = differs(shown, {
      name: `Pet ${pet}`,
      species: species[(pet - 1) % 3],
      owners: [named('owner', 'Owner', owner)],
    })
    if (fault) return fault
  }
  return null
}

function visitFault(i: number, body: unknown): string | null {
  const { petId, startsAt } = booking(i)
  const staff = (i % staffCount) + 1
  const endsAt = instant(Date.parse(startsAt) + 30 * MINUTE)
  return differs(body, {
    petId,
    startsAt,
    endsAt,
    localStart: startsAt.slice(0, -1),
    status: 'booked',
    service: { ...named('service', 'Service', 2), slug: 'service-2' },
    provider: named('staff', 'Staff', staff),
    location: { ...named('location', 'Location', locationOf(staff)), timeZone: 'UTC' },
  })
}

/** The right free times are those that the seed left, with everybody of the location who has them, each once. */
function slotsFault(i: number, body: unknown): string | null {
  const { location, day } = searched(i)
  const team = Array.from(
    { length: company.staffPerLocation },
    (_, k) => (location - 1) * company.staffPerLocation + k + 1,
  )
  const free = new Map<string, string[]>()
  for (let k = 0; k < halfHours; k++) {
    const startsAt = firstBookedDay + day * DAY + hours.from * 60 * MINUTE + k * 30 * MINUTE
    const providerIds = team.filter((staff) => !isBooked(staff, day, k)).map((staff) => idOf('staff', staff))
    if (providerIds.length > 0) free.set(instant(startsAt), providerIds.sort())
  }
  const slots =
    (body as { slots?: { startsAt: string; locationId: string; providerIds: string[] }[] } | null)?.slots ?? []
  if (slots.length !== free.size) return `${slots.length} times instead of ${free.size}`
  for (const { startsAt, locationId, providerIds } of slots) {
    if (locationId !== idOf('location', location)) return 'a time of another location'
    if (providerIds.toSorted().join() !== free.get(startsAt)?.join()) return `wrong providers at ${startsAt}`
  }
  return null
}

function recordsFault(pet: number, body: unknown, textOf: (pet: number, index: number) => string): string | null {
  const { items = [] } = (body as Listed) ?? {}
  if (items.length !== company.recordsPerPet) return `${items.length} records`
  for (const [position, record] of items.entries()) {
    const index = company.recordsPerPet - 1 - position
    const fault = differs(record, {
      id: idOf('rec', pet, index),
      petId: idOf('pet', pet),
      description: textOf(pet, index),
    })
    if (fault) return fault
  }
  return null
}

/** The first field in which a body is not as wanted. */
function differs(body: unknown, wanted: Record<string, unknown>): string | null {
  const shown = (body ?? {}) as Record<string, unknown>
  if (typeof shown.id !== 'string') return 'no id'
  const field = Object.keys(wanted).find(
    (name) => JSON.stringify(sorted(shown[name])) !== JSON.stringify(sorted(wanted[name])),
  )
  return field === undefined
    ? null
    : `${field} is ${JSON.stringify(shown[field])}, not ${JSON.stringify(wanted[field])}`
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function named(kind: string, word: string, number: number) {
  return { id: idOf(kind, number), name: `${word} ${number}` }
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
