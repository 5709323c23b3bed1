import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import {
  add,
  answered,
  book,
  calendarOf,
  dayBefore,
  house,
  mailsAbout,
  move,
  newsAbout,
  plannedReminder,
  world,
} from './test-visit-news.ts'

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

test('tells of a visit that is somebody else’s at the time it has, and of no new time', async () => {
  const { id } = await book('10:00')
  await house.drain()
  const hers = `/providers/${world.drOkaforAtWork}`
  const asAda = (path: string, body: object) => house.call('PUT', path, { as: world.ada, body })
  const assigned = { accountId: world.drOkafor, services: ['wellness-exam'], locationIds: [world.newYork] }
  answered(200, await asAda(hers, assigned))
  const weekly = [{ weekday: 1, from: '09:00', to: '17:00' }]
  answered(200, await asAda(`${hers}/working-hours`, { locationId: world.newYork, weekly }))
  const body = { providerId: world.drOkaforAtWork }
  answered(200, await house.call('PUT', `/appointments/${id}`, { as: world.maya, body }))
  await house.drain()
  assert.deepEqual(await newsAbout(id), ['Booked', 'Changed'])
  const [, mail] = await mailsAbout(id)
  assert.match(mail?.text ?? '', /has changed.*at 10:00 AM .*With: +Dr\. Okafor/s)
  assert.doesNotMatch(mail?.text ?? '', /It was on|new time/)
  assert.match(calendarOf(mail), /METHOD:REQUEST.*SEQUENCE:1/s)
})
