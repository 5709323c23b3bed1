import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailOf } from './letter.ts'
import { emergencyAccessLetter } from './notices/emergency-access.ts'
import { oneLine } from './one-line.ts'
import { hostileNames, testAddressee, testLinks, testVisit } from './test-visit.ts'
import type { Visit } from './visit.ts'
import {
  approvedLetter,
  bookedLetter,
  cancelledLetter,
  declinedLetter,
  movedLetter,
  reminderLetter,
} from './visit-letters.ts'
import { voiceFor } from './voice.ts'

const maya = await testAddressee()
const DAY_BEFORE = '2027-03-14T13:00:00Z'

const booked = (visit: Visit = testVisit(), to = maya) => mailOf(to, bookedLetter(visit, to, testLinks))

test('tells a booking in plain text', () => {
  const mail = booked()
  assert.equal(mail.subject, 'Booked: Grooming for Rex, Monday, March 15')
  assert.equal(
    mail.text,
    `Rex’s visit is booked

Hello Maya,

We look forward to seeing you and Rex.

When:    Monday, March 15, 2027 at 9:00 AM (Eastern Daylight Time)
Pet:     Rex
Service: Grooming
With:    Tomas
Where:   Petra Downtown, 1 Main Street, New York, NY 10001

See, move or cancel your visits
https://petra.example/?a=1&b=2

Petra Downtown
`,
  )
})

test('speaks the language of the account, and writes times as its locale does', async () => {
  const polish = booked(testVisit(), await testAddressee('pl'))
  assert.equal(polish.subject, 'Zarezerwowano: Grooming, Rex, poniedziałek, 15 marca')
  assert.match(polish.text, /^Dzień dobry, Maya!$/m)
  assert.match(polish.text, /^Kiedy: +poniedziałek, 15 marca 2027 09:00 \(czas wschodnioamerykański letni\)$/m)
  assert.match(polish.html, /<html lang="pl">/)
  assert.match(polish.calendar?.content ?? '', /SUMMARY:Grooming: Rex/)
  assert.match(booked(testVisit(), await testAddressee('en-GB')).text, /15 March 2027 at 09:00/)
  assert.match(booked(testVisit(), await testAddressee('ja-JP')).text, /^Hello Maya,$/m)
})

test('does not call a visit booked that waits for approval', () => {
  const mail = booked(testVisit({ status: 'requested' }))
  assert.match(mail.subject, /^Requested: /)
  assert.doesNotMatch(mail.text, /booked/i)
  assert.notEqual(mail.messageId, booked().messageId)
})

test('tells that a visit is approved, and that one is declined, which takes it out of the calendar', () => {
  const approved = approvedLetter(testVisit({ sequence: 1 }), maya, testLinks)
  assert.equal(approved.subject, 'Approved: Grooming for Rex, Monday, March 15')
  assert.match(approved.calendar?.content ?? '', /STATUS:CONFIRMED/)
  const declined = declinedLetter(testVisit({ sequence: 1, status: 'declined' }), maya, testLinks)
  assert.equal(declined.subject, 'Declined: Grooming for Rex, Monday, March 15')
  assert.match(declined.calendar?.content ?? '', /METHOD:CANCEL/)
})

test('tells a move with the old time and the new one', () => {
  const letter = movedLetter(testVisit({ sequence: 1 }), '2027-03-14T01:30:00Z', maya, testLinks)
  const { text } = mailOf(maya, letter)
  assert.equal(letter.subject, 'Moved: Grooming for Rex, now Monday, March 15')
  assert.match(text, /It was on Saturday, March 13, 2027 at 8:30 PM \(Eastern Standard Time\)\./)
  assert.match(text, /When: {4}Monday, March 15, 2027 at 9:00 AM \(Eastern Daylight Time\)/)
  assert.equal(letter.calendar?.method, 'REQUEST')
})

test('tells a cancellation, and takes the visit out of the calendar', () => {
  const letter = cancelledLetter(testVisit({ sequence: 2, status: 'cancelled' }), maya, testLinks)
  assert.equal(letter.subject, 'Cancelled: Grooming for Rex, Monday, March 15')
  assert.equal(letter.calendar?.method, 'CANCEL')
  assert.match(letter.calendar?.content ?? '', /\r\nMETHOD:CANCEL\r\n/)
})

test('counts the days until the visit by the calendar of its location', () => {
  const heading = (at: string) => reminderLetter(testVisit(), at, 24, maya, testLinks).heading
  assert.equal(heading(DAY_BEFORE), 'Rex’s visit is tomorrow')
  assert.equal(heading('2027-03-15T04:30:00Z'), 'Rex’s visit is today')
  assert.equal(heading('2027-03-15T03:30:00Z'), 'Rex’s visit is tomorrow')
  assert.equal(heading('2027-03-08T14:00:00Z'), 'Rex’s visit is in 7 days')
})

test('says the same in HTML, with every name escaped', () => {
  for (const name of hostileNames) {
    const visit = testVisit({ petName: name, providerName: name, serviceName: name, locationName: name })
    const to = { ...maya, name }
    const letters = [
      bookedLetter(visit, to, testLinks),
      approvedLetter(visit, to, testLinks),
      declinedLetter(visit, to, testLinks),
      movedLetter(visit, visit.startsAt, to, testLinks),
      cancelledLetter(visit, to, testLinks),
      reminderLetter(visit, DAY_BEFORE, 24, to, testLinks),
    ]
    for (const letter of letters) {
      const { html, text } = mailOf(to, letter)
      assert.deepEqual(tags(html), tags(booked().html))
      const shown = html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
      assert.ok(shown.includes(`<bdi>${oneLine(name)}</bdi>`))
      assert.ok(shown.includes('9:00 AM (Eastern Daylight Time)'))
      assert.ok(shown.includes(`href="${testLinks.portal}"`))
      assert.equal(text.split('\n').length, booked().text.split('\n').length)
    }
  }
})

test('gives a message the same id at every try, and its own per kind, change, owner and reminder', () => {
  const visit = testVisit()
  const ids = [
    bookedLetter(visit, maya, testLinks),
    movedLetter(visit, visit.startsAt, maya, testLinks),
    cancelledLetter(visit, maya, testLinks),
    reminderLetter(visit, DAY_BEFORE, 24, maya, testLinks),
    reminderLetter(visit, DAY_BEFORE, 168, maya, testLinks),
    bookedLetter({ ...visit, sequence: 1 }, maya, testLinks),
    bookedLetter({ ...visit, ownerId: '01980a6e-0c00-7000-8000-0000000000ff' }, maya, testLinks),
  ].map((letter) => mailOf(maya, letter).messageId)
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(booked().messageId, ids[0])
  for (const id of ids) assert.match(id, /^[a-z\d-]+\.[0-9a-f-]{36}\.\d+\.[0-9a-f-]{36}@petra$/)
})

test('tells an owner of emergency access: who, whose and until when', () => {
  const letter = emergencyAccessLetter(
    {
      id: 'emergency-access.01980a6e-0c00-7000-8000-000000000009.01980a6e-0c00-7000-8000-000000000001',
      petName: 'Rex',
      vetName: 'Dr Lind',
      expiresAt: '2027-03-15T14:00:00Z',
      timeZone: 'UTC',
      url: testLinks.portal,
    },
    maya.voice,
  )
  const mail = mailOf(maya, letter)
  assert.equal(
    mail.messageId,
    'emergency-access.01980a6e-0c00-7000-8000-000000000009.01980a6e-0c00-7000-8000-000000000001@petra',
  )
  assert.deepEqual(mail.to, { name: 'Maya', address: 'maya@example.test' })
  assert.equal(mail.subject, 'Emergency access to Rex’s records')
  assert.match(
    mail.text,
    /^Vet: {2}Dr Lind\nPet: {2}Rex\nEnds: Monday, March 15, 2027 at 2:00 PM \(Coordinated Universal Time\)$/m,
  )
  assert.ok(mail.html.includes('Dr Lind'))
  assert.equal(mail.calendar, undefined)
})

test('tells the two hours apart that a clock shows twice', () => {
  const time = (instant: string, timeZone: string) => oneLine(maya.voice.time(instant, timeZone))
  assert.equal(
    time('2027-11-07T05:30:00Z', 'America/New_York'),
    'Sunday, November 7, 2027 at 1:30 AM (Eastern Daylight Time)',
  )
  assert.equal(
    time('2027-11-07T06:30:00Z', 'America/New_York'),
    'Sunday, November 7, 2027 at 1:30 AM (Eastern Standard Time)',
  )
  assert.equal(time('2027-07-01T23:00:00Z', 'Europe/London'), 'Friday, July 2, 2027 at 12:00 AM (British Summer Time)')
  assert.equal(maya.voice.day('2027-07-01T23:00:00Z', 'Europe/London'), 'Friday, July 2')
})

test('takes no calendar, digits or script from a locale, and no more than its language when it is malformed', async () => {
  for (const locale of ['en-u-ca-buddhist-nu-thai', 'en-Deva-US', 'en-', 'EN', 'en-x-tt']) {
    const voice = await voiceFor(locale)
    assert.equal(voice.date('2027-03-15'), 'March 15, 2027', locale)
  }
})

test('keeps letters, emoji and right-to-left names, and drops what breaks or reverses a line', () => {
  assert.equal(oneLine(' Rex\r\nBcc:\tx\u0000\u2028y '), 'Rex Bcc: x y')
  assert.equal(oneLine('\u202egnp.xeR\u202c'), 'gnp.xeR')
  assert.equal(oneLine('רקס 🐶\u200d🦺 Žižka'), 'רקס 🐶\u200d🦺 Žižka')
})

function tags(html: string): string[] {
  return (html.match(/<[^<>]*>/g) ?? []).map((tag) => tag.split(/[ >]/)[0] ?? '')
}
