import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { type Diary, MINUTE, type Place, type Reason, type Roster, type Shift, type Span, type Terms } from './diary.ts'
import { freeResources } from './free-resources.ts'
import { mayStart } from './may-start.ts'
import { busyWith } from './monday-diary.ts'
import { openings } from './openings.ts'
import { reservedSpan } from './reserved-span.ts'
import { spansOf } from './spans.ts'

type Asked = { date: string; days: number; petId: string | undefined }

it('search, booking and a brute force in Temporal agree in any zone on any day', () => {
  let offered = 0
  let refused = 0
  fc.assert(
    fc.property(cases, ({ diary, asked }) => {
      const expected = new Map<string, string[]>()
      for (const place of diary.places) {
        const starts = everyStart(place, asked, diary.terms)
        for (const roster of diary.rosters.filter(({ locationId }) => locationId === place.locationId)) {
          const hours = [...roster.extra, ...everyShift(roster, place, asked)]
          for (const start of starts) {
            const startsAt = start.epochMilliseconds
            const against = objections(diary, place, roster, hours, start, asked.petId)
            const found = mayStart(diary, { ...roster, startsAt, petId: asked.petId })
            assert.deepEqual(new Set(found), against, `${start} ${roster.providerId}`)
            against.size === 0 ? offered++ : refused++
            if (against.size > 0) continue
            const local = start.toPlainDateTime().toString({ smallestUnit: 'second' })
            const key = [startsAt, place.locationId, local].join(' ')
            expected.set(key, [...(expected.get(key) ?? []), roster.providerId])
            checkResources(diary, place, startsAt)
          }
        }
      }
      const found = openings(diary, asked)
      const keys = found.map(({ startsAt, locationId, localStart }) => [startsAt, locationId, localStart].join(' '))
      assert.deepEqual(keys, [...expected.keys()].sort())
      for (const [index, opening] of found.entries()) {
        assert.deepEqual(opening.providerIds, expected.get(keys[index] ?? ''))
        assert.equal(opening.endsAt, opening.startsAt + diary.terms.durationMinutes * MINUTE)
      }
    }),
    { numRuns: 400, seed: 20270314 },
  )
  assert.ok(offered > 2000 && refused > 2000, `${offered} offered, ${refused} refused`)
})

function checkResources(diary: Diary, place: Place, startsAt: number): void {
  const ids = freeResources(diary, place, reservedSpan(diary.terms, startsAt)) ?? []
  assert.equal(new Set(ids).size, ids.length)
  const kinds = ids.map((id) => place.resources.find((resource) => resource.id === id)?.kind)
  assert.deepEqual(kinds.sort(), [...diary.terms.resourceKinds].sort())
  const { from, to } = reservedSpan(diary.terms, startsAt)
  for (const id of ids)
    for (const span of spansOf(diary.busy.get(id) ?? [])) assert.ok(span.to <= from || to <= span.from)
}

/** Every instant at which a clock at the place shows a time on the step, on the dates asked for. */
function everyStart(place: Place, asked: Asked, terms: Terms): Temporal.ZonedDateTime[] {
  const starts = new Map<number, Temporal.ZonedDateTime>()
  for (let day = 0; day < asked.days; day++) {
    const midnight = Temporal.PlainDate.from(asked.date).add({ days: day }).toPlainDateTime()
    for (let minutes = 0; minutes < 1440; minutes += terms.stepMinutes) {
      const local = midnight.add({ minutes })
      for (const disambiguation of ['earlier', 'later'] as const) {
        const start = local.toZonedDateTime(place.timeZone, { disambiguation })
        if (start.toPlainDateTime().equals(local)) starts.set(start.epochMilliseconds, start)
      }
    }
  }
  return [...starts.values()]
}

/** The rules one by one, the time five minutes by five minutes. */
function objections(
  diary: Diary,
  place: Place,
  roster: Roster,
  hours: Span[],
  start: Temporal.ZonedDateTime,
  petId?: string,
): Set<Reason> {
  const { terms } = diary
  const found = new Set<Reason>()
  const { epochMilliseconds } = start
  const visit = ticksOf(epochMilliseconds, terms.durationMinutes)
  const before = epochMilliseconds - terms.bufferBeforeMinutes * MINUTE
  const reserved = ticksOf(before, terms.bufferBeforeMinutes + terms.durationMinutes + terms.bufferAfterMinutes)
  const busy = (subject: string) => spansOf(diary.busy.get(subject) ?? [])

  const now = Temporal.Instant.fromEpochMilliseconds(diary.now).toZonedDateTimeISO(place.timeZone)
  if (Temporal.ZonedDateTime.compare(start, now.add({ minutes: terms.leadMinutes })) < 0) found.add('lead-time')
  const lastDay = now.toPlainDate().add({ days: terms.horizonDays })
  if (Temporal.PlainDate.compare(start.toPlainDate(), lastDay) > 0) found.add('horizon')
  if (visit.some((tick) => within(tick, place.closures))) found.add('closed')
  if (visit.some((tick) => within(tick, roster.off))) found.add('provider-off')
  if (!visit.every((tick) => within(tick, hours))) found.add('outside-hours')
  if (reserved.some((tick) => within(tick, busy(roster.providerId)))) found.add('provider-busy')
  for (const kind of terms.resourceKinds) {
    const free = place.resources.filter(
      (resource) => resource.kind === kind && !reserved.some((tick) => within(tick, busy(resource.id))),
    )
    if (free.length < terms.resourceKinds.filter((needed) => needed === kind).length) found.add('resource-taken')
  }
  if (petId !== undefined && visit.some((tick) => within(tick, busy(petId)))) found.add('pet-busy')
  return found
}

function everyShift(roster: Roster, { timeZone }: Place, asked: Asked): Span[] {
  const spans: Span[] = []
  for (let day = -4; day <= asked.days + 4; day++) {
    const date = Temporal.PlainDate.from(asked.date).add({ days: day })
    if (!date.toZonedDateTime(timeZone).toPlainDate().equals(date)) continue
    for (const { weekday, fromMinute, toMinute, effectiveFrom, effectiveUntil } of roster.shifts) {
      if (weekday !== date.dayOfWeek) continue
      if (effectiveFrom && Temporal.PlainDate.compare(date, effectiveFrom) < 0) continue
      if (effectiveUntil && Temporal.PlainDate.compare(date, effectiveUntil) >= 0) continue
      const [from = 0, to = 0] = [fromMinute, toMinute].map(
        (minutes) => date.toPlainDateTime().add({ minutes }).toZonedDateTime(timeZone).epochMilliseconds,
      )
      spans.push({ from, to })
    }
  }
  return spans
}

// Every span of a case, and every start, lies on five minutes.
const TICK = 5
const ticksOf = (from: number, minutes: number) =>
  Array.from({ length: minutes / TICK }, (_, tick) => from + tick * TICK * MINUTE)
const within = (tick: number, spans: readonly Span[]) => spans.some(({ from, to }) => from <= tick && tick < to)

/** Zones and a date near a change in them, half of the time; any zone and any day in ten years, the other half. */
const changes: [string, string][] = [
  ['Europe/London', '2026-10-25'],
  ['Europe/London', '2027-03-28'],
  ['America/New_York', '2026-11-01'],
  ['America/New_York', '2027-03-14'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2027-04-04'],
  ['America/Santiago', '2026-09-06'],
  ['America/Santiago', '2027-04-04'],
  ['Africa/Cairo', '2027-04-30'],
  ['Africa/Cairo', '2026-10-30'],
  ['Asia/Beirut', '2027-03-28'],
  ['Asia/Beirut', '2026-10-25'],
  ['Pacific/Apia', '2011-12-30'],
  ['America/St_Johns', '2010-11-07'],
  ['Asia/Kathmandu', '2027-03-14'],
]
const plus = (date: string, days: number) => Temporal.PlainDate.from(date).add({ days }).toString()
const moment = fc.oneof(
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -2, max: 1 }))
    .map(([[zone, date], days]) => [zone, plus(date, days)] as const),
  fc.tuple(
    fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    fc.integer({ min: 0, max: 3652 }).map((days) => plus('2026-01-01', days)),
  ),
)

const cases = moment.chain(([zone, date]) => {
  const noon = Temporal.PlainDateTime.from(`${date}T12:00`).toZonedDateTime(zone).epochMilliseconds
  const spans = (count: number, longest: number) =>
    fc.array(
      fc.tuple(fc.integer({ min: -60, max: 84 }), fc.integer({ min: 1, max: longest / 5 })).map(
        ([halfHours, length]): Span => ({
          from: noon + halfHours * 30 * MINUTE,
          to: noon + (halfHours * 30 + length * 5) * MINUTE,
        }),
      ),
      { maxLength: count },
    )
  const taken = spans(3, 200).map((all) =>
    all.sort((a, b) => a.from - b.from).filter((span, n) => (all[n - 1]?.to ?? 0) <= span.from),
  )
  const day = (near: number) =>
    fc.option(
      fc.integer({ min: -near, max: near }).map((days) => plus(date, days)),
      { freq: 1 },
    )
  const shift: fc.Arbitrary<Shift> = fc
    .record({
      weekday: fc.integer({ min: 1, max: 7 }),
      fromMinute: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
      length: fc.oneof(
        fc.constant(1440),
        fc.integer({ min: 1, max: 96 }).map((quarter) => quarter * 15),
      ),
      effectiveFrom: day(3),
      effectiveUntil: day(3),
    })
    .map(({ length, ...rest }) => ({ ...rest, toMinute: rest.fromMinute + length }))
  const everyDay = fc.constantFrom(0, 540, 1320).map((fromMinute) =>
    [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      weekday,
      fromMinute,
      toMinute: fromMinute + (fromMinute || 1440),
      effectiveFrom: null,
      effectiveUntil: null,
    })),
  )
  const roster = (providerId: string, locationId: string): fc.Arbitrary<Roster> =>
    fc.record({
      providerId: fc.constant(providerId),
      locationId: fc.constant(locationId),
      shifts: fc
        .tuple(fc.array(shift, { maxLength: 6 }), fc.oneof(fc.constant<Shift[]>([]), everyDay))
        .map((both) => both.flat()),
      extra: spans(2, 300),
      off: spans(1, 300),
    })
  const place = (locationId: string, timeZone: fc.Arbitrary<string>): fc.Arbitrary<Place> =>
    fc.record({
      locationId: fc.constant(locationId),
      timeZone,
      closures: spans(1, 600),
      resources: fc.constant(['room', 'room', 'bath'].map((kind, n) => ({ kind, id: `${locationId}-${n}` }))),
    })
  const subjects = ['lind', 'adams', 'rex', 'a-0', 'a-1', 'a-2', 'b-0', 'b-1', 'b-2']
  return fc.record({
    asked: fc.record({
      date: fc.constant(date),
      days: fc.integer({ min: 1, max: 2 }),
      petId: fc.constantFrom('rex', undefined),
    }),
    diary: fc.record({
      now: fc.oneof(
        { weight: 3, arbitrary: fc.constant(noon - 5 * 86_400_000) },
        { weight: 1, arbitrary: fc.integer({ min: -48, max: 24 }).map((hours) => noon + hours * 60 * MINUTE) },
      ),
      terms: fc.record({
        durationMinutes: fc.constantFrom(15, 30, 45, 90, 400),
        bufferBeforeMinutes: fc.constantFrom(0, 5, 15),
        bufferAfterMinutes: fc.constantFrom(0, 10, 30),
        stepMinutes: fc.constantFrom(20, 30, 45, 60),
        leadMinutes: fc.constantFrom(0, 60, 1440),
        horizonDays: fc.constantFrom(0, 1, 5, 180),
        resourceKinds: fc.constantFrom<string[]>([], ['room'], ['room', 'bath', 'room']),
      }),
      places: fc.tuple(place('a', fc.constant(zone)), place('b', fc.constantFrom(zone, 'Asia/Kathmandu'))),
      rosters: fc.tuple(roster('lind', 'a'), roster('adams', 'a'), roster('lind', 'b')),
      busy: fc
        .tuple(...subjects.map(() => taken))
        .map((all) => busyWith(Object.fromEntries(subjects.map((subject, n) => [subject, all[n] ?? []])))),
    }),
  })
})
