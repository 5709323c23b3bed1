import { createHash } from 'node:crypto'

/** The company that is measured. Ids are MD5 of what they name, so that the seed computes them in SQL and a request by itself. */
export const company = {
  owners: 20_000,
  petsPerOwner: 3,
  locations: 20,
  staffPerLocation: 10,
  services: 8,
  /** Days from `firstBookedDay` on which twelve of every provider's twenty half hours are taken. */
  bookedDays: 10,
  petsWithRecords: 2_000,
  recordsPerPet: 20,
} as const

export const staffCount = company.locations * company.staffPerLocation
export const petCount = company.owners * company.petsPerOwner
/** UTC midnight of the first day with bookings. */
export const firstBookedDay = Date.UTC(2030, 0, 7)
/** Everybody works from eight to six by UTC, every day. */
export const hours = { from: 8, to: 18 } as const
/** Times of day before anybody works: a search from one of them on finds all there is, and is another search. */
export const earlyTimes = Array.from({ length: hours.from * 60 }, (_, minute) =>
  new Date(minute * 60_000).toISOString().slice(11, 16),
)
/** Who calls: the first owners, and, to add pets, some whose pets nobody lists. */
export const callers = { count: 2_000, addingFrom: 10_000 } as const

/** The id of the nth thing of a kind, counted from 1. */
export function idOf(kind: string, ...numbers: number[]): string {
  const hex = createHash('md5')
    .update([kind, ...numbers].join(':'))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Whether the seed books provider `staff` on day `day` in half hour `k` after eight. */
export function isBooked(staff: number, day: number, k: number): boolean {
  return (k * 7 + staff * 3 + day * 5) % 20 < 12
}

export function ownerOfPet(pet: number): number {
  return Math.floor((pet - 1) / company.petsPerOwner) + 1
}

/** What record number `index` of a pet says. */
export function recordText(pet: number, index: number): string {
  const findings =
    'Bright, alert and responsive; heart and lungs clear; abdomen soft; teeth clean; coat and skin in order. '
  return JSON.stringify({ visit: index + 1, pet, findings: findings.repeat(2), grams: 4_000 + index })
}
