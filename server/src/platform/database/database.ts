import pg from 'pg'
import type { EventMarks } from '../events/event-marks.ts'
import type { EventRow } from '../events/event-rows.ts'
import { ByteRowClient } from './byte-rows.ts'
import { openCourse } from './course.ts'
import { endWhenSilent } from './end-when-silent.ts'
import { type GroupCommit, openGroupCommit, TryAlone } from './group-commit.ts'
import { openReads } from './reads.ts'
import { BROKEN, codeOf, RETRYABLE } from './sql-state.ts'
import type { Statement } from './statement.ts'
import type { Queryable, Tx } from './tx.ts'

export type { Queryable, Tx } from './tx.ts'

/** A connection, or some, to read by. */
export interface Line extends Queryable, AsyncDisposable {
  readonly pool: pg.Pool
}

export interface Db extends Line {
  readonly marks: EventMarks
  readonly group: GroupCommit
}

/**
 * Opens a pool whose connections act as the application's role, in UTC.
 * @param url where PostgreSQL is
 * @param size connections at the most
 * @param marks of this process, for the events that its transactions write
 * @param mostSilentMs after which a connection that owes an answer is given up
 */
export function openDatabase(
  url: string,
  size: number,
  onError: (error: Error) => void,
  marks: EventMarks,
  mostSilentMs = MOST_SILENT_MS,
): Db {
  const line = openPool({ connectionString: url, max: size, options: SETTINGS }, onError, mostSilentMs)
  const group = openGroupCommit(line.pool, marks)
  return { ...line, ...queryable(together(group, line.rows)), marks, group }
}

/** Opens one connection that stays, for reading what is asked all day: its statements are planned once and for all. */
export function openLine(url: string, onError: (error: Error) => void): Line {
  const options = `${SETTINGS} -c plan_cache_mode=force_generic_plan`
  return openPool({ connectionString: url, max: 1, idleTimeoutMillis: 0, keepAlive: true, options }, onError)
}

/** The server ends every statement sooner: who is silent for so long is not there any more. */
const MOST_SILENT_MS = 20_000
const SETTINGS = '-c role=petra_app -c TimeZone=UTC -c statement_timeout=15s -c transaction_timeout=30s'

function openPool(config: pg.PoolConfig, onError: (error: Error) => void, mostSilentMs = MOST_SILENT_MS): Line {
  const pool = new pg.Pool({ Client: ByteRowClient, connectionTimeoutMillis: 5_000, ...config })
  // A checked-out or idle client without a handler would take the process down with it.
  const lost = (error: Error) => pool.ending || onError(error)
  pool.on('error', lost)
  pool.on('connect', (client) => {
    client.on('error', lost)
    endWhenSilent(client, mostSilentMs)
  })
  return {
    pool,
    ...queryable(openReads(pool)),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

type Ask = (statement: Statement) => Promise<readonly unknown[]>

function queryable(ask: Ask): Queryable {
  const rows = ask as Queryable['rows']
  return { rows, row: async <Row>(statement: Statement) => (await rows<Row>(statement))[0] }
}

/** Those who ask for the same are answered together, where the statement is made for that. */
function together(group: GroupCommit, alone: Ask): Ask {
  return async (statement) => {
    if (!statement.isSetBased) return alone(statement)
    try {
      const [rows = []] = await group.commit({ statements: [statement], events: [] })
      return rows
    } catch (error) {
      if (error instanceof TryAlone) return alone(statement)
      throw error
    }
  }
}

/** Thrown by the work of a transaction that lost a race it may win in another way: it is rolled back and run again. */
export class TryAgain extends Error {
  /** What is thrown once there is no point in another try. */
  readonly verdict: Error
  constructor(verdict: Error) {
    super('Another transaction was faster')
    this.verdict = verdict
  }
}

/** A transaction's work. */
export type Work<T> = (tx: Tx) => Promise<T>

/**
 * Runs `work` in one transaction and commits it together with the events it recorded.
 * A deadlock or serialisation failure runs it again, twice at the most; a `TryAgain` eleven times; a `TryAlone` once.
 */
export async function transact<T>(db: Db, work: Work<T>): Promise<T> {
  return attempts(db, work, db.group).catch((error) => {
    if (error instanceof TryAlone) return attempts(db, work)
    throw error
  })
}

/** Commits events that belong to no change, with those of others; alone, where one of those is refused. */
export async function commitEvents(db: Db, events: readonly EventRow[]): Promise<void> {
  try {
    await db.group.commit({ statements: [], events })
  } catch (error) {
    if (!(error instanceof TryAlone)) throw error
    await attempts(db, async (tx) => void tx.events.push(...events))
  }
}

async function attempts<T>(db: Db, work: Work<T>, group?: GroupCommit): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(db, work, attempt, group)
    } catch (error) {
      if (error instanceof TryAgain) {
        if (attempt === 12) throw error.verdict
      } else if (attempt === 3 || !RETRYABLE.test(codeOf(error))) throw error
    }
  }
}

/** A transaction has no connection before its first statement: its work may look around first. */
async function attemptTransaction<T>(db: Db, work: Work<T>, attempt: number, group?: GroupCommit): Promise<T> {
  let client: pg.PoolClient | undefined
  const connect = async () => {
    client = await db.pool.connect()
    return client
  }
  const course = openCourse(connect, db.marks, attempt, group)
  let broken: Error | undefined
  try {
    const result = await work(course.tx)
    await course.commit()
    return result
  } catch (error) {
    broken = BROKEN.test(codeOf(error)) ? (error as Error) : await course.rollBack()
    throw error
  } finally {
    client?.release(broken)
  }
}
