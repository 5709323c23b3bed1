import type pg from 'pg'
import { type Crashed, fly } from './flight.ts'
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
 * Statements outside a transaction. Those that are sent in the same breath travel together, on one connection, and so do those
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
    if (connecting * most < waiting.length) queueMicrotask(send)
    return done.promise.catch(traced)
  }
}

/** A failure takes back what flew with it: the others fly once more without the one that failed. @returns whether the connection is broken */
async function deliver(client: pg.PoolClient, together: readonly Waiting[]): Promise<boolean> {
  if (together.length === 0) return false
  try {
    const { rows } = await fly(
      client,
      together.map(({ statement }) => statement),
    )
    for (const [index, { done }] of together.entries()) done.resolve(rows[index] ?? [])
    return false
  } catch (crash) {
    const { error, at } = crash as Crashed
    // Past the last statement it is the commit.
    const isLost = isBroken(error) || at >= together.length
    for (const [index, { done }] of together.entries()) if (isLost || index === at) done.reject(error)
    return isLost || deliver(client, together.toSpliced(at, 1))
  }
}
