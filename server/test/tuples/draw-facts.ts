import type { Role } from '@petra/contract'
import type { Account, Emergency, Entry, Facts, Ownership, Pet, Place, Provider, Visit } from './facts.ts'
import type { Random } from './random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Owners, staff of every kind, and some who are two things at once. */
const casts: readonly Role[][] = [
  ...Array.from({ length: 10 }, (): Role[] => []),
  ...Array.from({ length: 4 }, (): Role[] => ['groomer']),
  ...Array.from({ length: 4 }, (): Role[] => ['veterinarian']),
  ['receptionist'],
  ['admin'],
  ['groomer', 'veterinarian'],
  ['groomer', 'receptionist'],
  ['veterinarian', 'admin'],
  ['groomer', 'admin'],
]
/** Once on staff and still on the books. */
const lapsed = ['groomer', 'veterinarian'] as const

const rightSets = [
  ['view'],
  ['view', 'book'],
  ['view', 'records'],
  ['view', 'manage'],
  ['view', 'book', 'records', 'manage'],
] as const

const statuses = [
  'requested',
  'booked',
  'booked',
  'confirmed',
  'checked-in',
  'in-service',
  'completed',
  'completed',
  'cancelled',
  'declined',
  'no-show',
] as const

/** Makes up a company at an instant. What changes with the clock lies on either side of what the clock will be set to. */
export function drawFacts(random: Random, start: number): Facts {
  const accounts = [...casts, ...lapsed.map(() => [])].map((roles, i): Account => {
    return { id: '', name: `Person ${String.fromCharCode(65 + i)}`, roles: ['owner', ...roles] }
  })
  const places = [true, false, true].map((requiresRabies): Place => ({ id: random.uuid(), requiresRabies }))
  const providers = drawProviders(random, accounts, places)
  const pets = Array.from({ length: 16 }, (_, i): Pet => {
    const microchip = `2760981061${String(10_000 + i)}`
    return { id: random.uuid(), name: `Pet ${String.fromCharCode(65 + i)}`, microchip, isGone: i >= 14 }
  })
  const ownerships = pets.flatMap((pet) => drawOwnerships(random, pet, accounts, start))
  return {
    ...{ start, accounts, places, providers, pets, ownerships },
    visits: Array.from({ length: 80 }, () =>
      drawVisit(random, random.oneOf(pets), random.oneOf(providers), places, start),
    ),
    emergencies: Array.from({ length: 14 }, () => drawEmergency(random, pets, accounts, start)),
    entries: pets.flatMap((pet, i) => {
      const owners = ownerships.filter((ownership) => ownership.pet === pet).map(({ owner }) => owner)
      return drawEntries(random, pet, [...owners, ...owners, random.oneOf(accounts)], i * 10)
    }),
  }
}

function drawProviders(random: Random, accounts: readonly Account[], places: readonly Place[]): Provider[] {
  const former = accounts.slice(-lapsed.length)
  return accounts.flatMap((account): Provider[] => {
    const roles = lapsed.filter((role, i) => account.roles.includes(role) || account === former[i])
    if (roles.length === 0) return []
    const first = random.below(places.length)
    const worksAt = places.filter((_, i) => i === first || random.happens(0.3))
    return [{ id: random.uuid(), account, role: random.oneOf(roles), places: worksAt }]
  })
}

/** One or two who own it, up to two who did; whoever comes back has both. */
function drawOwnerships(random: Random, pet: Pet, accounts: readonly Account[], start: number): Ownership[] {
  const vets = accounts.filter(({ roles }) => roles.includes('veterinarian'))
  const likely = [...accounts, ...accounts.slice(0, 10), ...vets]
  const owners = new Set([random.oneOf(likely), random.oneOf(likely)])
  const current = [...owners].map((owner, i): Ownership => {
    const rights = i === 0 && random.happens(0.5) ? rightSets[4] : random.oneOf(rightSets)
    return { pet, owner, rights, since: start - 20 * DAY, until: null }
  })
  const before = new Set(random.happens(0.6) ? [random.oneOf(likely), random.oneOf([...owners, ...likely])] : [])
  const past = [...before].map((owner): Ownership => {
    return {
      pet,
      owner,
      rights: rightSets[4],
      since: start - 400 * DAY,
      until: start - (owners.has(owner) ? 21 * DAY : HOUR),
    }
  })
  return [...current, ...past]
}

function drawVisit(random: Random, pet: Pet, provider: Provider, places: readonly Place[], start: number): Visit {
  const startsAt = random.oneOf([
    ...[-25.1 * HOUR, -23.9 * HOUR, -10 * HOUR, -3 * DAY, -90 * DAY, 5 * DAY, 40 * DAY].map((ahead) => start + ahead),
    ...[-1 * HOUR, 1 * HOUR, 10 * DAY].map((ahead) => monthsBefore(start, 24) + ahead),
  ])
  return {
    id: random.uuid(),
    ...{ pet, provider, startsAt },
    place: random.happens(0.8) ? random.oneOf(provider.places) : random.oneOf(places),
    kind: provider.role === 'groomer' ? 'grooming' : 'veterinary',
    status: random.oneOf(statuses),
    endsAt: startsAt + 30 * MINUTE,
    isBookedByVet: random.happens(0.3),
  }
}

export function monthsBefore(instant: number, months: number): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('UTC').subtract({ months })
    .epochMilliseconds
}

/** Of vets, and of some who are none. */
function drawEmergency(random: Random, pets: readonly Pet[], accounts: readonly Account[], start: number): Emergency {
  const vets = accounts.filter(({ roles }) => roles.includes('veterinarian'))
  const vet = random.oneOf(random.happens(0.8) ? vets : accounts)
  return { pet: random.oneOf(pets), vet, until: start + random.oneOf([-MINUTE, HOUR, 3 * HOUR]) }
}

function drawEntries(random: Random, pet: Pet, authors: readonly Account[], number: number): Entry[] {
  return Array.from({ length: random.below(5) }, (_, i): Entry => {
    const source = random.oneOf(['clinical', 'owner-reported'] as const)
    return {
      id: '',
      ...{ pet, source },
      type: random.oneOf(['vaccination', 'vaccination', 'allergy', 'note', 'diagnosis']),
      word: `word${number + i}x`,
      author: random.oneOf(authors),
      isVerified: source === 'owner-reported' && random.happens(0.4),
      status: random.happens(0.8) ? 'current' : 'entered-in-error',
    }
  })
}
