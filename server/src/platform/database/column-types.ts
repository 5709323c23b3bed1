import pg from 'pg'

const { builtins } = pg.types

/** How a column's text is read: instants and dates stay text, as the wire has them; `bigint` becomes a number. */
export function parserOf(oid: number): (text: string) => unknown {
  if (oid === builtins.TIMESTAMPTZ) return instant
  if (oid === builtins.TIMESTAMP) return wallTime
  if (oid === builtins.DATE) return String
  if (oid === builtins.INT8) return Number
  return pg.types.getTypeParser(oid, 'text')
}

/** `2027-03-14 13:00:00+00` → `2027-03-14T13:00:00Z`; sessions run in UTC. */
function instant(text: string): string {
  const end = putWithT(text) - 2
  scratch[end - 1] = CODE_Z
  return scratch.toString('latin1', 0, end)
}

function wallTime(text: string): string {
  return scratch.toString('latin1', 0, putWithT(text))
}

/**
 * Written in place: a text that is put together stays in pieces, and one such piece has `JSON.stringify` take its slow way
 * through the whole answer, which is three times as long.
 */
function putWithT(text: string): number {
  const length = scratch.write(text, 'latin1')
  scratch[10] = CODE_T
  return length
}

const scratch = Buffer.alloc(64)
const CODE_T = 'T'.charCodeAt(0)
const CODE_Z = 'Z'.charCodeAt(0)
