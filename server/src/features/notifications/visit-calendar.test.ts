import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { oneLine } from './one-line.ts'
import { hostileNames, testAddressee, testLinks, testVisit } from './test-visit.ts'
import type { Visit } from './visit.ts'
import { visitCalendar } from './visit-calendar.ts'

const maya = await testAddressee()

test('puts a booked visit into the calendar', () => {
  const { method, event, value } = read(testVisit({ sequence: 2 }), 'REQUEST')
  assert.equal(method, 'REQUEST')
  assert.equal(event.uid, '01980a6e-0c00-7000-8000-000000000007@petra')
  assert.equal(event.sequence, 2)
  assert.equal(value('status'), 'CONFIRMED')
  assert.equal(value('dtstart'), '2027-03-15T13:00:00Z')
  assert.equal(value('dtend'), '2027-03-15T14:30:00Z')
  assert.equal(event.summary, 'Grooming for Rex')
  assert.equal(event.location, 'Petra Downtown\n1 Main Street\nNew York, NY 10001')
  assert.equal(value('organizer'), 'mailto:visits@petra.example')
  assert.equal(value('url'), testLinks.portal)
  const [attendee] = event.attendees
  assert.match(String(attendee?.getFirstValue()), /^mailto:maya@example\.test$/i)
  assert.equal(attendee?.getParameter('cn'), 'Maya')
  const age = Date.now() - Date.parse(value('dtstamp'))
  assert.ok(age > -2_000 && age < 60_000, `DTSTAMP is ${age} ms old`)
})

test('takes a cancelled visit out under the same UID', () => {
  const booked = read(testVisit(), 'REQUEST')
  const { method, event, value } = read(testVisit({ sequence: 1, status: 'cancelled' }), 'CANCEL')
  assert.equal(method, 'CANCEL')
  assert.equal(event.uid, booked.event.uid)
  assert.ok(event.sequence > booked.event.sequence)
  assert.equal(value('status'), 'CANCELLED')
})

test('is tentative about a visit that still waits for approval', () => {
  assert.equal(read(testVisit({ status: 'requested' }), 'REQUEST').value('status'), 'TENTATIVE')
})

test('breaks lines at 75 octets and never inside a character (RFC 5545, 3.1)', () => {
  for (const name of hostileNames) {
    const visit = testVisit({ petName: name, locationName: name })
    const text = visitCalendar(visit, { ...maya, name }, 'REQUEST', testLinks)
    assert.ok(text.endsWith('\r\n') || text.endsWith('END:VCALENDAR'))
    for (const line of text.split('\r\n')) {
      assert.ok(Buffer.byteLength(line) <= 75, line)
      assert.doesNotMatch(line, /[\r\n]/)
      assert.ok(line.isWellFormed(), line)
    }
  }
})

test('gives back every name a person can type', () => {
  const names = fc.oneof(fc.constantFrom(...hostileNames), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }))
  const visible = names.filter((name) => oneLine(name) !== '')
  fc.assert(
    fc.property(visible, visible, visible, (petName, ownerName, locationName) => {
      const visit = testVisit({ petName, locationName, locationAddress: null })
      const { event, value, names } = read(visit, 'REQUEST', ownerName)
      assert.equal(event.summary, `Grooming for ${oneLine(petName)}`)
      assert.equal(event.location, oneLine(locationName))
      // Parameter values know no backslash escapes (RFC 6868), yet this reader undoes them.
      if (!ownerName.includes('\\')) assert.deepEqual(event.attendees.map(cn), [oneLine(ownerName)])
      assert.equal(value('status'), 'CONFIRMED')
      assert.deepEqual(names, usualNames)
    }),
    { numRuns: 300 },
  )
})

const usualNames = read(testVisit(), 'REQUEST').names

function cn(property: ICAL.Property) {
  return property.getParameter('cn')
}

function read(visit: Visit, method: 'REQUEST' | 'CANCEL', name = 'Maya') {
  const calendar = new ICAL.Component(ICAL.parse(visitCalendar(visit, { ...maya, name }, method, testLinks)))
  assert.equal(calendar.getAllSubcomponents().length, 1)
  const component = calendar.getFirstSubcomponent('vevent')
  assert.ok(component)
  return {
    method: calendar.getFirstPropertyValue('method'),
    event: new ICAL.Event(component),
    value: (name: string) => String(component.getFirstPropertyValue(name)),
    names: component.getAllProperties().map(({ name }) => name),
  }
}
