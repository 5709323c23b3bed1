import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import pg from 'pg'
import { cloneDatabase } from '../../../test/clone-database.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { nobody } from '../actor.ts'
import { record } from '../events/event-log.ts'
import { type Db, openDatabase, openLine, transact } from './database.ts'
import { unnested } from './set-based.ts'

const UNLUCKY = 13

describe('transactions that are one flight', () => {
  let databaseUrl: string
  let db: Db
  let admin: pg.Client
  let tries: Map<number, number>

  before(async () => {
    const { databaseUrl: url, superuserUrl } = await cloneDatabase()
    databaseUrl = url
    db = openDatabase(databaseUrl, 4, () => {}, testMarks())
    admin = new pg.Client({ connectionString: superuserUrl })
    await admin.connect()
    await admin.query(`
      create table bowls (number int primary key, xid xid8 default pg_current_xact_id());
      grant select, insert on bowls to petra_app;
      create function cut_connection() returns boolean language sql security definer
        return pg_terminate_backend(pg_backend_pid())`)
  })
  beforeEach(async () => {
    tries = new Map()
    await admin.query('truncate bowls; delete from events')
  })
  after(async () => {
    await db[Symbol.asyncDispose]()
    await admin.end()
  })

  function fill(number: number): Promise<number | undefined> {
    return transact(db, async (tx) => {
      tries.set(number, (tries.get(number) ?? 0) + 1)
      record(tx, nobody({ id: `${number}`, address: null, agent: null, country: null }), 'pet.created', {})
      tx.land()
      const filled = await tx.rows<{ number: number }>({
        name: 'fill-bowls',
        text: `with asked as (select * from ${unnested('asked', { asker: 'int', number: 'int' })})
               insert into bowls (number)
               select case when number = ${UNLUCKY} and not cut_connection() then null else number end from asked
               returning (select asker from asked where asked.number = bowls.number) as asker, number`,
        values: [[number]],
        isSetBased: true,
      })
      assert.ok(filled.length <= 1)
      return filled[0]?.number
    })
  }
  const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const standing = async () => {
    const { rows } = await admin.query<{ number: number }>('select number from bowls order by number')
    return rows.map(({ number }) => number)
  }
  const told = async () => {
    const { rows } = await admin.query<{ id: string }>('select request_id as id from events')
    return rows.map(({ id }) => Number(id)).sort((a, b) => a - b)
  }

  it('share a commit while they wait, 32 at the most, and have their own answers', async () => {
    const asked = numbers(100, 139)
    assert.deepEqual(await Promise.all(asked.map(fill)), asked)
    const { rows } = await admin.query('select count(*)::int as size from bowls group by xid order by min(number)')
    assert.deepEqual(
      rows.map(({ size }) => size),
      [32, 8],
    )
    assert.deepEqual([await standing(), await told()], [asked, asked])
  })

  it('are answered four in a turn of the event loop, so that others are heard in between', async () => {
    let turn = 0
    let isOver = false
    const count = () => {
      turn++
      if (!isOver) setImmediate(count)
    }
    count()
    const turns = await Promise.all(numbers(201, 210).map((number) => fill(number).then(() => turn)))
    isOver = true
    assert.deepEqual(
      turns.map((each) => each - (turns[0] as number)),
      [0, 0, 0, 0, 1, 1, 1, 1, 2, 2],
    )
  })

  it('are undone by none that is with them: who is refused is told so, the others do their work anew', async () => {
    await fill(7)
    const asked = numbers(1, 10)
    const ends = await Promise.allSettled(asked.map(fill))
    assert.deepEqual(
      ends.flatMap(({ status }, index) => (status === 'rejected' ? asked[index] : [])),
      [7],
    )
    assert.equal(ends[6]?.status === 'rejected' && ends[6].reason.constraint, 'bowls_pkey')
    assert.deepEqual([await standing(), await told()], [asked, asked])
    assert.deepEqual([tries.get(6), tries.get(7)], [2, 3])
  })

  it('wait for none that is with them and has to wait', async () => {
    const other = await admin.query('begin; insert into bowls values (5)').then(() => admin)
    const startedAt = performance.now()
    const slow = fill(5)
    const asked = [1, 2, 3, 4]
    assert.deepEqual(await Promise.all(asked.map(fill)), asked)
    assert.ok(performance.now() - startedAt < 5_000)
    await other.query('rollback')
    assert.equal(await slow, 5)
    assert.deepEqual(await standing(), [1, 2, 3, 4, 5])
  })

  it('read together as well, and nobody is given a row that another asked for', async () => {
    await Promise.all(numbers(101, 140).map(fill))
    await using line = openLine(databaseUrl, () => {})
    for (const reader of [db, line]) {
      const upTo = (most: number) =>
        reader.rows<{ number: number }>({
          name: 'list-bowls',
          text: `select asker, bowls.number, 12 / (most - 120) as "failsFor120"
                 from ${unnested('asked', { asker: 'int', most: 'int' })} join bowls on bowls.number <= most order by 2`,
          values: [[most]],
          isSetBased: true,
        })
      const ends = await Promise.allSettled(numbers(101, 140).map(upTo))
      for (const [index, end] of ends.entries()) {
        const asked = index + 101
        if (end.status === 'rejected') assert.deepEqual([asked, end.reason.code], [120, '22012'])
        else
          assert.deepEqual(
            end.value.map((row) => [Object.keys(row), row.number]),
            numbers(101, asked).map((number) => [['number', 'failsFor120'], number]),
          )
      }
      assert.equal(ends.filter(({ status }) => status === 'rejected').length, 1)
    }
  })

  it('are thirty-two at the most, and twelve who only read', async () => {
    await Promise.all(numbers(101, 180).map(fill))
    const { rows } = await admin.query('select count(*)::int as count from events group by xid order by xid')
    const groups = rows.map(({ count }) => count)
    assert.deepEqual([Math.max(...groups), groups.reduce((sum, count) => sum + count)], [32, 80])

    const together = `with asked as (select * from ${unnested('asked', { asker: 'int', number: 'int' })})
      select asker, (select count(*)::int from asked) as count from asked`
    const read = async (number: number) =>
      (await db.row<{ count: number }>({ name: 'count-askers', text: together, values: [[number]], isSetBased: true }))
        ?.count
    assert.deepEqual(await Promise.all(numbers(1, 30).map(read)), [...Array(24).fill(12), ...Array(6).fill(6)])
  })

  it('are planned once and for all, though one alone is fewer than the planner expects', async () => {
    await using one = openDatabase(databaseUrl, 1, () => {}, testMarks())
    const name = 'find-columns'
    const text = `select asker, attname from ${unnested('asked', { asker: 'int', number: 'int' })}
                    join pg_attribute on attrelid = number::oid and attnum = 1`
    for (const number of numbers(1, 20)) await one.rows({ name, text, values: [[number]], isSetBased: true })
    const planned = `select custom_plans::int as custom, generic_plans::int as generic from pg_prepared_statements where name = $1`
    // PostgreSQL makes five for what it is asked before it compares.
    assert.deepEqual(await one.row({ text: planned, values: [name] }), { custom: 5, generic: 15 })
  })

  it('are all told when the connection goes, and are not tried again: nobody knows how it ended', async () => {
    const ends = await Promise.allSettled(numbers(11, 15).map(fill))
    assert.ok(ends.every(({ status }) => status === 'rejected'))
    assert.deepEqual([await standing(), await told(), Math.max(...tries.values())], [[], [], 1])
    assert.equal(await fill(16), 16)
    // The numbers of events that may have been written are not given again, so the process goes by another name.
    const { rows } = await admin.query('select counter::int from events')
    assert.deepEqual(rows, [{ counter: 1 }])
  })
})
