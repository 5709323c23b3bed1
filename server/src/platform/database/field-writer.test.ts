import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { cloneDatabase } from '../../../test/clone-database.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { columnsAsText } from './answer-columns.ts'
import { type Db, openDatabase } from './database.ts'
import { type Field, FieldWriter, fieldsOf } from './field-writer.ts'
import type { Statement } from './statement.ts'

interface Passed {
  readonly place: number
  readonly fields: string
}

const id = '0199aaaa-0000-7000-8000-00000000abcd'
const names = [
  'Rex',
  '',
  '"',
  '\\',
  '"},{"a":"',
  'a\u0001b\tc\nd\u001f',
  'é 犬 🐾 \u2028',
  'ü"ß',
  'x'.repeat(20_000),
  '"'.repeat(9_000),
]

describe('columns that are passed on', () => {
  let db: Db

  before(async () => {
    const { databaseUrl } = await cloneDatabase()
    db = openDatabase(databaseUrl, 1, () => {}, testMarks())
  })
  after(() => db[Symbol.asyncDispose]())

  it('are the fields of an object, whatever they hold, the first time and from then on', async () => {
    for (const _ of [1, 2]) {
      const rows = await db.rows<Passed>(statement(names))
      assert.deepEqual(
        rows.map(({ place }) => place),
        names.map((_name, index) => index + 1),
      )
      assert.deepEqual(
        rows.map(objectOf),
        names.map((name) => expected(name)),
      )
      assert.deepEqual(Object.keys(rows[0] as object), ['place', 'day', 'secret', 'fields'])
    }
  })

  it('are written as JSON.stringify would write them', async () => {
    const [row] = await db.rows<Passed>(statement(['Rex']))
    assert.equal(textOf(row as Passed), JSON.stringify(expected('Rex')))
  })

  it('are each in the row of whom they belong to', async () => {
    const asked = [['a', 'b'], ['c'], ['"', 'd', 'e']]
    const all = await Promise.all(asked.map((of) => db.rows<Passed>(setBased(of))))
    assert.deepEqual(
      all.map((rows) => rows.map((row) => objectOf(row).name)),
      asked,
    )
  })

  it('hold nothing of a row that was never finished', () => {
    const [field] = fieldsOf([{ name: 'name', dataTypeID: pg.types.builtins.TEXT } as pg.FieldDef])
    const writer = new FieldWriter()
    for (const name of ['Rex', 'Bo']) {
      writer.begin()
      writer.write(field as Field, Buffer.from(name), 0, name.length)
    }
    assert.equal(writer.take(), '"name":"Bo",')
  })

  it('are of a type that somebody has said how to write', () => {
    const column = { name: 'span', dataTypeID: 3904 } as never
    assert.throws(() => columnsAsText([column], { apart: [], read: [] }), /span of type 3904/)
  })
})

function textOf({ fields }: Passed): string {
  return `{${fields.replace(/,$/, '')}}`
}

function objectOf(row: Passed) {
  return JSON.parse(textOf(row))
}

const columns = `
  '${id}'::uuid as id, name, -7 as whole, 3::int2 as small, null::int as none, date '2027-03-14' as day,
  timestamptz '2027-03-14 13:00:00.5+02' as at, null::timestamptz as never,
  '${id}'::uuid as "author.id", null::text as "author.title", name as "author.name",
  case when name <> 'Rex' then '${id}'::uuid end as "verifier.id", name as "verifier.name", 'kept'::text as last, 'hidden' as secret`

const passedOn = { apart: ['place', 'secret'], read: ['day'] }

function expected(name: string) {
  return {
    id,
    name,
    whole: -7,
    small: 3,
    none: null,
    day: '2027-03-14',
    at: '2027-03-14T11:00:00.5Z',
    never: null,
    author: { id, title: null, name },
    verifier: name === 'Rex' ? null : { id, name },
    last: 'kept',
  }
}

function statement(of: readonly string[]): Statement {
  return {
    name: 'pass-on',
    text: `select place::int, ${columns} from unnest($1::text[]) with ordinality as _ (name, place)`,
    values: [of],
    passedOn,
  }
}

function setBased(of: readonly string[]): Statement {
  return {
    name: 'pass-on-to-each',
    text: `select asker, 0 as place, ${columns} from unnest($1::int[], $2::text[]) as _ (asker, name)`,
    values: [of],
    isSetBased: true,
    passedOn,
  }
}
