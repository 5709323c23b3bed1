import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { test } from 'node:test'
import { secondsLater } from '../appointments/plan-reminders.ts'
import {
  add,
  book,
  house,
  move,
  newsAbout,
  plannedReminder,
  reminder,
  remindersDue,
  remindHoursBefore,
  setClock,
  world,
} from './test-visit-news.ts'

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
