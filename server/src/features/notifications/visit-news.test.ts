import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import type { Email } from 'postal-mime'
import { type Answer, type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { system } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { enqueue, type NewJob } from '../../platform/jobs/jobs.ts'
import { secondsLater } from '../appointments/plan-reminders.ts'

let house: House
let world: World
/** Each test has a day of its own, so that none takes another's time. */
let day = nextMonday()

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
  await remindHoursBefore('{24}')
})
after(() => house[Symbol.asyncDispose]())

test('confirms a booked visit, with a calendar entry, to the owners who may book', async () => {
  const { id } = await book('10:00')
  await house.drain()
  const [mail, ...others] = await mailsAbout(id)
  assert.deepEqual(others, [])
  assert.deepEqual(mail?.to, [{ name: 'Maya', address: 'maya@example.test' }])
  assert.equal(mail?.messageId, `<booked.${id}.0.${world.maya}@petra>`)
  assert.match(mail?.text ?? '', /at 10:00 AM \(Eastern/)
  assert.match(calendarOf(mail), /METHOD:REQUEST.*SEQUENCE:0/s)
})

test('mails nothing about a change that was rolled back', async () => {
  const { id, startsAt } = await book('10:00')
  await house.drain()
  const failed = transact(house.context.db, async (tx) => {
    await tx.rows({ text: 'update appointments set sequence = 1 where id = $1', values: [id] })
    const payload = { startsAt, previousStartsAt: startsAt, sequence: 1 }
    record(tx, system, 'appointment.moved', { resource: { type: 'appointment', id }, petId: world.rex, payload })
    throw new Error('no')
  })
  await assert.rejects(failed, /no/)
  await house.drain()
  assert.deepEqual(await newsAbout(id), ['Booked'])
})

test('tells once of a visit booked and moved at one go, and plans the reminder of its new time', async () => {
  const { id } = await book('10:00')
  const { startsAt } = await move(id, '13:00')
  await house.drain()
  const [mail, ...others] = await mailsAbout(id)
  assert.deepEqual(others, [])
  assert.match(mail?.subject ?? '', /^Moved: /)
  assert.match(mail?.text ?? '', /It was on .* at 10:00 AM .* at 1:00 PM/s)
  assert.match(calendarOf(mail), /METHOD:REQUEST.*SEQUENCE:1/s)
  assert.equal(await plannedReminder(id), dayBefore({ id, startsAt }))
})

test('tells of a move and of a cancellation, and takes the reminder away', async () => {
  const { id, startsAt } = await book('10:00')
  await house.drain()
  assert.equal(await plannedReminder(id), dayBefore({ id, startsAt }))
  const moved = await move(id, '15:00')
  await house.drain()
  assert.equal(await plannedReminder(id), dayBefore(moved))
  await house.call('DELETE', `/appointments/${id}`, { as: world.maya })
  await house.drain()
  assert.equal(await plannedReminder(id), null)
  assert.deepEqual(await newsAbout(id), ['Booked', 'Moved', 'Cancelled'])
  assert.match(calendarOf((await mailsAbout(id))[2]), /METHOD:CANCEL.*SEQUENCE:2/s)
})

test('tells of a request and of its approval, and of one that is declined, whose reminder goes', async () => {
  await house.sql(`update services set requires_approval = true where slug = 'wellness-exam'`)
  const decide = (id: string, decision: string) =>
    house.call('POST', `/appointments/${id}/${decision}`, { as: world.ines })
  const [approved, declined] = [await book('10:00'), await book('11:00')]
  await house.drain()
  await decide(approved.id, 'approval')
  await decide(declined.id, 'decline')
  await house.drain()
  await house.sql(`update services set requires_approval = false where slug = 'wellness-exam'`)
  assert.deepEqual(await newsAbout(approved.id), ['Requested', 'Approved'])
  assert.deepEqual(await newsAbout(declined.id), ['Requested', 'Declined'])
  assert.equal(await plannedReminder(approved.id), dayBefore(approved))
  assert.equal(await plannedReminder(declined.id), null)
  assert.match(calendarOf((await mailsAbout(declined.id))[1]), /METHOD:CANCEL.*SEQUENCE:1/s)
})

test('tells the owners when archiving a pet cancels its visits', async () => {
  const pet = await house.call('POST', '/pets', { as: world.maya, body: { name: 'Old Rex', species: 'dog' } })
  const { id } = await book('10:00', pet.body.id)
  await house.call('DELETE', `/pets/${pet.body.id}`, { as: world.maya })
  await house.drain()
  assert.deepEqual(await newsAbout(id), ['Cancelled'])
})

test('sends no news that later news has overtaken', async () => {
  const { id } = await book('10:00')
  await house.drain()
  await house.call('DELETE', `/appointments/${id}`, { as: world.maya })
  const news = {
    kind: 'moved',
    appointmentId: id,
    petId: world.rex,
    sequence: 0,
    at: '2026-01-01T09:00:00Z',
    actorId: null,
    previousStartsAt: '2026-01-01T09:00:00Z',
    hoursBefore: null,
    ownerId: world.maya,
  }
  await add({ key: 'late', name: 'notifications.send-visit-mail', payload: news })
  await house.drain()
  assert.deepEqual((await newsAbout(id)).sort(), ['Booked', 'Cancelled'])
})

test('tells nobody who is no longer an owner, or whose account is disabled', async () => {
  const pet = await house.call('POST', '/pets', { as: world.maya, body: { name: 'Given', species: 'dog' } })
  await house.sql(`insert into ownerships (pet_id, owner_id) values ($1, $2), ($1, $3)`, [
    pet.body.id,
    world.sam,
    world.ines,
  ])
  const { id } = await book('10:00', pet.body.id)
  await house.sql(`update ownerships set until = now() where pet_id = $1 and owner_id = $2`, [pet.body.id, world.sam])
  await house.sql('update accounts set disabled_at = now() where id = $1', [world.ines])
  await house.drain()
  await house.sql('update accounts set disabled_at = null where id = $1', [world.ines])
  assert.deepEqual(
    (await mailsAbout(id)).map(({ to }) => to?.[0]?.name),
    ['Maya'],
  )
})

test('reminds a day ahead, once, however often the reminder runs', async () => {
  const { id, startsAt } = await book('10:00')
  await house.drain()
  await setClock(startsAt, -25)
  await house.drain()
  assert.deepEqual(await newsAbout(id), ['Booked'])
  await setClock(startsAt, -23.98)
  await house.drain()
  assert.deepEqual(await newsAbout(id), ['Booked', 'Reminder'])
  await add(reminder(id, startsAt))
  await house.drain()
  assert.deepEqual(await newsAbout(id), ['Booked', 'Reminder'])
  assert.equal(await remindersDue(id), 1)
})

test('spreads the reminders of one minute over most of it, evenly', () => {
  const ofSecond = new Map<number, number>()
  for (let n = 0; n < 4_500; n++) {
    const second = secondsLater(randomUUIDv7())
    ofSecond.set(second, (ofSecond.get(second) ?? 0) + 1)
  }
  assert.deepEqual([Math.min(...ofSecond.keys()), Math.max(...ofSecond.keys()), ofSecond.size], [0, 44, 45])
  assert.ok(Math.max(...ofSecond.values()) < 200, 'twice their share is more than chance gives any second')
})

test('reminds of no visit that moved, was cancelled, is near, or whose pet died', async () => {
  const near = await book('12:00')
  const cancelled = await book('14:30')
  const moved = await book('15:00')
  const pet = await house.call('POST', '/pets', { as: world.maya, body: { name: 'Late Rex', species: 'dog' } })
  const dead = await book('14:00', pet.body.id)
  await house.drain()
  await house.call('DELETE', `/appointments/${cancelled.id}`, { as: world.maya })
  await house.call('PATCH', `/pets/${pet.body.id}`, { as: world.maya, body: { deceasedOn: '2026-11-01' } })
  await move(moved.id, '16:00')
  await house.drain()
  await setClock(near.startsAt, -1)
  for (const visit of [near, cancelled, moved, dead]) await add(reminder(visit.id, visit.startsAt))
  await house.drain()
  assert.deepEqual(await newsAbout(near.id), ['Booked'])
  assert.deepEqual(await newsAbout(cancelled.id), ['Booked', 'Cancelled'])
  assert.deepEqual(await newsAbout(dead.id), ['Booked', 'About Late Rex’s visit'])
  assert.deepEqual(await newsAbout(moved.id), ['Booked', 'Moved', 'Reminder'])
  assert.equal(await remindersDue(moved.id), 1, 'of its new time')
  for (const { id } of [near, cancelled, dead]) assert.equal(await remindersDue(id), 0)
})

test('reminds as often as the service has it, and of a visit booked in between only of what is ahead', async () => {
  await remindHoursBefore('{168,24}')
  const far = await book('16:00')
  await house.drain()
  await setClock(far.startsAt, -169)
  const late = await book('16:30')
  await house.drain()
  await setClock(far.startsAt, -167.98)
  await house.drain()
  assert.deepEqual(await newsAbout(far.id), ['Booked', 'Reminder'])
  await setClock(far.startsAt, -100)
  await move(late.id, '15:30')
  await house.drain()
  assert.equal(await plannedReminder(late.id, 168), null)
  assert.ok(await plannedReminder(late.id))
  await remindHoursBefore('{24}')
  await setClock(far.startsAt, -23.98)
  await house.drain()
  assert.deepEqual(await newsAbout(far.id), ['Booked', 'Reminder', 'Reminder'])
  await remindHoursBefore('{}')
  await add(reminder(far.id, far.startsAt))
  const none = await book('09:15')
  await house.drain()
  assert.equal(await plannedReminder(none.id), null)
  await setClock(none.startsAt, -23.9)
  await add(reminder(none.id, none.startsAt))
  await house.drain()
  assert.deepEqual(await newsAbout(none.id), ['Booked'], 'its service has no reminder any more')
  await remindHoursBefore('{24}')
})

test('plans no reminder of a visit that is booked or moved inside its last day', async () => {
  const moved = await book('10:00')
  await house.drain()
  assert.ok(await plannedReminder(moved.id))
  await setClock(moved.startsAt, -24.5)
  await move(moved.id, '09:00')
  const booked = await book('09:30')
  await house.drain()
  assert.equal(await plannedReminder(moved.id), null)
  assert.equal(await plannedReminder(booked.id), null)
  await setClock(moved.startsAt, -20)
  await house.drain()
  assert.deepEqual(await newsAbout(moved.id), ['Booked', 'Moved'])
  assert.deepEqual(await newsAbout(booked.id), ['Booked'])
})

test('sends no reminder mail of a visit that will not take place', async () => {
  const { id } = await book('10:00')
  await house.drain()
  const news = {
    kind: 'reminder',
    appointmentId: id,
    petId: world.rex,
    sequence: 0,
    at: new Date().toISOString(),
    actorId: null,
    previousStartsAt: null,
    hoursBefore: 24,
    ownerId: world.maya,
  }
  await house.sql(`update appointments set status = 'no-show' where id = $1`, [id])
  await add({ key: 'late', name: 'notifications.send-visit-mail', payload: news })
  await house.drain()
  assert.deepEqual(await newsAbout(id), ['Booked'])
})

test('tells every owner of an emergency access, whatever their rights', async () => {
  const answer = await house.call('POST', `/pets/${world.rex}/emergency-access`, {
    as: world.drOkafor,
    body: { reason: 'Hit by a car, brought in unconscious' },
  })
  assert.equal(answer.status, 201)
  await house.drain()
  const mails = (await house.mails()).filter(({ subject }) => subject === 'Emergency access to Rex’s records')
  assert.deepEqual(mails.map(({ to }) => to?.[0]?.address).sort(), ['maya@example.test', 'noor@example.test'])
  assert.match(mails[0]?.text ?? '', /Dr\. Okafor.*Greenwich Mean Time|Dr\. Okafor.*British Summer Time/s)
  assert.doesNotMatch(mails[0]?.text ?? '', /unconscious/)
})

beforeEach(async () => {
  day = day.add({ days: day.dayOfWeek === 5 ? 3 : 1 })
  await house.setClockAhead('0')
})

function remindHoursBefore(hours: string): Promise<unknown> {
  return house.sql(`update services set reminder_hours = $1::integer[] where slug = 'wellness-exam'`, [hours])
}

interface Visit {
  readonly id: string
  readonly startsAt: string
}

async function book(time: string, petId = world.rex): Promise<Visit> {
  const body = { petId, service: 'wellness-exam', startsAt: `${day}T${time}`, locationId: world.newYork }
  return answered(201, await house.call('POST', '/appointments', { as: world.maya, body }))
}

async function move(id: string, time: string): Promise<Visit> {
  const body = { startsAt: `${day}T${time}` }
  return answered(200, await house.call('PUT', `/appointments/${id}`, { as: world.maya, body }))
}

function answered(status: number, answer: Answer): Visit {
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  return answer.body
}

function reminder(appointmentId: string, startsAt: string): NewJob {
  const payload = { appointmentId, startsAt, hoursBefore: 24 }
  return { key: `again ${appointmentId}`, name: 'appointments.remind-owner', payload }
}

function add(job: NewJob): Promise<void> {
  return transact(house.context.db, (tx) => enqueue(tx, [job]))
}

/** Puts the database's clock so many hours after an instant. */
async function setClock(instant: string, hours: number): Promise<void> {
  const seconds = (Date.parse(instant) - Date.now()) / 1000 + hours * 3600
  await house.setClockAhead(`${seconds} seconds`)
}

/** When the visit's reminder will run; null when none is planned. */
async function plannedReminder(id: string, hours = 24): Promise<string | null> {
  const [job] = await house.sql('select run_at from graphile_worker.jobs where key = $1', [
    `remind-owner:${id}:${hours}`,
  ])
  return job ? Temporal.Instant.fromEpochMilliseconds(job.run_at.getTime()).toString() : null
}

async function remindersDue(id: string): Promise<number> {
  return (await house.sql(`select from events where name = 'appointment.reminder-due' and resource_id = $1`, [id]))
    .length
}

/** With the seconds by which the reminders of one minute are spread. */
function dayBefore({ id, startsAt }: Visit): string {
  return Temporal.Instant.from(startsAt)
    .subtract({ hours: 24 })
    .add({ seconds: secondsLater(id) })
    .toString()
}

async function mailsAbout(id: string): Promise<Email[]> {
  return (await house.mails()).filter(({ messageId }) => messageId?.includes(id))
}

/** The first word of each mail's subject. */
async function newsAbout(id: string): Promise<(string | undefined)[]> {
  return (await mailsAbout(id)).map(({ subject }) => subject?.split(':')[0])
}

function calendarOf(mail: Email | undefined): string {
  return new TextDecoder().decode(mail?.attachments[0]?.content as ArrayBuffer)
}

function nextMonday(): Temporal.PlainDate {
  const today = Temporal.Now.plainDateISO('America/New_York')
  return today.add({ days: 15 - today.dayOfWeek })
}
