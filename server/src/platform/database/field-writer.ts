import pg from 'pg'
import { wireInstant } from './column-types.ts'

/** How a column is written as a field of a JSON object. */
export interface Field {
  /** What stands before its value: its name, and for the first column of an object the object's. */
  readonly lead: Buffer
  /** What stands behind it. */
  readonly tail: Buffer
  /** What stands in the place of all three when it is null. */
  readonly ifNull: Buffer
  /** The object that it is in, if any. */
  readonly parent: string
  /** Whether it is the first of its object. */
  readonly opens: boolean
  readonly form: Form
}

/** Whether a value is in quotes, and what of it has to be rewritten. */
type Form = 'number' | 'plain' | 'text' | 'instant'

const { builtins } = pg.types

const forms = new Map<number, Form>([
  [builtins.INT2, 'number'],
  [builtins.INT4, 'number'],
  [builtins.UUID, 'plain'],
  [builtins.DATE, 'plain'],
  [builtins.TEXT, 'text'],
  [builtins.TIMESTAMPTZ, 'instant'],
])

/**
 * How columns are written, in their order. `author.id` and `author.name`, one behind the other, make an object `author`, which is null when
 * the first of them is.
 * @throws Error for a type that is never passed on
 */
export function fieldsOf(columns: readonly pg.FieldDef[]): Field[] {
  const parentOf = (name = '') => name.slice(0, Math.max(name.indexOf('.'), 0))
  return columns.map(({ name, dataTypeID }, index) => {
    const form = forms.get(dataTypeID)
    if (!form) throw new Error(`A column ${name} of type ${dataTypeID} is not passed on`)
    const parent = parentOf(name)
    const opens = parent !== '' && parentOf(columns[index - 1]?.name) !== parent
    const closes = parent !== '' && parentOf(columns[index + 1]?.name) !== parent
    const own = `"${parent === '' ? name : name.slice(parent.length + 1)}":`
    const end = closes ? '},' : ','
    const quote = form === 'number' ? '' : '"'
    return {
      lead: Buffer.from(`${opens ? `"${parent}":{` : ''}${own}${quote}`),
      tail: Buffer.from(`${quote}${end}`),
      ifNull: Buffer.from(opens ? `"${parent}":null,` : `${own}null${end}`),
      parent,
      opens,
      form,
    }
  })
}

const ROOM = 16_384
/** A byte of a text is six at the most, `\u001f`. */
const LONGEST_ESCAPE = 6
const CODE_SPACE = ' '.charCodeAt(0)
const CODE_QUOTE = '"'.charCodeAt(0)
const CODE_BACKSLASH = '\\'.charCodeAt(0)

/**
 * Writes columns as the fields of JSON objects, each with a comma behind it, from the bytes they came in: nothing is made of what is only
 * passed on. A row is a text, and no bytes of its own: those are only given back when the collector comes by.
 */
export class FieldWriter {
  #bytes = Buffer.allocUnsafeSlow(ROOM)
  #at = 0
  /** The object that is null in this row. */
  #absent = ''

  /** Begins a row: of one that was never taken nothing is left. */
  begin(): void {
    this.#at = 0
    this.#absent = ''
  }

  /** A value that stands in `bytes` from `start` to `end`; below 0 for a null. */
  write({ lead, tail, ifNull, parent, opens, form }: Field, bytes: Buffer, start: number, end: number): void {
    if (parent !== '' && parent === this.#absent) return
    if (end < 0) {
      if (opens) this.#absent = parent
      this.#makeRoom(ifNull.length)
      this.#copy(ifNull, 0, ifNull.length)
      return
    }
    this.#makeRoom(lead.length + (end - start) * LONGEST_ESCAPE + tail.length)
    this.#copy(lead, 0, lead.length)
    if (form === 'text' && needsEscapes(bytes, start, end)) this.#escape(bytes.toString('utf8', start, end))
    else this.#copy(bytes, start, form === 'instant' ? wireInstant(bytes, start, end) : end)
    this.#copy(tail, 0, tail.length)
  }

  /** The row that was written. */
  take(): string {
    return this.#bytes.toString('utf8', 0, this.#at)
  }

  #makeRoom(length: number): void {
    if (this.#at + length <= this.#bytes.length) return
    const begun = this.#bytes.subarray(0, this.#at)
    this.#bytes = Buffer.allocUnsafeSlow(2 * (begun.length + length))
    begun.copy(this.#bytes)
  }

  /** Byte by byte: what is short is copied sooner than Node's own function is called. */
  #copy(source: Buffer, start: number, end: number): void {
    const bytes = this.#bytes
    let at = this.#at
    for (let from = start; from < end; from++) bytes[at++] = source[from] as number
    this.#at = at
  }

  #escape(text: string): void {
    this.#at += this.#bytes.write(JSON.stringify(text).slice(1, -1), this.#at)
  }
}

function needsEscapes(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = bytes[at] as number
    if (code < CODE_SPACE || code === CODE_QUOTE || code === CODE_BACKSLASH) return true
  }
  return false
}
