import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { dropDuePartitions } from './drop-due-partitions.ts'
import { publishCheckpoints } from './publish-checkpoints.ts'
import { openTestTrail, sealAll, type TestTrail, verdict, write } from './test-trail.ts'
import { BrokenTrail } from './verify-trail.ts'

let trail: TestTrail
before(async () => {
  trail = await openTestTrail()
})

/** Of January 2024, a kind of its own and one that is kept for longer. */
const old = (at: number) => `018d0000-000${at}-7000-8000-000000000000`

it('drops a month of a kind when its time is over and it is anchored, and the rest is proved as before', async () => {
  await using copy = await trail.copy()
  const [{ name }] = await copy.sql(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events_access'::regclass order by 1 limit 1`,
  )
  await copy.sql(`drop table ${name}`)
  await copy.sql(
    `create table events_access_2024_01 partition of events_access for values from (minvalue) to (first_id_of('2024-02-01'))`,
  )
  await copy.sql(
    `create table ${name} partition of events_access for values from (first_id_of('2024-02-01')) to (first_id_of(to_date(right('${name}', 7), 'YYYY_MM') + interval '1 month'))`,
  )
  for (const made of ['events_access_2024_01', name]) await copy.sql(`alter table ${made} owner to petra_owner`)
  await write(copy.db, 2, old, 'session.ended')
  await write(copy.db, 2, (at) => old(at + 2))
  assert.equal(await dropDuePartitions(copy), 0, 'it is not sealed')
  await sealAll({ db: copy.db, keyring: trail.keyring }, copy.sql)
  assert.equal(await dropDuePartitions(copy), 0, 'it is not anchored')
  await publishCheckpoints(copy.db, [{ place: 'test:', everyMs: 0, publish: async () => {}, read: async () => [] }])
  assert.equal(await dropDuePartitions(copy), 1)
  assert.equal(await dropDuePartitions(copy), 0)
  assert.deepEqual(
    (await copy.sql(`select id from events where id < '018e0000-0000-7000-8000-000000000000' order by id`)).map(
      ({ id }) => id,
    ),
    [old(2), old(3)],
  )
  const [{ payload }] = await copy.sql(`select payload from events where name = 'trail.partition-dropped'`)
  assert.equal(payload.kind, 'access')
  const found = await verdict(trail, copy.db)
  assert.ok(!(found instanceof BrokenTrail), (found as Error).message)
  assert.equal(found.events, 45)
  await copy.sql(`delete from events where name = 'trail.partition-dropped'`)
  const unexplained = await verdict(trail, copy.db)
  assert.ok(unexplained instanceof BrokenTrail && unexplained.eventId === old(0), 'nothing is gone without a word')
})
after(() => trail[Symbol.asyncDispose]())
