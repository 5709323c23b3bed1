import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Email } from 'postal-mime'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { add, eventsOf, rabies, visit } from './test-records.ts'

let house: House
let world: World
let petId: string
let runs = 0
const seen = new Set<string>()

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

/** A pet of Maya's that was vaccinated through 30 March 2027, at a location that requires it. */
beforeEach(async () => {
  await house.setClockAhead('0')
  await house.sql('update pets set archived_at = now() where archived_at is null')
  const { body } = await house.call('POST', '/pets', { as: world.maya, body: { name: 'Rex', species: 'dog' } })
  petId = body.id
  await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view}')`, [petId, world.noor])
  await visit(house, { ...atDrLind(), status: 'completed', startsIn: '-1 day' })
  await add(house, world.drLind, petId, rabies)
  await look()
})

test('owners who book are told that a vaccination is due, by name and date and nothing else, once', async () => {
  assert.deepEqual(await newsAt('2027-02-20T09:30'), [], 'not yet')
  assert.deepEqual(await newsAt('2027-03-05T08:30'), [], 'not so early in the day')
  const [mail, ...others] = await newsAt('2027-03-05T09:30')
  assert.deepEqual([mail?.to?.[0]?.name, others], ['Maya', []])
  assert.equal(mail?.subject, 'Rex: a vaccination is due soon')
  assert.match(mail?.text ?? '', /^Rabies: valid until March 30, 2027$/m)
  assert.doesNotMatch(`${mail?.text}${mail?.html}`, /shoulder|Lind|March 30, 2026/)
  assert.ok(mail?.headers.some(({ key }) => key === 'list-unsubscribe'))
  assert.deepEqual(await newsAt('2027-03-06T09:30'), [])
  assert.deepEqual(await newsAt('2027-03-29T09:30', 3), [])
  const events = await eventsOf(house, 'vaccination.due')
  assert.deepEqual(events.at(-1)?.payload ?? null, null)
})

test('and once more when it has run out, though three looks are taken at once', async () => {
  assert.equal((await newsAt('2027-03-20T09:30', 3)).length, 1)
  const [mail, ...others] = await newsAt('2027-04-02T09:30', 3)
  assert.equal(mail?.subject, 'Rex: a vaccination has run out')
  assert.match(mail?.text ?? '', /^Rabies: ran out on March 30, 2027$/m)
  assert.deepEqual(others, [])
  assert.deepEqual(await newsAt('2027-04-03T09:30'), [])
})

test('of one that ran out long ago nobody is told', async () => {
  assert.deepEqual(await newsAt('2027-05-15T09:30'), [])
})

test('a veterinary visit before the date is enough, until it is cancelled', async () => {
  await at('2027-03-05T09:30')
  const id = await visit(house, { ...atDrLind(), startsIn: '5 days' })
  assert.deepEqual(await look(), [])
  assert.deepEqual(await newsAt('2027-03-06T09:30'), [])
  await house.sql(`update appointments set status = 'cancelled' where id = $1`, [id])
  assert.equal((await newsAt('2027-03-07T09:30')).length, 1)
})

test('one cancelled after the look of the day brings the mail an hour later, if no other is booked by then', async () => {
  await at('2027-03-05T09:30')
  const id = await visit(house, { ...atDrLind(), startsIn: '5 days' })
  assert.deepEqual(await look(), [])
  await at('2027-03-05T11:00')
  await cancel(id)
  assert.deepEqual(await newsAt('2027-03-05T11:50', 0), [])
  const other = await visit(house, { ...atDrLind(), startsIn: '6 days' })
  assert.deepEqual(await newsAt('2027-03-05T12:05', 0), [])
  await cancel(other)
  assert.equal((await newsAt('2027-03-05T13:10', 0)).length, 1)
  assert.deepEqual(await newsAt('2027-03-06T09:30'), [])
})

test('one cancelled late in the evening brings it in the morning', async () => {
  await at('2027-03-05T09:30')
  const id = await visit(house, { ...atDrLind(), startsIn: '5 days' })
  assert.deepEqual(await look(), [])
  await at('2027-03-05T20:30')
  await cancel(id)
  assert.deepEqual(await newsAt('2027-03-05T21:35', 0), [])
  assert.equal((await newsAt('2027-03-06T09:30')).length, 1)
})

test('a visit to the groomer is not, nor one after the date', async () => {
  await at('2027-03-05T09:30')
  await visit(house, { ...atDrLind(), startsIn: '40 days' })
  const groomer = { petId, providerId: world.tomasAtWork, locationId: world.newYork, service: 'grooming' } as const
  await visit(house, { ...groomer, startsIn: '5 days' })
  assert.equal((await look()).length, 1)
  assert.deepEqual(await newsAt('2027-04-02T09:30'), [], 'overdue, and a visit is booked')
})

test('of a pet that has died or is archived nobody is told', async () => {
  await house.sql(`update pets set deceased_on = '2026-11-20' where id = $1`, [petId])
  assert.deepEqual(await newsAt('2027-03-05T09:30'), [])
  await house.sql(`update pets set deceased_on = null, archived_at = now() where id = $1`, [petId])
  assert.deepEqual(await newsAt('2027-03-06T09:30'), [])
})

test('nor of what only an owner says', async () => {
  await house.sql(`update medical_records set source = 'owner-reported' where pet_id = $1`, [petId])
  assert.deepEqual(await newsAt('2027-03-05T09:30'), [])
})

test('a visit booked while the mail waits keeps it back, and one cancelled then brings it back', async () => {
  const quietHours = { from: '09:00', to: '11:00' }
  const settings = { timeZone: 'America/New_York', quietHours, preferences: [] }
  await house.call('PUT', '/me/notification-preferences', { as: world.maya, body: settings })
  assert.deepEqual(await newsAt('2027-03-05T09:30'), [])
  const id = await visit(house, { ...atDrLind(), startsIn: '5 days' })
  assert.deepEqual(await newsAt('2027-03-05T11:30', 0), [])
  await house.sql(`update appointments set status = 'cancelled' where id = $1`, [id])
  assert.deepEqual(await newsAt('2027-03-06T09:30'), [])
  assert.equal((await newsAt('2027-03-06T11:30', 0)).length, 1)
  await house.call('PUT', '/me/notification-preferences', { as: world.maya, body: { ...settings, quietHours: null } })
})

test('a look goes on past pets whose records do not open, and past as many as one step takes', async () => {
  await house.sql(
    `with broken as (
       insert into pets (id, name, species)
       select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Broken', 'dog' from generate_series(1, 205) n returning id
     ), visited as (
       insert into appointments (pet_id, service_id, provider_id, location_id, starts_at, ends_at, local_start, time_zone, status, booked_by)
       select b.id, a.service_id, a.provider_id, a.location_id, a.starts_at, a.ends_at, a.local_start, a.time_zone, a.status, a.booked_by
         from broken b, appointments a where a.pet_id = $1
     )
     insert into medical_records (id, pet_id, type, occurred_on, content, source, author_id)
     select new_id(), b.id, r.type, r.occurred_on, r.content, r.source, r.author_id from broken b, medical_records r where r.pet_id = $1`,
    [petId],
  )
  assert.equal((await newsAt('2027-03-05T09:30')).length, 1)
  const failed = (await eventsOf(house, 'vaccination-status.read')).filter(({ outcome }) => outcome === 'failed')
  assert.equal(new Set(failed.map(({ pet_id }) => pet_id)).size, 205)
})

test('what was told says nothing of what a pet was vaccinated against', async () => {
  await newsAt('2027-03-05T09:30')
  const [{ jobs, notices }] = await house.sql(
    `select coalesce((select string_agg(payload::text, '') from graphile_worker._private_jobs), '') as jobs,
            (select string_agg(to_jsonb(n)::text, '') from vaccination_notices n) as notices`,
  )
  assert.doesNotMatch(`${jobs}${notices}`, /rabies|2027-03-30/)
})

async function cancel(id: string): Promise<void> {
  assert.equal((await house.call('DELETE', `/appointments/${id}`, { as: world.maya })).status, 200)
  await house.drain()
}

function atDrLind() {
  return { petId, providerId: world.drLindAtWork, locationId: world.newYork }
}

async function newsAt(local: string, looks = 1): Promise<Email[]> {
  await at(local)
  return look(looks)
}

async function at(local: string): Promise<void> {
  const instant = Temporal.PlainDateTime.from(local).toZonedDateTime('America/New_York')
  await house.setClockAhead(`${(instant.epochMilliseconds - Date.now()) / 1000} seconds`)
}

/** Looks through the pets so many times at once, and gives the mails about vaccinations since the last time. */
async function look(looks = 1): Promise<Email[]> {
  const jobs = Array.from({ length: looks }, () => {
    runs++
    return { key: `look ${runs}`, name: 'medical-records.announce-due-vaccinations', payload: {} }
  })
  await transact(house.context.db, (tx) => enqueue(tx, jobs))
  await house.drain()
  const mails = (await house.mails()).filter(
    ({ messageId }) => messageId?.includes('vaccinations-') && !seen.has(messageId),
  )
  for (const { messageId } of mails) seen.add(messageId as string)
  return mails
}
