/** An item of which a part is JSON already. */
export interface PartlyWritten {
  readonly known: object
  /** An object with a field at least, whose fields are the item's too. */
  readonly written: string
}

/** Quotes inside a text are escaped: nothing that an item says reads like this. */
const HOLE = '"hole":0'

/**
 * A page of a list, as JSON: what is only passed on need not be parsed and written anew.
 * Its type is of what the items say.
 */
export class WrittenPage<T> {
  declare readonly itemType: T
  readonly text: string

  constructor(items: readonly PartlyWritten[], nextCursor: string | null) {
    const holed = items.map(({ known }) => ({ ...known, hole: 0 }))
    const [start, ...ends] = JSON.stringify({ items: holed, nextCursor }).split(HOLE) as [string, ...string[]]
    this.text = items.reduce((text, { written }, index) => `${text}${written.slice(1, -1)}${ends[index]}`, start)
  }
}
