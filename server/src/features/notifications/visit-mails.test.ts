import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emergencyAccessMail } from './emergency-access-mail.ts'
import { oneLine } from './one-line.ts'
import { spokenDay, spokenTime } from './spoken-time.ts'
import { hostileNames, testLinks, testVisit } from './test-visit.ts'
import { approvedMail, bookedMail, cancelledMail, declinedMail, movedMail, reminderMail } from './visit-mails.ts'

test('tells a booking in plain text', () => {
  const mail = bookedMail(testVisit(), testLinks)
  assert.equal(mail.subject, 'Booked: Grooming for Rex, Monday 15 March')
  assert.equal(
    mail.text,
    `Rex's visit is booked

Hello Maya,

We look forward to seeing you and Rex.

When:    Monday, 15 March 2027 at 9:00 am (New York time, GMT-4)
Pet:     Rex
Service: Grooming
With:    Tomas
Where:   Petra Downtown, 1 Main Street, New York, NY 10001

See, move or cancel your visits: https://petra.example/?a=1&b=2

Petra Downtown
`,
  )
})

test('does not call a visit booked that waits for approval', () => {
  const mail = bookedMail(testVisit({ status: 'requested' }), testLinks)
  assert.match(mail.subject, /^Requested: /)
  assert.doesNotMatch(mail.text, /booked/i)
  assert.notEqual(mail.messageId, bookedMail(testVisit(), testLinks).messageId)
})

test('tells that a visit is approved, and that one is declined, which takes it out of the calendar', () => {
  const approved = approvedMail(testVisit({ sequence: 1 }), testLinks)
  assert.equal(approved.subject, 'Approved: Grooming for Rex, Monday 15 March')
  assert.match(approved.calendar?.content ?? '', /STATUS:CONFIRMED/)
  const declined = declinedMail(testVisit({ sequence: 1, status: 'declined' }), testLinks)
  assert.equal(declined.subject, 'Declined: Grooming for Rex, Monday 15 March')
  assert.match(declined.calendar?.content ?? '', /METHOD:CANCEL/)
})

test('tells a move with the old time and the new one', () => {
  const mail = movedMail(testVisit({ sequence: 1 }), '2027-03-14T01:30:00Z', testLinks)
  assert.equal(mail.subject, 'Moved: Grooming for Rex, now Monday 15 March')
  assert.match(mail.text, /It was on Saturday, 13 March 2027 at 8:30 pm \(New York time, GMT-5\)\./)
  assert.match(mail.text, /When: {4}Monday, 15 March 2027 at 9:00 am \(New York time, GMT-4\)/)
  assert.equal(mail.calendar?.method, 'REQUEST')
})

test('tells a cancellation, and takes the visit out of the calendar', () => {
  const mail = cancelledMail(testVisit({ sequence: 2, status: 'cancelled' }), testLinks)
  assert.equal(mail.subject, 'Cancelled: Grooming for Rex, Monday 15 March')
  assert.equal(mail.calendar?.method, 'CANCEL')
  assert.match(mail.calendar?.content ?? '', /\r\nMETHOD:CANCEL\r\n/)
})

test('says the same in HTML, with every name escaped', () => {
  for (const name of hostileNames) {
    const visit = testVisit({
      petName: name,
      ownerName: name,
      providerName: name,
      serviceName: name,
      locationName: name,
    })
    const mails = [
      bookedMail(visit, testLinks),
      approvedMail(visit, testLinks),
      declinedMail(visit, testLinks),
      movedMail(visit, visit.startsAt, testLinks),
      cancelledMail(visit, testLinks),
      reminderMail(visit, testLinks),
    ]
    for (const { html, text } of mails) {
      assert.deepEqual(tags(html), tags(bookedMail(testVisit(), testLinks).html))
      const shown = html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
      assert.ok(shown.includes(`<bdi>${oneLine(name)}</bdi>`))
      assert.ok(shown.includes('9:00 am (New York time, GMT-4)'))
      assert.ok(shown.includes(`href="${testLinks.portal}"`))
      assert.equal(text.split('\n').length, bookedMail(testVisit(), testLinks).text.split('\n').length)
    }
  }
})

test('gives a message the same id at every try, and its own per kind, change and owner', () => {
  const visit = testVisit()
  const mails = [
    bookedMail(visit, testLinks),
    movedMail(visit, visit.startsAt, testLinks),
    cancelledMail(visit, testLinks),
    reminderMail(visit, testLinks),
    bookedMail({ ...visit, sequence: 1 }, testLinks),
    bookedMail({ ...visit, ownerId: '01980a6e-0c00-7000-8000-0000000000ff' }, testLinks),
  ]
  assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, mails.length)
  assert.equal(bookedMail(visit, testLinks).messageId, mails[0]?.messageId)
  for (const { messageId } of mails) assert.match(messageId, /^[a-z]+\.[0-9a-f-]{36}\.\d+\.[0-9a-f-]{36}@petra$/)
})

test('tells an owner of emergency access: who, whose and until when', () => {
  const mail = emergencyAccessMail(
    {
      eventId: '01980a6e-0c00-7000-8000-000000000009',
      ownerId: '01980a6e-0c00-7000-8000-000000000001',
      ownerName: 'Maya',
      ownerEmail: 'maya@example.test',
      petName: 'Rex',
      vetName: 'Dr Lind',
      expiresAt: '2027-03-15T14:00:00Z',
      timeZone: 'UTC',
    },
    testLinks,
  )
  assert.equal(
    mail.messageId,
    'emergency-access.01980a6e-0c00-7000-8000-000000000009.01980a6e-0c00-7000-8000-000000000001@petra',
  )
  assert.deepEqual(mail.to, { name: 'Maya', address: 'maya@example.test' })
  assert.equal(mail.subject, "Emergency access to Rex's records")
  assert.match(mail.text, /^Vet: {2}Dr Lind\nPet: {2}Rex\nEnds: Monday, 15 March 2027 at 2:00 pm \(UTC\)$/m)
  assert.ok(mail.html.includes('Dr Lind'))
  assert.equal(mail.calendar, undefined)
})

test('tells the two hours apart that a clock shows twice', () => {
  assert.equal(
    spokenTime('2027-11-07T05:30:00Z', 'America/New_York'),
    'Sunday, 7 November 2027 at 1:30 am (New York time, GMT-4)',
  )
  assert.equal(
    spokenTime('2027-11-07T06:30:00Z', 'America/New_York'),
    'Sunday, 7 November 2027 at 1:30 am (New York time, GMT-5)',
  )
  assert.equal(
    spokenTime('2027-07-01T23:00:00Z', 'Europe/London'),
    'Friday, 2 July 2027 at 12:00 am (London time, BST)',
  )
  assert.equal(spokenDay('2027-07-01T23:00:00Z', 'Europe/London'), 'Friday 2 July')
})

test('keeps letters, emoji and right-to-left names, and drops what breaks or reverses a line', () => {
  assert.equal(oneLine(' Rex\r\nBcc:\tx\u0000\u2028y '), 'Rex Bcc: x y')
  assert.equal(oneLine('\u202egnp.xeR\u202c'), 'gnp.xeR')
  assert.equal(oneLine('רקס 🐶\u200d🦺 Žižka'), 'רקס 🐶\u200d🦺 Žižka')
})

function tags(html: string): string[] {
  return (html.match(/<[^<>]*>/g) ?? []).map((tag) => tag.split(/[ >]/)[0] ?? '')
}
