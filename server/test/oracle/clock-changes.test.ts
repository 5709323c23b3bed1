import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { BookingCase } from './booking-case.ts'
import { inEngine } from './in-engine.ts'
import { offersOf } from './oracle.ts'

/** Ordinary days of each zone; by hand `ZONE_DAYS=3652` takes every day of ten years, in twenty minutes. */
const DAYS = Number(process.env.ZONE_DAYS ?? 5)
const zones = Intl.supportedValuesOf('timeZone')

/** Days without a midnight, half-hour steps, a day that was skipped, and changes that have since been given up. */
const remembered: readonly [string, string][] = [
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/Sao_Paulo', '2019-02-17'],
  ['America/Havana', '2026-03-08'],
  ['Asia/Beirut', '2027-03-28'],
  ['Africa/Cairo', '2027-04-30'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2027-04-04'],
  ['America/St_Johns', '2010-11-07'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Pyongyang', '2018-05-05'],
  ['Asia/Kathmandu', '1986-01-01'],
]

it('every zone keeps its hours on the days around its changes in ten years, and on others', () => {
  let days = 0
  for (const alike of Map.groupBy(zones.entries(), ([, timeZone]) => changesOf(timeZone)).values()) {
    const asked = alike.flatMap(([index, timeZone]) =>
      [...daysOfChange(timeZone, index), ...everyNthDay(index)].map((date) => ({ timeZone, date })),
    )
    for (const sameDay of Map.groupBy(asked, ({ date }) => date.toString()).values()) {
      days += sameDay.length
      compare(sameDay)
    }
  }
  assert.ok(days > 2500, `only ${days} days`)
})

it('so do zones on the oddest days of the past', () => {
  for (const [timeZone, date] of remembered) compare([{ timeZone, date: Temporal.PlainDate.from(date) }])
})

/** All that makes a zone of these ten years: its offset before them, and each change. */
function changesOf(timeZone: string): string {
  const before = FIRST.subtract({ days: 10 }).toZonedDateTime(timeZone)
  const changes = [before.offset]
  let change = before.getTimeZoneTransition('next')
  while (change !== null && change.year <= FIRST.year + 10) {
    changes.push(`${change.epochMilliseconds} ${change.offset}`)
    change = change.getTimeZoneTransition('next')
  }
  return changes.join()
}

/** Some of the days on which the zone's clock changes. */
function daysOfChange(timeZone: string, index: number): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = []
  let change = FIRST.toZonedDateTime(timeZone).getTimeZoneTransition('next')
  for (let nth = index; change !== null && change.year < FIRST.year + 10; nth++) {
    if (nth % 3 === 0) days.push(change.toPlainDate())
    change = change.getTimeZoneTransition('next')
  }
  return days
}

/** In no order; 3652 of them are all there are. */
function everyNthDay(index: number): Temporal.PlainDate[] {
  return Array.from({ length: DAYS }, (_, n) => FIRST.add({ days: ((index * DAYS + n) * 769) % 3652 }))
}

interface ZoneDay {
  readonly timeZone: string
  readonly date: Temporal.PlainDate
}

/** Asks the engine of a day in each of some zones that are alike, and the oracle, which takes six times as long, in the first of them. */
function compare(sameDay: readonly ZoneDay[]): void {
  const offers = offersOf(caseOf(sameDay[0] as ZoneDay))
  for (const day of sameDay) assert.deepEqual(inEngine(caseOf(day)).search(), offers, `${day.timeZone} ${day.date}`)
}

/** A day round the clock, an evening that runs past midnight, and a short night, each a provider of its own. */
function caseOf({ timeZone, date }: ZoneDay): BookingCase {
  const now = date.toZonedDateTime(timeZone).epochMilliseconds - 5 * 86_400_000
  return {
    seed: 0,
    now,
    service: {
      id: 'exam',
      durationMinutes: 45,
      durations: [],
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      stepMinutes: 15,
      leadMinutes: 0,
      horizonDays: 180,
      resourceKinds: [],
    },
    locations: [{ id: 'here', timeZone, travelMinutes: 0, resources: [], closures: [] }],
    providers: [providerWith('always', 0, 1440), providerWith('evening', 1260, 1560), providerWith('night', 30, 195)],
    standing: [],
    asked: {
      date: date.toString(),
      days: 1,
      locationId: undefined,
      providerId: undefined,
      resourceId: undefined,
      petId: undefined,
    },
    pets: [rex, rex, rex],
  }
}

function providerWith(id: string, fromMinute: number, toMinute: number) {
  const shift = { locationId: 'here', fromMinute, toMinute, effectiveFrom: '1980-01-01', effectiveUntil: null }
  const shifts = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ ...shift, weekday }))
  return { id, performsIt: true, species: null, locationIds: ['here'], shifts, timeOff: [], extraHours: [] }
}

const rex = { id: 'rex', species: 'dog', weightGrams: null }
const FIRST = Temporal.PlainDate.from('2026-01-01')
