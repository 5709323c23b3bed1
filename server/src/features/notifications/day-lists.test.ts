import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Email } from 'postal-mime'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'

let house: House
let world: World
let runs = 0

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

test('is sent in the morning of its location, to who has visits there and to the front desk, once', async () => {
  const day = someMonday()
  await visit(`${day}T09:00`, world.newYork, world.drLindAtWork)
  await visit(`${day}T14:30`, world.newYork, world.tomasAtWork, 'grooming')
  await visit(`${day}T23:45`, world.newYork, world.tomasAtWork, 'grooming', 'cancelled')
  await visit(`${day.add({ days: 1 })}T00:00`, world.newYork, world.tomasAtWork, 'grooming')
  assert.deepEqual(await listsAt(`${day}T05:59[America/New_York]`), [])
  const mails = await listsAt(`${day}T06:01[America/New_York]`)
  assert.deepEqual(mails.map(({ to, subject }) => [to?.[0]?.name, subject]).sort(), [
    ['Dr. Lind', `Petra Midtown, ${spoken(day)}: 1 visit`],
    ['Ines', `Petra Midtown, ${spoken(day)}: 2 visits`],
    ['Tomas', `Petra Midtown, ${spoken(day)}: 1 visit`],
  ])
  const desk = mails.find(({ to }) => to?.[0]?.name === 'Ines')?.text ?? ''
  assert.match(desk, /9:00.–.9:30.AM: +Rex, Wellness exam, with Dr\. Lind; owner: Maya\n2:30.–.3:00.PM: +Rex, Grooming/)
  const own = mails.find(({ to }) => to?.[0]?.name === 'Tomas')?.text ?? ''
  assert.match(own, /2:30.–.3:00.PM: Rex, Grooming; owner: Maya/)
  assert.doesNotMatch(own, /Wellness|Bites/)
  assert.deepEqual(await listsAt(`${day}T07:00[America/New_York]`), [])
  await make(3)
  assert.deepEqual(await fresh(), [], 'though three workers wake up for it')
})

test('comes at the same hour on the wall when the clock has changed', async () => {
  for (const day of ['2027-03-14', '2027-11-07']) {
    await visit(`${day}T23:30`, world.newYork, world.drLindAtWork)
    await visit(`${day}T00:15`, world.newYork, world.drLindAtWork)
    assert.deepEqual(await listsAt(`${day}T05:55[America/New_York]`), [])
    const mails = await listsAt(`${day}T06:05[America/New_York]`)
    assert.match(mails.find(({ to }) => to?.[0]?.name === 'Dr. Lind')?.subject ?? '', /2 visits$/)
  }
})

test('of two locations comes by the clock of each', async () => {
  const day = Temporal.PlainDate.from('2027-05-03')
  await visit(`${day}T10:00`, world.newYork, world.drLindAtWork)
  await visit(`${day}T10:00`, world.london, world.drOkaforAtWork)
  const morning = await listsAt(`${day}T06:05[Europe/London]`)
  assert.deepEqual(names(morning), ['Dr. Okafor', 'Ines'])
  assert.deepEqual(names(await listsAt(`${day}T06:05[America/New_York]`)), ['Dr. Lind', 'Ines'])
})

test('is as things stand when it is written, and is not sent about an empty day, or a day half gone', async () => {
  const day = Temporal.PlainDate.from('2027-06-07')
  const id = await visit(`${day}T10:00`, world.newYork, world.drLindAtWork)
  await at(`${day}T06:05[America/New_York]`)
  await transact(house.context.db, (tx) => enqueue(tx, [run()]))
  await house.sql(`update appointments set status = 'cancelled' where id = $1`, [id])
  await house.drain()
  assert.deepEqual(await fresh(), [])
  const next = day.add({ days: 1 })
  await visit(`${next}T15:00`, world.newYork, world.drLindAtWork)
  assert.deepEqual(await listsAt(`${next}T12:05[America/New_York]`), [])
})

const seen = new Set<string>()

async function fresh(): Promise<Email[]> {
  const mails = (await house.mails()).filter(({ messageId }) => messageId?.includes('day-list') && !seen.has(messageId))
  for (const { messageId } of mails) seen.add(messageId as string)
  return mails
}

async function listsAt(local: string): Promise<Email[]> {
  await at(local)
  await make(1)
  return fresh()
}

async function at(local: string): Promise<void> {
  const seconds = (Temporal.ZonedDateTime.from(local).epochMilliseconds - Date.now()) / 1000
  await house.setClockAhead(`${seconds} seconds`)
}

async function make(times: number): Promise<void> {
  await transact(house.context.db, (tx) => enqueue(tx, Array.from({ length: times }, run)))
  await house.drain()
}

function run() {
  runs++
  return { key: `lists ${runs}`, name: 'notifications.make-day-lists', payload: {} }
}

const names = (mails: Email[]) => mails.map(({ to }) => to?.[0]?.name).sort()

async function visit(
  local: string,
  locationId: string,
  providerId: string,
  service = 'wellness-exam',
  status = 'booked',
) {
  const [{ id }] = await house.sql(
    `insert into appointments (pet_id, service_id, provider_id, location_id, starts_at, ends_at, local_start, time_zone, status, booked_by, notes)
     select $1, s.id, $2, l.id, $3::timestamp at time zone l.time_zone, $3::timestamp at time zone l.time_zone + interval '30 minutes',
            $3, l.time_zone, $4, $5, 'Bites'
       from services s, locations l where s.slug = $6 and l.id = $7 returning id`,
    [world.rex, providerId, local, status, world.maya, service, locationId],
  )
  return id as string
}

function someMonday(): Temporal.PlainDate {
  return Temporal.PlainDate.from('2027-04-05')
}

function spoken(day: Temporal.PlainDate): string {
  return day.toLocaleString('en', { weekday: 'long', month: 'long', day: 'numeric' })
}
