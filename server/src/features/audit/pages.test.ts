import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openTrail } from '../../platform/events/event-log.ts'
import { sealEvents } from './seal-events.ts'
import { caller, openTestTrail, type TestTrail, verdict } from './test-trail.ts'
import { trailInDatabase } from './trail-in-database.ts'
import { BrokenTrail, verifyTrail } from './verify-trail.ts'

let trail: TestTrail
before(async () => {
  trail = await openTestTrail()
})
after(() => trail[Symbol.asyncDispose]())

const attacks = {
  nothing: 'select $1::uuid',
  'another actor': 'update events set actor_id = id where id = $1',
  'one that is gone': 'delete from events where id = $1',
  'one in another place': 'update events set xid = (xid::text::bigint + 3)::text::xid8 where id = $1',
  'one more': `insert into events select (jsonb_populate_record(e, jsonb_build_object('id', new_id()))).* from events e where id = $1`,
  'three gone, of two checkpoints': `delete from events where (xid, id) >= (select xid, id from events where id = $1)
    and id in (select id from events order by xid, id limit 17)`,
}

describe('a trail that is read some events at a time', () => {
  for (const [name, sql] of Object.entries(attacks))
    it(`is found to be the same as in one piece: ${name}`, async () => {
      await using copy = await trail.copy()
      await copy.sql(sql, [trail.ids[14]])
      const whole = await verdict(trail, copy.db)
      for (const size of [1, 3, 8]) {
        const source = await trailInDatabase(copy.db, trail.anchors, 1)
        const events = async function* (...[from]: Parameters<typeof source.events>) {
          for await (const page of source.events(from))
            for (let at = 0; at < page.length; at += size) yield page.slice(at, at + size)
        }
        const options = { publicKey: trail.keyring.trailKey.publicKey }
        const found = await verifyTrail({ ...source, events }, options).catch((error) => error)
        const tellOf = (it: unknown) => (it instanceof BrokenTrail ? [it.eventId, it.message] : it)
        assert.deepEqual(tellOf(found), tellOf(whole), `${size} at a time`)
      }
    })

  it('is sealed under one checkpoint, though not read at one go', async () => {
    await using copy = await trail.copy()
    const [log, actor] = [openTrail(copy.db), caller()]
    await Promise.all(
      Array.from({ length: 2_500 }, () => log.append(actor, 'pet.updated', { payload: { fields: [] } })),
    )
    const sealing = { db: copy.db, keyring: trail.keyring, seen: 0 }
    const unsealed =
      'select count(*)::int from events e, checkpoints c where c.number = 5 and (e.xid, e.id) > (c.last_xid, c.last_id)'
    assert.deepEqual(await copy.sql(unsealed), [{ count: 2_503 }])
    // Transactions of other tests hold the horizon too.
    const isHeld = 'select from events where xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1'
    while ((await copy.sql(isHeld)).length > 0);
    assert.equal(await sealEvents(sealing), 2_503)
    assert.deepEqual(await verdict(trail, copy.db), { events: 2_543, unsealed: 0, checkpoints: 6, anchored: 5 })
  })
})
