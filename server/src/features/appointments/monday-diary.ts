import type { Diary, Place, Roster, Shift, Span, Terms } from './diary.ts'
import { mayStart } from './may-start.ts'
import { openings } from './openings.ts'

// The diary that the tests of the rules vary.
const NEW_YORK = 'America/New_York'
export const monday = '2027-03-15'
export const at = (local: string, zone = NEW_YORK) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds
export const span = (from: string, to: string): Span => ({ from: at(`${monday}T${from}`), to: at(`${monday}T${to}`) })
/** What subjects have reserved, each in order. */
export const busyWith = (all: Readonly<Record<string, readonly Span[]>>): Diary['busy'] =>
  new Map(Object.entries(all).map(([subject, spans]) => [subject, spans.flatMap(({ from, to }) => [from, to])]))
export const shift = (weekday: number, from: number, to: number, rest: Partial<Shift> = {}): Shift => ({
  weekday,
  fromMinute: from * 60,
  toMinute: to * 60,
  effectiveFrom: null,
  effectiveUntil: null,
  ...rest,
})
export const roundTheClock = [1, 2, 3, 4, 5, 6, 7].map((weekday) => shift(weekday, 0, 24))
export const roster = (rest: Partial<Roster> = {}): Roster => ({
  providerId: 'lind',
  locationId: 'downtown',
  shifts: [shift(1, 9, 12)],
  extra: [],
  off: [],
  ...rest,
})
export const place = (rest: Partial<Place> = {}): Place => ({
  locationId: 'downtown',
  timeZone: NEW_YORK,
  closures: [],
  resources: [],
  ...rest,
})

/** A Monday from nine to twelve in New York, half-hour visits on a half-hour step, asked about long before. */
export function diary(terms: Partial<Terms> = {}, rest: Partial<Omit<Diary, 'terms'>> = {}): Diary {
  return {
    now: at('2027-03-01T08:00'),
    places: [place()],
    rosters: [roster()],
    busy: new Map(),
    ...rest,
    terms: {
      durationMinutes: 30,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      stepMinutes: 30,
      leadMinutes: 60,
      horizonDays: 180,
      resourceKinds: [],
      ...terms,
    },
  }
}

export const times = (from: Diary, date = monday, days = 1, petId?: string) =>
  openings(from, { date, days, petId }).map(({ localStart }) => localStart.slice(11, 16))

export const why = (from: Diary, local: string, petId?: string) =>
  mayStart(from, { startsAt: at(`${monday}T${local}`), locationId: 'downtown', providerId: 'lind', petId })
