import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localDay, localOf, resolveLocal } from './local-time.ts'

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const hours = ({ from, to }: { from: number; to: number }) => (to - from) / 3_600_000

describe('a local time', () => {
  it('is one instant on an ordinary day', () => {
    assert.deepEqual(resolveLocal('2027-03-15T09:00:00', 'America/New_York'), { startsAt: at('2027-03-15T13:00Z') })
    assert.deepEqual(resolveLocal('2027-03-15T09:00', 'Asia/Kathmandu'), { startsAt: at('2027-03-15T03:15Z') })
  })

  it('does not exist in a spring gap, from its first moment to its last', () => {
    assert.deepEqual(resolveLocal('2027-03-14T01:59:59', 'America/New_York'), { startsAt: at('2027-03-14T06:59:59Z') })
    assert.equal(resolveLocal('2027-03-14T02:00:00', 'America/New_York'), 'nonexistent')
    assert.equal(resolveLocal('2027-03-14T02:59:59', 'America/New_York'), 'nonexistent')
    assert.deepEqual(resolveLocal('2027-03-14T03:00:00', 'America/New_York'), { startsAt: at('2027-03-14T07:00Z') })
  })

  it('is ambiguous when it happens twice, from its first moment to its last', () => {
    assert.deepEqual(resolveLocal('2026-11-01T00:59:59', 'America/New_York'), { startsAt: at('2026-11-01T04:59:59Z') })
    assert.equal(resolveLocal('2026-11-01T01:00:00', 'America/New_York'), 'ambiguous')
    assert.equal(resolveLocal('2026-11-01T01:59:59', 'America/New_York'), 'ambiguous')
    assert.deepEqual(resolveLocal('2026-11-01T02:00:00', 'America/New_York'), { startsAt: at('2026-11-01T07:00Z') })
  })

  it('is missing or doubled for half an hour only where the clock steps by half an hour', () => {
    assert.equal(resolveLocal('2026-10-04T02:15:00', 'Australia/Lord_Howe'), 'nonexistent')
    assert.deepEqual(resolveLocal('2026-10-04T02:30:00', 'Australia/Lord_Howe'), { startsAt: at('2026-10-03T15:30Z') })
    assert.equal(resolveLocal('2027-04-04T01:45:00', 'Australia/Lord_Howe'), 'ambiguous')
    assert.deepEqual(resolveLocal('2027-04-04T01:15:00', 'Australia/Lord_Howe'), { startsAt: at('2027-04-03T14:15Z') })
  })

  it('is refused when it is no date, no time or no zone', () => {
    assert.throws(() => resolveLocal('2027-02-30T09:00:00', 'Europe/London'), RangeError)
    assert.throws(() => resolveLocal('2027-02-20T25:00:00', 'Europe/London'), RangeError)
    assert.throws(() => resolveLocal('2027-02-20T09:00:00', 'Europe/Camelot'), RangeError)
  })

  it('is read off an instant with its zone, both times of a doubled hour alike', () => {
    assert.equal(localOf(at('2026-11-01T05:30:07Z'), 'America/New_York'), '2026-11-01T01:30:07')
    assert.equal(localOf(at('2026-11-01T06:30:07Z'), 'America/New_York'), '2026-11-01T01:30:07')
    assert.equal(localOf(at('2027-01-01T00:00Z'), 'Asia/Kathmandu'), '2027-01-01T05:45:00')
    assert.equal(localOf(at('1969-12-31T23:59:59Z'), 'UTC'), '1969-12-31T23:59:59')
  })
})

describe('a local day', () => {
  it('has 23 hours in two pieces in spring and 25 in autumn', () => {
    const spring = localDay('2027-03-14', 'America/New_York')
    assert.equal(hours(spring), 23)
    assert.deepEqual(spring.pieces.map(hours), [2, 21])
    const autumn = localDay('2026-11-01', 'America/New_York')
    assert.equal(hours(autumn), 25)
    assert.deepEqual(autumn.pieces.map(hours), [2, 23])
  })

  it('begins at 01:00 where the clock change takes its midnight away', () => {
    for (const [date, zone] of [
      ['2026-09-06', 'America/Santiago'],
      ['2027-04-30', 'Africa/Cairo'],
      ['2027-03-28', 'Asia/Beirut'],
    ] as const) {
      const day = localDay(date, zone)
      assert.equal(localOf(day.from, zone), `${date}T01:00:00`)
      assert.equal(hours(day), 23)
    }
  })

  it('knows its weekday, Monday being 1', () => {
    assert.equal(localDay('2027-03-15', 'UTC').weekday, 1)
    assert.equal(localDay('2027-03-21', 'UTC').weekday, 7)
    assert.equal(localDay('1969-12-31', 'UTC').weekday, 3)
  })

  it('is empty where the zone skipped it', () => {
    const skipped = localDay('2011-12-30', 'Pacific/Apia')
    assert.deepEqual(skipped.pieces, [])
    assert.equal(skipped.from, skipped.to)
    assert.equal(skipped.from, localDay('2011-12-29', 'Pacific/Apia').to)
    assert.equal(skipped.to, localDay('2011-12-31', 'Pacific/Apia').from)
  })

  it('has two parts, out of order with the day before, where the clock went back from one minute past midnight', () => {
    const sunday = localDay('2010-11-07', 'America/St_Johns')
    assert.deepEqual(
      sunday.pieces.map(({ from, to }) => (to - from) / 60_000),
      [1, 1440],
    )
    assert.equal(localDay('2010-11-06', 'America/St_Johns').to, sunday.pieces[1]?.from)
  })

  it('agrees with Temporal in every zone, on the days around each change in ten years and on others', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) for (const date of sampleDays(zone)) compare(date, zone)
  })
})

/** Every 293rd day of ten years, and the days around each change found by stepping through them; a transition is not asked for. */
function sampleDays(zone: string): Temporal.PlainDate[] {
  const first = Temporal.PlainDate.from('2026-01-01')
  const days = Array.from({ length: 13 }, (_, n) => first.add({ days: n * 293 }))
  let offset = first.toZonedDateTime(zone).offsetNanoseconds
  for (let week = 1; week < 522; week++) {
    const date = first.add({ weeks: week })
    const now = date.toZonedDateTime(zone).offsetNanoseconds
    if (now !== offset) for (let back = 0; back <= 8; back++) days.push(date.subtract({ days: back }))
    offset = now
  }
  return days
}

function compare(date: Temporal.PlainDate, zone: string): void {
  const day = localDay(date.toString(), zone)
  const from = date.toZonedDateTime(zone)
  const to = date.add({ days: 1 }).toZonedDateTime(zone)
  const name = `${zone} ${date}`
  assert.deepEqual(
    [day.from, day.to, day.weekday],
    [from.epochMilliseconds, to.epochMilliseconds, date.dayOfWeek],
    name,
  )
  assert.equal(day.pieces[0]?.from, day.from, name)
  for (const [index, piece] of day.pieces.entries()) {
    assert.equal(piece.to, day.pieces[index + 1]?.from ?? day.to, name)
    for (const instant of [piece.from, piece.to - 1]) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
      assert.equal(piece.offset, zoned.offsetNanoseconds / 1e6, name)
      const local = zoned.toPlainDateTime()
      assert.equal(localOf(instant, zone), local.toString({ smallestUnit: 'second' }), name)
      if (day.pieces.length > 1)
        for (const minutes of [-20, 0, 20]) compareResolved(local.round('second').add({ minutes }), zone)
    }
  }
}

function compareResolved(local: Temporal.PlainDateTime, zone: string): void {
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' })
  const once = earlier.equals(later) ? { startsAt: earlier.epochMilliseconds } : 'ambiguous'
  const expected = earlier.toPlainDateTime().equals(local) ? once : 'nonexistent'
  assert.deepEqual(resolveLocal(local.toString(), zone), expected, `${zone} ${local}`)
}
