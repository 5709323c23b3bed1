import pg from 'pg'

const { builtins } = pg.types

/** How a column's text is read: instants and dates stay text, as the wire has them; `bigint` becomes a number. */
export function parserOf(oid: number): (text: string) => unknown {
  if (oid === builtins.TIMESTAMPTZ) return instant
  if (oid === builtins.TIMESTAMP) return (text) => text.replace(' ', 'T')
  if (oid === builtins.DATE) return String
  if (oid === builtins.INT8) return Number
  return pg.types.getTypeParser(oid, 'text')
}

/** `2027-03-14 13:00:00+00` → `2027-03-14T13:00:00Z`; sessions run in UTC. */
function instant(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
}
