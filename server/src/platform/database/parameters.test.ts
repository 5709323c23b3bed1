import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { cloneDatabase } from '../../../test/clone-database.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { type Db, openDatabase } from './database.ts'
import { sendAs } from './parameters.ts'
import { columnOfLists, unnested } from './set-based.ts'

const id = '0199aaaa-0000-7000-8000-00000000abcd'
const zero = '00000000-0000-0000-0000-000000000000'
const ARRAYS = { uuid: 2951, text: 1009, bytea: 1001, int: 1007, bigint: 1016, boolean: 1000 }
type Type = keyof typeof ARRAYS

/** What goes in the binary format. */
const fit: Readonly<Record<Type, readonly unknown[][]>> = {
  uuid: [[], [id], [null], [id, null, undefined, zero], ['FEDCBA98-7654-3210-fedc-ba9876543210'], Array(500).fill(id)],
  text: [
    [],
    [''],
    [null],
    ['a\0b'],
    ['\ud800'],
    ['NULL', null],
    ['a "quoted" \\ text', '{a,b}', 'Zoë 🐾', ' '],
    ['x'.repeat(100_000)],
  ],
  bytea: [
    [],
    ['\\x'],
    [null],
    ['\\x00ff', '\\xABcd'],
    [Buffer.from('\\x'), Buffer.alloc(0)],
    [Buffer.alloc(70_000, 7)],
  ],
  int: [[], [0], [null, 1], [-1, 2 ** 31 - 1, -(2 ** 31)], [-0]],
  bigint: [[], [0], [null, 1], [-1, 2 ** 32, -(2 ** 33) - 5, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]],
  boolean: [[], [true], [null, false, true]],
}

/** What goes as a text, to be read or refused as ever. */
const unfit: Readonly<Record<Type, readonly unknown[][]>> = {
  uuid: [
    [id.replaceAll('-', '')],
    [`{${id}}`],
    [id, id.replace('a', 'g')],
    [id.replace('0', 'İ')],
    [id.replace('0', '\0')],
    [id.replaceAll('-', '0')],
    ['0199aaaa0-000-7000-8000-00000000abcd'],
    ['0199-aaaa-0000-7000-8000-0000000abcd'],
    [`${id}0`],
    [''],
    [7],
    [[id], [id]],
  ],
  text: [[1], [true], [new Date(0)], [['a'], ['b']], [{ a: 1 }], [{ length: 1e12 }]],
  bytea: [['plain'], ['\\x0'], ['\\x0g'], ['\\\\x00'], [5], [{ length: 1e12 }], [`\\x00\n`]],
  int: [['12'], [1.5], [2 ** 31], [-(2 ** 31) - 1], [Number.NaN], [Number.POSITIVE_INFINITY], [1e21], [12n], [true]],
  bigint: [['12'], [1.5], [2 ** 53], [1e300], [12n], ['9223372036854775807']],
  boolean: [['t'], [1], ['maybe']],
}

describe('parameters', () => {
  let db: Db

  before(async () => {
    const { databaseUrl } = await cloneDatabase()
    db = openDatabase(databaseUrl, 1, () => {}, testMarks())
  })
  after(() => db[Symbol.asyncDispose]())

  /** What PostgreSQL makes of it, as a parameter that it does not know yet and as one that it does; or which error. */
  async function readTwice(type: Type, value: unknown): Promise<unknown[]> {
    const read = async (statement: object) => {
      const row = await db
        .row({ text: `select $1::${type}[]::text as read`, ...statement, values: [value] })
        .catch(String)
      return typeof row === 'string' ? row.replace(/^error: /, '') : row
    }
    return [await read({}), await read({ name: `read-${type}` })]
  }

  for (const type of Object.keys(ARRAYS) as Type[]) {
    it(`that are arrays of ${type} are read alike in either format`, async () => {
      await readTwice(type, [])
      for (const value of [...fit[type], ...unfit[type]]) {
        const [asText, once] = await readTwice(type, value)
        assert.deepEqual(once, asText, `of ${JSON.stringify(value, (_, each) => String(each)).slice(0, 80)}`)
      }
    })

    it(`that are arrays of ${type} go in the binary format when they are written as ever`, () => {
      for (const value of fit[type]) assert.ok(Buffer.isBuffer(sendAs(ARRAYS[type])(value)))
      for (const value of unfit[type]) assert.equal(typeof sendAs(ARRAYS[type])(value), 'string')
      assert.equal(sendAs(ARRAYS[type])(null), null)
    })
  }

  it('go in the binary format once their statement is known', async () => {
    const ids = Array(500).fill(id)
    const statement = { name: 'sent', text: 'select cardinality($1::uuid[]) as count', values: [ids] }
    const sent = async () => {
      const client = await db.pool.connect()
      client.release()
      const { stream } = (client as unknown as { connection: { stream: { bytesWritten: number } } }).connection
      const before = stream.bytesWritten
      assert.deepEqual(await db.row(statement), { count: 500 })
      return stream.bytesWritten - before
    }
    assert.ok((await sent()) > 500 * 36)
    assert.ok((await sent()) < 500 * 20 + 100)
  })

  it('go together with those of other types', async () => {
    const statement = {
      name: 'mixed',
      text: 'select $1::int + 1 as next, $2::uuid[] as ids, $3::jsonb as json, $4::timestamptz[] as times',
      values: [41, [id, null], { a: [1] }, ['2027-03-14T13:00:00Z']],
    }
    const rows = [await db.row(statement), await db.row(statement)]
    const expected = { next: 42, ids: [id, null], json: { a: [1] } }
    for (const row of rows) {
      const { times, ...rest } = row as { times: Date[] }
      assert.deepEqual(rest, expected)
      assert.deepEqual(times.map(Number), [Date.UTC(2027, 2, 14, 13)])
    }
  })
})

it('lists in a column keep apart, and what is nothing from what is empty', async () => {
  const { databaseUrl } = await cloneDatabase()
  await using db = openDatabase(databaseUrl, 1, () => {}, testMarks())
  const lists = [[id, zero], null, [], [zero], []]
  const statement = {
    name: 'lists',
    text: `select number, ids::text from ${unnested('given', { number: 'int', ids: 'uuid[]', after: 'text' })}
            where after = 'after' order by number`,
    values: [lists.map((_, index) => index), ...columnOfLists(lists), lists.map(() => 'after')],
  }
  for (const _ of [1, 2])
    assert.deepEqual(
      await db.rows(statement),
      [`{${id},${zero}}`, null, '{}', `{${zero}}`, '{}'].map((ids, number) => ({ number, ids })),
    )
})
