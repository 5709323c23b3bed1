import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { openBackstage } from './backstage.ts'
import { childEnv } from './child-env.ts'

const script = `
  import { randomUUIDv7 } from 'node:crypto'
  console.log(JSON.stringify([new Date(), Temporal.Now.instant(), randomUUIDv7()]))`

test('every clock that a test can read shows one time, of the day on which all tests run', async () => {
  await using backstage = await openBackstage()
  const began = performance.timeOrigin - Number(process.env.TEST_DAYS_BEHIND) * 86_400_000
  const child = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: childEnv(),
  })
  const [date, instant, id] = JSON.parse(child.stdout)
  await backstage.sql(
    'create table stamps (stamped_at timestamptz default now(), read_at timestamptz default clock_now())',
  )
  const [row] = await backstage.sql(`
    with stamp as (insert into stamps default values returning *)
    select stamped_at, read_at, now() as now, clock_timestamp() as clock, new_id() as id from stamp`)
  const times = {
    'Date.now': Date.now(),
    'new Date': Date.parse(new Date().toISOString()),
    'Temporal.Now.instant': Temporal.Now.instant().epochMilliseconds,
    'Temporal.Now.zonedDateTimeISO': Temporal.Now.zonedDateTimeISO('Asia/Tokyo').epochMilliseconds,
    randomUUIDv7: timeOf(randomUUIDv7()),
    'a child’s Date': Date.parse(date),
    'a child’s Temporal': Date.parse(instant),
    'a child’s randomUUIDv7': timeOf(id),
    'now()': row.now.getTime(),
    'clock_timestamp()': row.clock.getTime(),
    'new_id()': timeOf(row.id),
    'a default of now()': row.stamped_at.getTime(),
    'a default of clock_now()': row.read_at.getTime(),
  }
  for (const [clock, time] of Object.entries(times)) {
    assert.ok(time >= began && time < began + 600_000, `${clock} says ${new Date(time).toISOString()}`)
  }
  // A run may get over midnight.
  assert.match(new Date().toISOString(), /^2026-11-2[45]T/)
  assert.equal(Temporal.Now.plainDateISO('UTC').toString(), new Date().toISOString().slice(0, 10))
  assert.equal(new Date('2027-03-15').getTime(), Date.UTC(2027, 2, 15))
})

/** The time that a UUIDv7 begins with. */
function timeOf(id: string): number {
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16)
}
