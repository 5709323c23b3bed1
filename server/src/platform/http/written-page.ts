/** An item of which a part is JSON already. */
export interface PartlyWritten {
  /** With a field at least. */
  readonly known: object
  /** An object, too, whose fields are the item's. */
  readonly written: Buffer
}

const COMMA = ','.charCodeAt(0)

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
    const known = items.map((item) => JSON.stringify(item.known))
    // Of the two objects of an item, the brace between them goes, and a comma comes; so does one between two items.
    let length = start.length + Buffer.byteLength(end) + Math.max(items.length - 1, 0)
    for (const [index, { written }] of items.entries())
      length += Buffer.byteLength(known[index] as string) - 1 + written.length
    const bytes = Buffer.allocUnsafe(length)
    let filled = bytes.write(start)
    for (const [index, { written }] of items.entries()) {
      if (index > 0) bytes[filled++] = COMMA
      filled += bytes.write(known[index] as string, filled) - 1
      bytes[filled++] = COMMA
      filled += written.copy(bytes, filled, 1)
    }
    bytes.write(end, filled)
    this.bytes = bytes
  }
}
