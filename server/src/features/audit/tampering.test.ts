import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openKeyring } from '../../platform/keys/keyring.ts'
import { type CopiedTrail, openTestTrail, sealAll, type TestTrail, verdict, write } from './test-trail.ts'
import { BrokenTrail } from './verify-trail.ts'

let trail: TestTrail
before(async () => {
  trail = await openTestTrail()
})
after(() => trail[Symbol.asyncDispose]())

const other = '01950000-0000-7000-8000-000000000000'
const lastTen = `(select id from events where (xid, id) <= (select last_xid, last_id from checkpoints order by number desc limit 1)
                  order by xid desc, id desc limit 10)`

/** What somebody who owns the database may try; each is followed by all that they can compute anew. */
const attacks: readonly (readonly [name: string, sql: string, firstBad: number])[] = [
  ['another actor', `update events set actor_id = '${other}' where id = $1`, 11],
  ['another time', `update events set at = at + interval '1 microsecond' where id = $1`, 11],
  ['another pet', `update events set pet_id = '${other}' where id = $1`, 11],
  ['another id', `update events set id = new_id() where id = $1`, 11],
  ['another payload', `update events set payload = '{"fields":["name"]}' where id = $1`, 11],
  ['another role', `update events set actor_roles = '{owner,admin}' where id = $1`, 11],
  ['another outcome', `update events set outcome = 'denied' where id = $1`, 11],
  ['one that is gone', 'delete from events where id = $1', 11],
  ['the last ten sealed gone', `delete from events where id in ${lastTen} and $1::uuid is not null`, 30],
  ['all gone', 'delete from events where $1::uuid is not null', 0],
  ['one in another place', `update events set xid = (xid::text::bigint + 3)::text::xid8 where id = $1`, 11],
  [
    'one more',
    `insert into events select (jsonb_populate_record(e, '{"id":"${other}"}')).* from events e where id = $1`,
    11,
  ],
]

describe('a trail that nobody has touched', () => {
  it('holds, as it was published', async () => {
    await using copy = await trail.copy()
    assert.deepEqual(await verdict(trail, copy.db), { events: 40, unsealed: 3, checkpoints: 5, anchored: 5 })
  })

  it('holds from and to a checkpoint', async () => {
    await using copy = await trail.copy()
    const [{ note, sealed_at }] = await copy.sql('select note, sealed_at from checkpoints where number = 2')
    const [{ until }] = await copy.sql(
      `select to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as until from checkpoints where number = 4`,
    )
    assert.ok(sealed_at)
    assert.deepEqual(await verdict(trail, copy.db, { after: { note }, until }), {
      events: 16,
      unsealed: 0,
      checkpoints: 2,
      anchored: 2,
    })
    await copy.sql('delete from events where id = $1', [trail.ids[25]])
    assertBroken(await verdict(trail, copy.db, { after: { note } }), trail.ids[25])
  })

  it('goes on after a restart', async () => {
    await using copy = await trail.copy()
    await write(copy.db, 5)
    await sealAll({ db: copy.db, keyring: trail.keyring }, copy.sql)
    assert.deepEqual(await verdict(trail, copy.db), { events: 48, unsealed: 0, checkpoints: 6, anchored: 5 })
  })
})

describe('who owns the database, and all hashes and roots made anew, is found with', () => {
  for (const [name, sql, firstBad] of attacks) {
    it(name, async () => {
      await using copy = await trail.copy()
      await attack(copy, sql, trail.ids[11])
      assertBroken(await verdict(trail, copy.db), name === 'one more' ? other : trail.ids[firstBad])
      // And with everything else made to fit, under a key of their own.
      await copy.sql('truncate checkpoints cascade')
      await copy.sql('truncate tree_nodes')
      if (name !== 'all gone') await copy.sealUnder(await foreignKeyring())
      assertBroken(await verdict(trail, copy.db))
    })
  }

  it('the same events put in again after a truncation', async () => {
    await using copy = await trail.copy()
    await copy.sql('create table kept as select * from events')
    await copy.sql('truncate events')
    await copy.sql(
      `insert into events select (jsonb_populate_record(k, jsonb_build_object('xid', pg_current_xact_id()::text))).* from kept k`,
    )
    assertBroken(await verdict(trail, copy.db), trail.ids[0])
  })

  it('a checkpoint less, the entries of one altered, or a root', async () => {
    for (const [sql, firstBad] of [
      ['delete from checkpoints where number = 5', 32],
      [`update checkpoint_entries set entries = set_byte(entries, 20, get_byte(entries, 20) # 1) where number = 2`, 8],
      ['delete from checkpoint_entries where number = 3', 16],
      [`update checkpoints set note = replace(note, 'number 3', 'number 4') where number = 3`, 16],
    ] as const) {
      await using copy = await trail.copy()
      await attack(copy, sql)
      assertBroken(await verdict(trail, copy.db), trail.ids[firstBad])
    }
  })
})

describe('yesterday’s tables put back', () => {
  const back = async (copy: CopiedTrail) => {
    await attack(copy, `delete from checkpoint_anchors where number > 3`)
    await attack(copy, `delete from checkpoint_entries where number > 3`)
    await attack(
      copy,
      `delete from events where (xid, id) > (select last_xid, last_id from checkpoints where number = 3)`,
    )
    await attack(copy, `delete from checkpoints where number > 3`)
  }

  it('are found by what was published since', async () => {
    await using copy = await trail.copy()
    await back(copy)
    assertBroken(await verdict(trail, copy.db), trail.ids[24])
    assert.ok(!((await verdict({ ...trail, anchors: [] }, copy.db)) instanceof BrokenTrail), 'by nothing else')
  })

  it('are found when other events have been sealed over them', async () => {
    await using copy = await trail.copy()
    await back(copy)
    await write(copy.db, 20)
    await sealAll({ db: copy.db, keyring: trail.keyring }, copy.sql)
    const [{ id }] = await copy.sql('select id from events order by xid, id offset 24 limit 1')
    assertBroken(await verdict(trail, copy.db), id)
  })
})

describe('what is not sealed yet', () => {
  it('is told by its mark when it is altered, and by its lack when it is put in', async () => {
    await using altered = await trail.copy()
    await attack(altered, `update events set actor_id = '${other}' where id = $1`, trail.ids[41])
    assertBroken(await verdict(trail, altered.db), trail.ids[41])
    await using added = await trail.copy()
    await added.sql(`insert into events (id, kind, name, outcome, purpose, actor_roles, announces)
                     values ('${other}', 'record', 'pet.updated', 'allowed', 'care', '{owner}', false)`)
    assertBroken(await verdict(trail, added.db), other)
  })

  it('is missed when it is gone and its process has gone on', async () => {
    await using copy = await trail.copy()
    const minutes = (at: number) => `0195000${at.toString(16)}-0000-7000-8000-000000000000`
    await write(copy.db, 4, minutes)
    await copy.sql('delete from events where id = $1', [minutes(1)])
    const found = await verdict(trail, copy.db)
    assertBroken(found, minutes(2))
    assert.match((found as Error).message, /event 2 of process .* is missing/)
    await copy.sql('delete from events where id = $1', [minutes(3)])
    assert.ok(
      !((await verdict(trail, copy.db)) instanceof BrokenTrail),
      'it may have been under way when the process ended',
    )
  })

  it('is sealed as it stands when it was altered, and said aloud', async () => {
    await using copy = await trail.copy()
    await copy.sql(`update events set actor_id = '${other}' where id = $1`, [trail.ids[41]])
    await sealAll({ db: copy.db, keyring: trail.keyring }, copy.sql)
    assert.deepEqual(await copy.sql(`select resource_id from events where name = 'trail.mark-broken'`), [
      { resource_id: trail.ids[41] },
    ])
    assertBroken(await verdict(trail, copy.db), trail.ids[41])
  })
})

describe('where an event came from', () => {
  it('cannot be altered, and is gone with the person only', async () => {
    for (const sql of [
      `update event_origins set address = '198.51.100.1'`,
      `update event_origins set agent = null`,
      'delete from event_origins',
    ]) {
      await using copy = await trail.copy()
      await copy.sql(sql)
      assertBroken(await verdict(trail, copy.db), trail.ids[0])
    }
  })
})

async function attack(copy: CopiedTrail, sql: string, id?: string): Promise<void> {
  await copy.sql('set session_replication_role = replica')
  await copy.sql(sql, id ? [id] : [])
  await copy.sql('set session_replication_role = origin')
}

function assertBroken(found: unknown, eventId?: string): void {
  assert.ok(found instanceof BrokenTrail, `holds: ${JSON.stringify(found)}`)
  if (eventId) assert.equal(found.eventId, eventId, found.message)
}

async function foreignKeyring() {
  return openKeyring(await mkdtemp(join(process.env.TEST_FOLDER as string, 'foreign-')))
}
