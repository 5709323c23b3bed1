import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, openHouse } from './setup.ts'
import { populate } from './world.ts'

test('what follows from a booking adds nothing to its transaction but the one event', async () => {
  await using house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent' })
  const { ada, maya, rex, newYork } = await populate(house)
  const endpoint = { url: 'https://93.184.215.14/hook', eventTypes: ['appointment.booked'] }
  assert.equal((await house.call('POST', '/webhooks', { as: ada, body: endpoint })).status, 201)
  await house.drain()
  const book = (time: string) => {
    const visit = { petId: rex, service: 'grooming', startsAt: `2027-03-15T${time}`, locationId: newYork }
    return house.call('POST', '/appointments', { as: maya, body: visit })
  }
  await book('09:00')
  const before = await rowsOf(house)
  assert.equal((await book('11:00')).status, 201)
  const after = await rowsOf(house)
  const added = Object.keys(after).filter((table) => after[table] !== before[table])
  assert.equal(Number(after['public.events']) - Number(before['public.events']), 1)
  const ofTheVisit = ['public.appointments', 'public.reservations', 'public.provider_assignments']
  const ofTheTrail = ['public.events', 'public.event_origins']
  assert.deepEqual(
    added.filter(
      (table) => !ofTheVisit.includes(table) && !/^public\.events?_/.test(table) && !ofTheTrail.includes(table),
    ),
    [],
  )
  const { length } = await house.sql('select from graphile_worker._private_jobs where key is not null')
  assert.equal(length, 0, 'no job')
})

/** How many rows each table has. */
async function rowsOf(house: House): Promise<Record<string, string>> {
  const tables = await house.sql(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('public', 'graphile_worker') order by 1`)
  const counts = await Promise.all(
    tables.map(async ({ name }) => [name, (await house.sql(`select count(*) as rows from ${name}`))[0].rows]),
  )
  return Object.fromEntries(counts)
}
