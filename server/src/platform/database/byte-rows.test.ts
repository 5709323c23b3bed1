import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { cloneDatabase } from '../../../test/clone-database.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { ByteRowClient, type ByteRowConnection } from './byte-rows.ts'
import { type Db, openDatabase } from './database.ts'
import type { Statement } from './statement.ts'

describe('rows in bytes', () => {
  let db: Db

  before(async () => {
    const { databaseUrl } = await cloneDatabase()
    db = openDatabase(databaseUrl, 1, () => {}, testMarks())
  })
  after(() => db[Symbol.asyncDispose]())

  it('are read for what they are, the first time and from then on', async () => {
    const first = await db.row(everyType)
    const [second, third] = await Promise.all([db.row(everyType), db.row(everyType)])
    for (const row of [first, second, third]) assert.deepEqual(row, expected)
  })

  it('are read when their statement is asked for twice before it is known', async () => {
    const statement = { ...everyType, name: 'every-type-twice' }
    const rows = await Promise.all([db.row(statement), db.row(statement)])
    assert.deepEqual(rows, [expected, expected])
  })

  it('are read from a statement without a name', async () => {
    const { name, ...unnamed } = everyType
    for (const _ of [1, 2]) assert.deepEqual(await db.row(unnamed), expected)
  })

  it('are many, large and small, and come in their order', async () => {
    const rows = await db.rows<{ at: number; bytes: Buffer }>(manyRows)
    assert.deepEqual(await db.rows(manyRows), rows)
    assert.equal(rows.length, 3_000)
    for (const [index, { at, bytes }] of rows.entries()) {
      assert.equal(at, index)
      assert.deepEqual(bytes, Buffer.alloc(index === 1_500 ? 1_000_000 : index % 300, index % 256))
    }
  })

  it("are texts for pg's own queries, also after a flight that failed", async () => {
    const client = await db.pool.connect()
    try {
      const { rows } = await client.query(`select 1 as one, '\\x5c78'::bytea as bytes`)
      assert.deepEqual(rows, [{ one: 1, bytes: Buffer.from('\\x') }])
    } finally {
      client.release()
    }
    await assert.rejects(
      db.rows({ text: 'select 1 / (2 - n) as n from generate_series(1, 3) as n', values: [] }),
      /zero/,
    )
    const again = await db.pool.connect()
    try {
      assert.deepEqual((await again.query('select 2 as two')).rows, [{ two: 2 }])
    } finally {
      again.release()
    }
  })
})

it('takes messages apart wherever the network has cut them', async () => {
  const messages = [
    message('1'),
    message('t', Buffer.from([0, 1, 0, 0, 0x0b, 0x87])),
    message('2'),
    row('first'),
    row(''),
    row('x'.repeat(70_000)),
    message('C', Buffer.from('SELECT 3\0')),
    row('of the next'),
    message('C', Buffer.from('SELECT 1\0')),
    message('Z', Buffer.from('I')),
  ]
  const bytes = Buffer.concat(messages)
  const whole = await heard([bytes])
  assert.deepEqual(
    whole.map((what) => what.slice(0, 20)),
    [
      'parseComplete',
      'parameters of 2951',
      'bindComplete',
      'first',
      '',
      'x'.repeat(20),
      'commandComplete',
      'of the next',
      'commandComplete',
      'readyForQuery',
    ],
  )
  for (const size of [1, 2, 3, 5, 7, 64, 65_536]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    )
    assert.deepEqual(await heard(chunks), whole, `in chunks of ${size} bytes`)
  }
})

/** What a client is told of what comes so: the names of messages, and the only column of rows. */
async function heard(chunks: readonly Buffer[]): Promise<string[]> {
  const { connection } = new ByteRowClient() as unknown as {
    connection: ByteRowConnection & { attachListeners(stream: PassThrough): void }
  }
  const told: string[] = []
  for (const name of ['parseComplete', 'bindComplete', 'commandComplete', 'readyForQuery', 'dataRow'])
    connection.on(name, () => told.push(name))
  connection.rowTaker = {
    takeRow: (bytes, at) => told.push(bytes.toString('utf8', at + 4, at + 4 + bytes.readInt32BE(at))),
    takeParameters: (types) => told.push(`parameters of ${types}`),
  }
  const stream = new PassThrough({ highWaterMark: 1_000_000 })
  connection.attachListeners(stream)
  for (const chunk of chunks) stream.write(chunk)
  while (stream.readableLength > 0 || stream.writableLength > 0) await turn()
  return told
}

function message(code: string, rest: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.from([code.charCodeAt(0), 0, 0, 0, 0])
  head.writeInt32BE(4 + rest.length, 1)
  return Buffer.concat([head, rest])
}

function row(text: string): Buffer {
  const head = Buffer.from([0, 1, 0, 0, 0, 0])
  head.writeInt32BE(Buffer.byteLength(text), 2)
  return message('D', Buffer.concat([head, Buffer.from(text)]))
}

const everyType: Statement = {
  name: 'every-type',
  text: `select '\\x5c783030'::bytea as bytes, ''::bytea as "noBytes", null::bytea as "nullBytes",
                '0199aaaa-0000-7000-8000-00000000abcd'::uuid as id, 'Zoë 🐾' as name, '' as "noText", null::text as "nullText",
                true as yes, false as no, null::boolean as "nullBoolean", 3::int2 as small, -7 as whole, 9007199254740991 as large,
                1.50::numeric as price, date '2027-03-14' as day, timestamp '2027-03-14 01:30:00' as wall,
                timestamptz '2027-03-14 13:00:00+02' as instant, timestamptz '2027-03-14 13:00:00.123456+00' as micros,
                null::timestamptz as "nullInstant", array['a', null, 'b,"c"'] as texts, array[1, 2] as numbers,
                array['0199aaaa-0000-7000-8000-00000000abcd'::uuid] as ids, jsonb_build_object('a', array[1, 2]) as json,
                int4range(1, 5) as range`,
  values: [],
}

const expected = {
  // What reads like the start of a text that stands for bytes.
  bytes: Buffer.from('\\x00'),
  noBytes: Buffer.alloc(0),
  nullBytes: null,
  id: '0199aaaa-0000-7000-8000-00000000abcd',
  name: 'Zoë 🐾',
  noText: '',
  nullText: null,
  yes: true,
  no: false,
  nullBoolean: null,
  small: 3,
  whole: -7,
  large: 9007199254740991,
  price: '1.50',
  day: '2027-03-14',
  wall: '2027-03-14T01:30:00',
  instant: '2027-03-14T11:00:00Z',
  micros: '2027-03-14T13:00:00.123456Z',
  nullInstant: null,
  texts: ['a', null, 'b,"c"'],
  numbers: [1, 2],
  ids: ['0199aaaa-0000-7000-8000-00000000abcd'],
  json: { a: [1, 2] },
  range: '[1,5)',
}

const manyRows: Statement = {
  name: 'many-rows',
  text: `select n as at, decode(repeat(lpad(to_hex(n % 256), 2, '0'), case n when 1500 then 1000000 else n % 300 end), 'hex') as bytes
           from generate_series(0, 2999) as n`,
  values: [],
}
