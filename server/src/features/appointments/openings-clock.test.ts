import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MINUTE, type Shift } from './diary.ts'
import { localOf } from './local-time.ts'
import { mayStart } from './may-start.ts'
import { at, busyWith, diary, monday, place, roster, roundTheClock, shift, span, times, why } from './monday-diary.ts'
import { openings } from './openings.ts'

describe('rule 1: intervals are half-open, hours are wall clock, durations elapsed time', () => {
  it('a visit may begin the moment another ends and end the moment another begins', () => {
    const busy = busyWith({ lind: [span('09:00', '09:30'), span('10:00', '10:30')] })
    assert.deepEqual(times(diary({}, { busy })), ['09:30', '10:30', '11:00', '11:30'])
  })

  it('hours keep to the wall clock on both sides of a clock change', () => {
    const sundays = diary({}, { rosters: [roster({ shifts: [shift(7, 9, 10)] })] })
    const [before, after] = ['2027-03-07', '2027-03-14'].map((date) => openings(sundays, { date, days: 1 })[0])
    assert.equal(before?.localStart, '2027-03-07T09:00:00')
    assert.equal(after?.localStart, '2027-03-14T09:00:00')
    assert.equal((after?.startsAt ?? 0) - (before?.startsAt ?? 0), (7 * 24 - 1) * 60 * MINUTE)
  })

  it('a visit across a gap takes its elapsed time', () => {
    const night = diary({ durationMinutes: 120 }, { rosters: [roster({ shifts: [shift(7, 1, 5)] })] })
    // From 01:00 to 05:00 the spring night has three hours.
    assert.deepEqual(times(night, '2027-03-14'), ['01:00', '01:30', '03:00'])
  })

  it('a shift that begins in a gap begins as much later, and one wholly in it as well', () => {
    const from = (shifts: Shift[]) => times(diary({}, { rosters: [roster({ shifts })] }), '2027-03-14')
    assert.deepEqual(from([shift(7, 2.5, 5)]), ['03:30', '04:00', '04:30'])
    assert.deepEqual(from([shift(7, 2, 2.5)]), ['03:00'])
    assert.deepEqual(from([shift(7, 2.5, 3)]), [])
  })

  it('a shift that begins or ends in a doubled hour does so the first time', () => {
    const from = (shifts: Shift[]) =>
      openings(diary({}, { now: at('2026-10-01T08:00'), rosters: [roster({ shifts })] }), {
        date: '2026-11-01',
        days: 1,
      }).map(({ startsAt }) => new Date(startsAt).toISOString().slice(11, 16))
    assert.deepEqual(from([shift(7, 1.5, 2)]), ['05:30', '06:00', '06:30'])
    assert.deepEqual(from([shift(7, 0, 1.5)]), ['04:00', '04:30', '05:00'])
  })
})

describe('rule 2: a local time that does not exist is never offered, one that happens twice is two starts', () => {
  const always = { now: at('2026-09-01T08:00'), rosters: [roster({ shifts: roundTheClock })] }
  const clinic = diary({ horizonDays: 365 }, always)

  it('a round-the-clock clinic in New York has 46 half-hour starts on the spring day', () => {
    const found = times(clinic, '2027-03-14')
    assert.equal(found.length, 46)
    assert.deepEqual(found.slice(2, 6), ['01:00', '01:30', '03:00', '03:30'])
  })

  it('and 50 on the autumn day, 01:00 and 01:30 twice, distinct and each bookable', () => {
    const found = openings(clinic, { date: '2026-11-01', days: 1 })
    assert.equal(new Set(found.map(({ startsAt }) => startsAt)).size, 50)
    assert.deepEqual(
      found.slice(1, 7).map(({ localStart }) => localStart.slice(11, 16)),
      ['00:30', '01:00', '01:30', '01:00', '01:30', '02:00'],
    )
    for (const { startsAt } of found) {
      assert.deepEqual(mayStart(clinic, { startsAt, locationId: 'downtown', providerId: 'lind' }), [])
    }
  })

  it('a clock that steps by half an hour doubles or drops two quarter-hours', () => {
    const timeZone = 'Australia/Lord_Howe'
    const island = diary({ stepMinutes: 15, horizonDays: 365 }, { ...always, places: [place({ timeZone })] })
    assert.equal(times(island, '2026-10-04').length, 94)
    assert.equal(times(island, '2027-04-04').length, 98)
  })

  it('a day without a midnight begins at one', () => {
    const santiago = diary({}, { ...always, places: [place({ timeZone: 'America/Santiago' })] })
    const found = times(santiago, '2026-09-06')
    assert.equal(found[0], '01:00')
    assert.equal(found.length, 46)
  })
})

describe('rule 3: starts lie on the step, counted from local midnight', () => {
  it('whatever minute the hours begin at', () => {
    const odd = diary({ stepMinutes: 20 }, { rosters: [roster({ shifts: [shift(1, 9.25, 11)] })] })
    assert.deepEqual(times(odd), ['09:20', '09:40', '10:00', '10:20'])
    assert.deepEqual(why(odd, '09:30'), ['off-step'])
  })

  it('also where the zone is 45 minutes off the hour', () => {
    const timeZone = 'Asia/Kathmandu'
    const found = openings(diary({ stepMinutes: 60 }, { places: [place({ timeZone })] }), { date: monday, days: 1 })
    assert.deepEqual(
      found.map(({ startsAt }) => localOf(startsAt, timeZone).slice(11)),
      ['09:00:00', '10:00:00', '11:00:00'],
    )
  })

  it('and to the millisecond', () => {
    assert.deepEqual(why(diary(), '10:00:00.001'), ['off-step'])
  })
})

describe('rule 4: shifts may cross midnight', () => {
  const night = diary({}, { rosters: [roster({ shifts: [shift(1, 22, 26)] })] })

  it('a search that begins after midnight sees the shift that began the day before', () => {
    assert.deepEqual(times(night, '2027-03-16'), ['00:00', '00:30', '01:00', '01:30'])
    assert.deepEqual(times(night), ['22:00', '22:30', '23:00', '23:30'])
  })

  it('a visit may itself cross midnight', () => {
    const long = diary({ durationMinutes: 180 }, { rosters: night.rosters })
    assert.deepEqual(times(long), ['22:00', '22:30', '23:00'])
  })

  it('and run on from one shift into the next that touches it', () => {
    const rosters = [roster({ shifts: [shift(1, 22, 24), shift(2, 0, 1)] })]
    assert.deepEqual(times(diary({ durationMinutes: 120 }, { rosters })), ['22:00', '22:30', '23:00'])
  })

  it('a shift counts by the dates in force on the day it begins, the last one excluded', () => {
    const dated = (dates: Partial<Shift>) => diary({}, { rosters: [roster({ shifts: [shift(1, 23, 25, dates)] })] })
    assert.deepEqual(times(dated({ effectiveFrom: monday, effectiveUntil: '2027-03-16' }), monday, 2), [
      '23:00',
      '23:30',
      '00:00',
      '00:30',
    ])
    assert.deepEqual(times(dated({ effectiveUntil: monday }), monday, 2), [])
    assert.deepEqual(times(dated({ effectiveFrom: '2027-03-16' }), monday, 2), [])
  })
})
