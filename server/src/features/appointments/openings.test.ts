import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { candidatesAt } from './candidates.ts'
import { freeResources } from './free-resources.ts'
import { mayStart } from './may-start.ts'
import { at, busyWith, diary, monday, place, roster, roundTheClock, span, times, why } from './monday-diary.ts'
import { openings } from './openings.ts'
import { reservedSpan } from './reserved-span.ts'

describe('openings', () => {
  it('fill the hours and end with the last visit that fits', () => {
    assert.deepEqual(times(diary()), ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'])
    assert.deepEqual(times(diary({ durationMinutes: 90 })), ['09:00', '09:30', '10:00', '10:30'])
    assert.deepEqual(times(diary(), '2027-03-16'), [])
  })

  it('say when the visit ends, where, and with whom, by start and then by location', () => {
    const uptown = { locationId: 'a-uptown' }
    const found = openings(
      diary(
        { durationMinutes: 180 },
        { places: [place(), place(uptown)], rosters: [roster(), roster({ providerId: 'adams' }), roster(uptown)] },
      ),
      { date: monday, days: 1 },
    )
    const visit = {
      startsAt: at('2027-03-15T09:00'),
      endsAt: at('2027-03-15T12:00'),
      localStart: '2027-03-15T09:00:00',
    }
    assert.deepEqual(found, [
      { ...visit, locationId: 'a-uptown', providerIds: ['lind'] },
      { ...visit, locationId: 'downtown', providerIds: ['lind', 'adams'] },
    ])
  })

  it('cover the dates asked for of each location’s own calendar', () => {
    const kathmandu = place({ locationId: 'thamel', timeZone: 'Asia/Kathmandu' })
    const rosters = [roster({ shifts: roundTheClock }), roster({ locationId: 'thamel', shifts: roundTheClock })]
    const found = openings(diary({}, { places: [place(), kathmandu], rosters }), { date: monday, days: 2 })
    assert.equal(found.length, 2 * 2 * 48)
    for (const { localStart } of found) assert.match(localStart, /^2027-03-1[56]T/)
    const first = found.find(({ locationId }) => locationId === 'thamel')
    assert.equal(first?.startsAt, Date.UTC(2027, 2, 14, 18, 15))
  })
})

describe('rule 5: buffers are the provider’s and the resources’, not the customer’s', () => {
  const buffers = { bufferBeforeMinutes: 10, bufferAfterMinutes: 20 }

  it('they are reserved around the visit', () => {
    assert.deepEqual(reservedSpan(diary(buffers).terms, at('2027-03-15T10:00')), span('09:50', '10:50'))
  })

  it('they may run past opening and closing, and into closures and time off', () => {
    const closures = [span('08:00', '09:00'), span('12:00', '13:00')]
    const closed = diary(buffers, { places: [place({ closures })], rosters: [roster({ off: closures })] })
    assert.deepEqual(times(closed), times(diary()))
  })

  it('they stack between neighbours: the reservation’s own and the new one’s', () => {
    // A visit from 10:00 to 10:30 with the same buffers.
    const busy = busyWith({ lind: [span('09:50', '10:50')] })
    assert.deepEqual(times(diary({ ...buffers, stepMinutes: 5 }, { busy })), [
      '09:00',
      '11:00',
      '11:05',
      '11:10',
      '11:15',
      '11:20',
      '11:25',
      '11:30',
    ])
  })

  it('they keep resources, but never the pet', () => {
    const resources = [{ id: 'room', kind: 'room' }]
    const busy = busyWith({
      room: [span('10:00', '10:30')],
      rex: [span('09:00', '09:30')],
    })
    const shared = diary({ ...buffers, resourceKinds: ['room'] }, { places: [place({ resources })], busy })
    assert.deepEqual(times(shared, monday, 1, 'rex'), ['11:00', '11:30'])
    assert.deepEqual(why(shared, '09:30', 'rex'), ['resource-taken'])
    assert.deepEqual(why({ ...shared, busy: busyWith({ rex: [span('09:00', '09:30')] }) }, '09:30', 'rex'), [])
  })
})

describe('rule 7: a provider at two locations is one person', () => {
  it('busy at one is busy at the other', () => {
    const places = [place(), place({ locationId: 'uptown' })]
    const rosters = [roster(), roster({ locationId: 'uptown' })]
    const both = diary({}, { places, rosters, busy: busyWith({ lind: [span('09:00', '11:30')] }) })
    assert.deepEqual(
      openings(both, { date: monday, days: 1 }).map(({ locationId }) => locationId),
      ['downtown', 'uptown'],
    )
  })
})

describe('rule 8: lead time and horizon', () => {
  it('a start is late enough exactly the lead time from now', () => {
    const soon = diary({ leadMinutes: 90 }, { now: at('2027-03-15T09:00') })
    assert.deepEqual(times(soon), ['10:30', '11:00', '11:30'])
    assert.deepEqual(why({ ...soon, now: soon.now + 1 }, '10:30'), ['lead-time'])
  })

  it('the horizon’s last day is bookable whole, and counted in the location’s calendar', () => {
    // In UTC it is the 15th already.
    const eve = diary({ horizonDays: 1 }, { now: at('2027-03-14T23:00'), rosters: [roster({ shifts: roundTheClock })] })
    assert.equal(times(eve, monday, 2).length, 48)
    assert.deepEqual(why({ ...eve, terms: { ...eve.terms, horizonDays: 0 } }, '09:00'), ['horizon'])
  })
})

describe('rule 9: the search offers a start exactly when a booking may have it', () => {
  it('and every reason that stands against a start is named', () => {
    const resources = [{ id: 'room', kind: 'room' }]
    const whole = [span('00:00', '23:00')]
    const busy = busyWith({ lind: whole, room: whole, rex: whole })
    const hopeless = diary(
      { resourceKinds: ['room'] },
      {
        now: at('2027-03-15T13:45'),
        places: [place({ closures: whole, resources })],
        rosters: [roster({ off: whole })],
        busy,
      },
    )
    assert.deepEqual(why(hopeless, '14:10', 'rex'), [
      'off-step',
      'lead-time',
      'closed',
      'provider-off',
      'outside-hours',
      'provider-busy',
      'resource-taken',
      'pet-busy',
    ])
  })

  it('a provider without a roster at the place is outside hours; a place out of the diary is a mistake', () => {
    const asked = { startsAt: at('2027-03-15T09:00'), locationId: 'downtown', providerId: 'nobody' }
    assert.deepEqual(mayStart(diary(), asked), ['outside-hours'])
    assert.throws(() => mayStart(diary(), { ...asked, locationId: 'nowhere' }), /nowhere/)
  })
})

describe('rule 17: any resource of the right kind will do', () => {
  const resources = ['table-1', 'table-2'].map((id) => ({ id, kind: 'table' })).concat({ id: 'bath', kind: 'bath' })
  const tables = place({ resources })

  it('a start is offered while one is left, and the free one is the one to reserve', () => {
    const busy = busyWith({
      'table-1': [span('09:00', '11:00')],
      'table-2': [span('10:30', '12:00')],
    })
    const salon = diary({ resourceKinds: ['table'] }, { places: [tables], busy })
    assert.deepEqual(times(salon), ['09:00', '09:30', '10:00', '11:00', '11:30'])
    assert.deepEqual(freeResources(salon, tables, span('09:00', '09:30')), ['table-2'])
    assert.deepEqual(freeResources(salon, tables, span('11:00', '11:30')), ['table-1'])
    assert.equal(freeResources(salon, tables, span('10:30', '11:00')), null)
  })

  it('a kind named twice needs two distinct ones, and several kinds one of each', () => {
    const kinds = ['table', 'bath', 'table']
    const salon = diary({ resourceKinds: kinds }, { places: [tables] })
    assert.deepEqual(freeResources(salon, tables, span('09:00', '09:30'))?.sort(), ['bath', 'table-1', 'table-2'])
    const busy = busyWith({ 'table-1': [span('09:00', '11:30')] })
    assert.deepEqual(times({ ...salon, busy }), ['11:30'])
    assert.equal(freeResources({ ...salon, busy }, tables, span('09:00', '09:30')), null)
  })

  it('those who are booked at one moment begin with different ones, of every kind, as long as there are enough', () => {
    const seats = [0, 1, 2]
    const mixed = seats.flatMap((n) => ['room', 'bath'].map((kind) => ({ id: `${kind}-${n}`, kind })))
    const rosters = seats.map((seat) => roster({ providerId: `groomer-${seat}`, seat }))
    const salon = diary({ resourceKinds: ['room', 'bath'] }, { places: [place({ resources: mixed })], rosters })
    const chosen = candidatesAt(salon, at('2027-03-15T09:00'), undefined).flatMap(({ resourceIds }) => resourceIds)
    assert.deepEqual(chosen.toSorted(), mixed.map(({ id }) => id).toSorted())
  })

  it('nothing is needed where no kind is named', () => {
    assert.deepEqual(freeResources(diary(), place(), span('09:00', '09:30')), [])
  })
})

describe('rule 18: the same pet cannot be in two places', () => {
  it('and only the pet asked for counts', () => {
    const busy = busyWith({ rex: [span('09:15', '11:30')] })
    assert.deepEqual(times(diary({}, { busy }), monday, 1, 'rex'), ['11:30'])
    assert.deepEqual(times(diary({}, { busy }), monday, 1, 'milo'), times(diary()))
    assert.deepEqual(why(diary({}, { busy }), '09:00', 'rex'), ['pet-busy'])
  })
})

describe('rule 19: open time is (weekly hours ∪ extra hours) − time off − closures', () => {
  it('extra hours add, and join the hours they touch', () => {
    const rosters = [roster({ extra: [span('12:00', '13:00')] })]
    assert.deepEqual(times(diary({ durationMinutes: 120 }, { rosters })), ['09:00', '09:30', '10:00', '10:30', '11:00'])
  })

  it('time off beats weekly and extra hours', () => {
    const off = [span('11:00', '12:30'), span('10:00', '10:30'), span('10:00', '10:15')]
    const rosters = [roster({ extra: [span('12:00', '13:30')], off })]
    assert.deepEqual(times(diary({}, { rosters })), ['09:00', '09:30', '10:30', '12:30', '13:00'])
  })

  it('closures beat extra hours, for everyone there', () => {
    const rosters = [roster({ extra: [span('12:00', '13:00')] }), roster({ providerId: 'adams' })]
    const closures = [span('09:30', '12:30')]
    assert.deepEqual(times(diary({}, { places: [place({ closures })], rosters })), ['09:00', '12:30'])
  })
})
