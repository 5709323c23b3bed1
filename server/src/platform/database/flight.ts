import type pg from 'pg'
import { prepareValue } from 'pg/lib/utils.js'
import { serialize } from 'pg-protocol'
import { parserOf } from './column-types.ts'
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
    return client.query(new Flight(statements)).landed.promise
  } catch (error) {
    return Promise.reject({ error: error as Error, at: statements.length } satisfies Crashed)
  }
}

type Row = Record<string, unknown>
type Column = readonly [name: string, parse: (text: string) => unknown]

/** What pg's connection offers to whatever a client is given to submit. */
interface Wire {
  readonly parsedStatements: Record<string, string>
}

/** The columns of the prepared statements of each connection: what was described once is not asked for again. */
const described = new WeakMap<object, Map<string, readonly Column[]>>()

class Flight implements pg.Submittable {
  readonly landed = Promise.withResolvers<Landed>()
  readonly #statements: readonly Statement[]
  readonly #values: (string | Buffer | null)[][]
  readonly #rows: unknown[][]
  #at = 0
  #columns: readonly Column[] | undefined
  #known: Map<string, readonly Column[]> = new Map()
  #command = ''

  constructor(statements: readonly Statement[]) {
    this.#statements = statements
    this.#values = statements.map((statement) => parametersOf(statement).map(prepareValue))
    this.#rows = statements.map(({ lots = [] }) => lots.map(() => []))
  }

  /** The client notes under this name that a statement has been parsed: it is the one whose answers are next. */
  get name(): string | undefined {
    return this.#statements[this.#at]?.name
  }

  get text(): string | undefined {
    return this.#statements[this.#at]?.text
  }

  submit(connection: pg.Connection): Error | undefined {
    const wire = connection as pg.Connection & Wire
    this.#known = described.get(wire) ?? new Map()
    described.set(wire, this.#known)
    const foreign = this.#statements.find(({ name = '', text }) => (wire.parsedStatements[name] ?? text) !== text)
    if (foreign) return new Error(`Two statements are called ${foreign.name}`)
    const parsing = new Set<string>()
    const messages: Buffer[] = []
    this.#statements.forEach(({ name = '', text }, index) => {
      const isParsed = name !== '' && (name in wire.parsedStatements || parsing.has(name))
      if (!isParsed) messages.push(serialize.parse({ name, text, types: [] }))
      parsing.add(name)
      messages.push(serialize.bind({ statement: name, values: this.#values[index] as never }))
      if (!this.#known.has(name)) messages.push(serialize.describe({ type: 'P', name: '' }))
      messages.push(serialize.execute())
    })
    messages.push(serialize.sync())
    // One buffer: handed over one by one, they cost more than all that is in them.
    wire.stream.write(Buffer.concat(messages))
    return undefined
  }

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    this.#columns = fields.map(({ name, dataTypeID }) => [name, parserOf(dataTypeID)])
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const columns = this.#columns ?? this.#known.get(this.name ?? '') ?? []
    const row: Row = {}
    const isAsked = columns[0]?.[0] === 'asker'
    for (let index = isAsked ? 1 : 0; index < columns.length; index++) {
      const [name, parse] = columns[index] as Column
      const text = fields[index] as string | null
      row[name] = text === null ? null : parse(text)
    }
    const rows = this.#rows[this.#at] as unknown[]
    const lot = isAsked && this.#statements[this.#at]?.lots ? rows[Number(fields[0])] : rows
    ;(lot as Row[]).push(row)
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { name } = this
    if (name !== undefined && !this.#known.has(name)) this.#known.set(name, this.#columns ?? [])
    this.#columns = undefined
    this.#command = text
    this.#at++
  }

  handleError(error: Error): void {
    this.landed.reject({ error, at: this.#at } satisfies Crashed)
  }

  handleReadyForQuery(): void {
    this.landed.resolve({ rows: this.#rows, command: this.#command })
  }
}
