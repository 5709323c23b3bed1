/** An item of which a part is JSON already. */
export interface PartlyWritten {
  readonly known: object
  /** An object with a field at least, whose fields are the item's too. */
  readonly written: Buffer
}

/** Quotes inside a text are escaped: nothing that an item says reads like this. */
const HOLE = Buffer.from('"hole":0')

/**
 * A page of a list, as the bytes of its JSON: what is only passed on need not be parsed and written anew.
 * Its type is of what the items say.
 */
export class WrittenPage<T> {
  declare readonly itemType: T
  readonly bytes: Buffer

  constructor(items: readonly PartlyWritten[], nextCursor: string | null) {
    const holed = items.map(({ known }) => ({ ...known, hole: 0 }))
    const frame = Buffer.from(JSON.stringify({ items: holed, nextCursor }))
    const added = items.reduce((length, { written }) => length + written.length - 2 - HOLE.length, 0)
    this.bytes = Buffer.allocUnsafe(frame.length + added)
    let read = 0
    let filled = 0
    for (const { written } of items) {
      const hole = frame.indexOf(HOLE, read)
      filled += frame.copy(this.bytes, filled, read, hole)
      filled += written.copy(this.bytes, filled, 1, written.length - 1)
      read = hole + HOLE.length
    }
    frame.copy(this.bytes, filled, read)
  }
}
