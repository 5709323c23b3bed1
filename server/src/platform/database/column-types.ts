import pg from 'pg'

/** Reads a column that stands in `bytes` from `start` to `end`. */
export type ReadColumn = (bytes: Buffer, start: number, end: number) => unknown

const { builtins } = pg.types

/** How a column that came as text is read: instants and dates stay text, as the wire has them; `bigint` becomes a number. */
export function textReader(oid: number): ReadColumn {
  const known = readers.get(oid)
  if (known) return known
  const parse = pg.types.getTypeParser(oid, 'text')
  return (bytes, start, end) => parse(text(bytes, start, end))
}

/** How a column that came in PostgreSQL's binary format is read, where that is the better one: bytes are sent as they are. */
export function binaryReader(oid: number): ReadColumn | undefined {
  return oid === builtins.BYTEA ? copied : undefined
}

function copied(bytes: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafe(end - start)
  bytes.copy(copy, 0, start, end)
  return copy
}

const CODE_0 = '0'.charCodeAt(0)
const CODE_MINUS = '-'.charCodeAt(0)
const CODE_T = 'T'.charCodeAt(0)
const CODE_Z = 'Z'.charCodeAt(0)
const CODE_TRUE = 't'.charCodeAt(0)

const text = (bytes: Buffer, start: number, end: number) => bytes.toString('utf8', start, end)
const ascii = (bytes: Buffer, start: number, end: number) => bytes.toString('latin1', start, end)
const number: ReadColumn = (bytes, start, end) => Number(ascii(bytes, start, end))
/** Digit by digit, which is sooner done than a text is made of them. */
const integer: ReadColumn = (bytes, start, end) => {
  const isNegative = bytes[start] === CODE_MINUS
  let digits = 0
  for (let at = isNegative ? start + 1 : start; at < end; at++) digits = digits * 10 + (bytes[at] as number) - CODE_0
  return isNegative ? -digits : digits
}

/**
 * `2027-03-14 13:00:00+00` → `2027-03-14T13:00:00Z`; sessions run in UTC.
 * Written in place: a text that is put together stays in pieces, and one such piece has `JSON.stringify` take its slow way
 * through the whole answer, which is three times as long.
 * @returns where it ends
 */
export function wireInstant(bytes: Buffer, start: number, end: number): number {
  bytes[start + 10] = CODE_T
  bytes[end - 3] = CODE_Z
  return end - 2
}

const instant: ReadColumn = (bytes, start, end) => ascii(bytes, start, wireInstant(bytes, start, end))

const wallTime: ReadColumn = (bytes, start, end) => {
  bytes[start + 10] = CODE_T
  return ascii(bytes, start, end)
}

const readers = new Map<number, ReadColumn>([
  [builtins.TIMESTAMPTZ, instant],
  [builtins.TIMESTAMP, wallTime],
  [builtins.DATE, ascii],
  [builtins.UUID, ascii],
  [builtins.TEXT, text],
  [builtins.INT2, integer],
  [builtins.INT4, integer],
  [builtins.INT8, number],
  [builtins.BOOL, (bytes, start) => bytes[start] === CODE_TRUE],
])
