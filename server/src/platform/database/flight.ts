import type pg from 'pg'
import { serialize } from 'pg-protocol'
import { type AnswerColumns, bind, columnsAsText, columnsAtBest, type Row } from './answer-columns.ts'
import type { ByteRowConnection, RowTaker } from './byte-rows.ts'
import { FieldWriter } from './field-writer.ts'
import { asText, type SendAs, type Sent, sendAs } from './parameters.ts'
import { parametersOf } from './set-based.ts'
import type { Statement } from './statement.ts'

/** The rows of each statement of a flight, in their order, by lots where it has some; and the command the last one turned out to be. */
export interface Landed {
  readonly rows: readonly unknown[][]
  readonly command: string
}

/** What a flight that does not land rejects with: why, and which of its statements is to blame. */
export interface Crashed {
  readonly error: Error
  readonly at: number
}

/**
 * Sends statements under one Sync: one write here, one answer there. Outside a transaction they are one of their own,
 * which ends with the flight: all of them, or none. A ReadyForQuery per statement was a fifth of the database's work.
 */
export function fly(client: pg.ClientBase, statements: readonly Statement[]): Promise<Landed> {
  try {
    return client.query(new Flight(client, statements)).landed.promise
  } catch (error) {
    return Promise.reject({ error: error as Error, at: statements.length } satisfies Crashed)
  }
}

/** What pg's connection offers to whatever a client is given to submit. */
interface Wire extends ByteRowConnection {
  readonly parsedStatements: Record<string, string>
}

/** What is known of a prepared statement: what was described once is not asked for again. */
interface Known extends AnswerColumns {
  readonly parameters: readonly SendAs[]
}

/** The prepared statements of each client. */
const described = new WeakMap<pg.ClientBase, Map<string, Known>>()

/** Each column of a row is behind its length, which is -1 for a null. */
const LENGTH_BYTES = 4

/** Rows are written one after the other, whoever they are for. */
const writer = new FieldWriter()

class Flight implements pg.Submittable, RowTaker {
  readonly landed = Promise.withResolvers<Landed>()
  readonly #statements: readonly Statement[]
  readonly #values: Sent[][]
  readonly #rows: unknown[][]
  #at = 0
  #wire: Wire | undefined
  readonly #known: Map<string, Known>
  /** Of the statement whose answer is next, if it is described now, and not known already. */
  #parameters: readonly number[] = []
  #fields: pg.FieldDef[] | undefined
  #columns: AnswerColumns | undefined
  #command = ''

  constructor(client: pg.ClientBase, statements: readonly Statement[]) {
    this.#known = described.get(client) ?? new Map()
    described.set(client, this.#known)
    this.#statements = statements
    this.#values = statements.map((statement) => {
      const known = this.#known.get(statement.name ?? '')?.parameters
      return parametersOf(statement).map((value, index) => (known?.[index] ?? asText)(value))
    })
    this.#rows = statements.map(({ lots = [] }) => lots.map(() => []))
  }

  /** The client notes under this name that a statement has been parsed: it is the one whose answers are next. */
  get name(): string | undefined {
    return this.#statement?.name
  }

  get text(): string | undefined {
    return this.#statement?.text
  }

  get #statement(): Statement | undefined {
    return this.#statements[this.#at]
  }

  submit(connection: pg.Connection): Error | undefined {
    const wire = connection as Wire
    this.#wire = wire
    const foreign = this.#statements.find(({ name = '', text }) => (wire.parsedStatements[name] ?? text) !== text)
    if (foreign) return new Error(`Two statements are called ${foreign.name}`)
    const parsing = new Set<string>()
    const messages: Buffer[] = []
    this.#statements.forEach(({ name = '', text }, index) => {
      const isParsed = name !== '' && (name in wire.parsedStatements || parsing.has(name))
      if (!isParsed) messages.push(serialize.parse({ name, text, types: [] }))
      parsing.add(name)
      const known = this.#known.get(name)
      if (!known) messages.push(serialize.describe({ type: 'S', name }))
      messages.push(bind(name, this.#values[index] ?? [], known?.formats), serialize.execute())
    })
    messages.push(serialize.sync())
    wire.rowTaker = this
    // One buffer: handed over one by one, they cost more than all that is in them.
    wire.stream.write(Buffer.concat(messages))
    return undefined
  }

  takeParameters(types: readonly number[]): void {
    this.#parameters = types
  }

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    this.#fields = fields
    this.#columns = columnsAsText(fields, this.#statement?.passedOn)
  }

  takeRow(bytes: Buffer, at: number): void {
    this.#columns ??= this.#known.get(this.name ?? '') as AnswerColumns
    const { columns } = this.#columns
    const { passedOn, lots } = this.#statement as Statement
    if (passedOn) writer.begin()
    const row: Row = {}
    let asker: unknown
    let end = at
    for (const { name, read, field } of columns) {
      const start = end + LENGTH_BYTES
      const length = bytes.readInt32BE(end)
      end = start + Math.max(length, 0)
      if (field) writer.write(field, bytes, start, length < 0 ? -1 : end)
      if (!read) continue
      const value = length < 0 ? null : read(bytes, start, end)
      if (name === 'asker') asker = value
      else row[name] = value
    }
    if (passedOn) row.fields = writer.take()
    const rows = this.#rows[this.#at] as unknown[]
    const isForOne = asker !== undefined && lots
    const lot = isForOne ? rows[asker as number] : rows
    ;(lot as Row[]).push(row)
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { name } = this
    if (name !== undefined && !this.#known.has(name)) {
      const answer = columnsAtBest(this.#fields ?? [], this.#statement?.passedOn)
      this.#known.set(name, { ...answer, parameters: this.#parameters.map(sendAs) })
    }
    this.#fields = undefined
    this.#columns = undefined
    this.#command = text
    this.#at++
  }

  handleError(error: Error): void {
    this.#leave()
    this.landed.reject({ error, at: this.#at } satisfies Crashed)
  }

  handleReadyForQuery(): void {
    this.#leave()
    this.landed.resolve({ rows: this.#rows, command: this.#command })
  }

  #leave(): void {
    if (this.#wire) this.#wire.rowTaker = undefined
  }
}
