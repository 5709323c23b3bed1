import type pg from 'pg'
import { type Crashed, fly } from './flight.ts'
import { joined } from './set-based.ts'
import { isBroken, traced } from './sql-state.ts'
import type { Statement } from './statement.ts'

/** More of them on one connection would wait for each other while other connections are idle. */
const MOST_TOGETHER = 8
/** Where there is no other. */
const MOST_ALONE = 100

interface Waiting {
  readonly statement: Statement
  readonly done: PromiseWithResolvers<readonly unknown[]>
}

/**
 * Statements outside a transaction. Those that are sent in one turn of the event loop travel together, on one connection, and so do those
 * that have to wait for one.
 */
export function openReads(pool: pg.Pool): (statement: Statement) => Promise<readonly unknown[]> {
  const most = pool.options.max === 1 ? MOST_ALONE : MOST_TOGETHER
  const waiting: Waiting[] = []
  let connecting = 0

  function send(): void {
    for (; connecting * most < waiting.length; connecting++) void take()
  }

  async function take(): Promise<void> {
    let client: pg.PoolClient
    try {
      client = await pool.connect()
    } catch (error) {
      connecting--
      for (const { done } of waiting.splice(0, most)) done.reject(error)
      return
    }
    connecting--
    client.release(await deliver(client, waiting.splice(0, most)))
  }

  return async (statement) => {
    const done = Promise.withResolvers<readonly unknown[]>()
    waiting.push({ statement, done })
    if (connecting * most < waiting.length) setImmediate(send)
    return done.promise.catch(traced)
  }
}

/**
 * A failure takes back what flew with it: the others fly once more without the one that failed.
 * @param isApart whether those who ask with the same set-based statement are kept apart
 * @returns whether the connection is broken
 */
async function deliver(client: pg.PoolClient, together: readonly Waiting[], isApart = false): Promise<boolean> {
  if (together.length === 0) return false
  const loads = isApart ? together.map((each) => [each]) : loadsOf(together)
  try {
    const { rows } = await fly(client, loads.map(statementOf))
    for (const [index, load] of loads.entries()) answer(load, rows[index] ?? [])
    return false
  } catch (crash) {
    const { error, at } = crash as Crashed
    const [failed, ...more] = loads[at] ?? []
    // Past the last statement it is the commit.
    if (isBroken(error) || !failed) {
      for (const { done } of together) done.reject(error)
      return true
    }
    if (more.length > 0) return deliver(client, together, true)
    failed.done.reject(error)
    return deliver(client, together.toSpliced(together.indexOf(failed), 1), isApart)
  }
}

type Load = readonly Waiting[]

/** Those who ask with the same set-based statement are one load. */
function loadsOf(together: readonly Waiting[]): Load[] {
  return [...Map.groupBy(together, (each) => (each.statement.isSetBased ? each.statement.name : each)).values()]
}

function statementOf(load: Load): Statement {
  const [{ statement }] = load as [Waiting]
  return load.length === 1 ? statement : joined(load.map((each) => each.statement))
}

function answer(load: Load, rows: readonly unknown[]): void {
  const [{ done }] = load as [Waiting]
  if (load.length === 1) done.resolve(rows)
  else for (const [lot, each] of load.entries()) each.done.resolve(rows[lot] as unknown[])
}
