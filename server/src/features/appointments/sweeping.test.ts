import assert from 'node:assert/strict'
import { it } from 'node:test'
import { openHouse } from '../../../test/setup.ts'
import { sweepPastReservations } from './queries/past-reservations.ts'
import { openDesk } from './test-desk.ts'

it('reservations are swept a week after they ended, however many, and none before', async () => {
  await using house = await openHouse({ RATE_LIMIT: 'off' })
  const desk = await openDesk(house)
  const past = await desk.booked('2027-03-15T09:00')
  const ahead = await desk.booked('2027-03-15T10:00')
  // As long ago that two batches are needed.
  await house.sql(
    `insert into reservations (subject_id, during, appointment_id)
     select gen_random_uuid(), '[2026-01-01 09:00Z,2026-01-01 10:00Z)', $1 from generate_series(1, 5001)`,
    [past.id],
  )
  // The first visit ended at two in the afternoon, UTC.
  await desk.freeze('2027-03-22T14:00:00Z')
  await sweepPastReservations(house.context.db)
  assert.equal((await desk.reservationsOf(past.id)).length, 2)
  await desk.freeze('2027-03-22T14:00:01Z')
  await sweepPastReservations(house.context.db)
  assert.deepEqual(await desk.reservationsOf(past.id), [])
  assert.equal((await desk.reservationsOf(ahead.id)).length, 2)
  const { body } = await house.call('GET', `/appointments/${past.id}`, { as: desk.world.maya })
  assert.equal(body.status, 'booked')
  await desk.thaw()
})
