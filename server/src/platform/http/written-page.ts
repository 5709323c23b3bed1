/** An item that is JSON already, in pieces. */
export interface PartlyWritten {
  /** Fields of it, a comma behind each. */
  readonly fields: readonly string[]
  /** An object with a field at least, all of which are the item's. */
  readonly object: Buffer
}

/** The fields of an object, of which there is one at least, each with a comma behind it. */
export function writtenFields(object: object): string {
  return `${JSON.stringify(object).slice(1, -1)},`
}

const COMMA = ','.charCodeAt(0)
const BRACE = '{'.charCodeAt(0)

/**
 * A page of a list, as the bytes of its JSON: what is only passed on need not be parsed and written anew.
 * Its type is of what the items say.
 */
export class WrittenPage<T> {
  declare readonly itemType: T
  readonly bytes: Buffer

  constructor(items: readonly PartlyWritten[], nextCursor: string | null) {
    const start = '{"items":['
    const end = `],"nextCursor":${JSON.stringify(nextCursor)}}`
    let length = start.length + Buffer.byteLength(end) + Math.max(items.length - 1, 0)
    for (const { fields, object } of items) {
      length += object.length
      for (const written of fields) length += Buffer.byteLength(written)
    }
    const bytes = Buffer.allocUnsafe(length)
    let filled = bytes.write(start)
    for (const [index, { fields, object }] of items.entries()) {
      if (index > 0) bytes[filled++] = COMMA
      bytes[filled++] = BRACE
      for (const written of fields) filled += bytes.write(written, filled)
      filled += object.copy(bytes, filled, 1)
    }
    bytes.write(end, filled)
    this.bytes = bytes
  }
}
