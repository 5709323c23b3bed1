import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadDemo } from '../server/src/demo/demo.ts'
import { openWorker } from '../server/src/worker.ts'
import { openHouse } from '../server/test/setup.ts'
import { firstDay } from './first-day.ts'

test('one day of the company: booked, told by mail, recorded, refused to the groomer, and all in the trail', async () => {
  await using house = await openHouse()
  await loadDemo(house.context)
  await using _worker = await openWorker(house.context)
  const lines: string[] = []
  await firstDay(house.url, join(house.context.config.dataDir, 'mail'), (line) => lines.push(line))
  const day = lines.join('\n')
  assert.match(day, /Her pets: Rex \(dog\), Luna \(cat\)\./)
  assert.match(day, /The mail says: “Booked: Wellness exam for Rex/)
  assert.match(day, /The same time once more: 409 appointment\.(pet-busy|slot-taken)\./)
  assert.match(day, /A groomer asks for the records: 403 auth\.forbidden\./)
  assert.match(day, /All Tomas is told: rabies valid\./)
  assert.match(day, /Maya reads: “Rabies booster/)
  assert.match(day, /denied {2}access\.refused +Tomas/)
  assert.match(day, /allowed medical-record\.added +Dr\. Lind/)
})

test('the demo company is loaded once', async () => {
  await using house = await openHouse()
  await Promise.all([loadDemo(house.context), loadDemo(house.context)])
  const [counts] = await house.sql(`
    select (select count(*) from accounts)::int as accounts, (select count(*) from locations)::int as locations,
           (select count(*) from services)::int as services, (select count(*) from pets)::int as pets,
           (select count(*) from providers where role = 'veterinarian')::int as vets,
           (select count(*) from providers where role = 'groomer')::int as groomers`)
  assert.deepEqual(counts, { accounts: 11, locations: 2, services: 6, pets: 3, vets: 4, groomers: 3 })
})
