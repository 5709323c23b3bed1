import type pg from 'pg'
import type { EventMarks, MarkedEvents } from '../events/event-marks.ts'
import type { EventRow } from '../events/event-rows.ts'
import { type Crashed, fly } from './flight.ts'
import { joined } from './set-based.ts'
import { isBroken } from './sql-state.ts'
import type { Statement } from './statement.ts'

/** All that a transaction does: set-based statements, none of which waits for the answer to another, and its events. */
export interface WholeTransaction {
  readonly statements: readonly Statement[]
  readonly events: readonly EventRow[]
}

/** The rows that each statement gave. */
type Answers = readonly (readonly unknown[])[]

/** Commits transactions of the same kind together: what begins, locks, inserts and commits for one does it for many at once. */
export interface GroupCommit {
  /**
   * Commits a transaction with those that wait meanwhile.
   * @returns the rows that each of its statements gave it
   * @throws TryAlone when one of them was refused or had to wait, and none of them stands; or what took the connection away, so that
   *   nobody knows whether they do
   */
  commit(transaction: WholeTransaction): Promise<Answers>
}

/** Somebody in a group was refused: each does its work anew, alone, and is told what it is to be told. */
export class TryAlone extends Error {}

interface Waiting extends WholeTransaction {
  readonly done: PromiseWithResolvers<Answers>
}

const MOST_CHANGES = 32
/** More of them cost no less each, and while the answers to some are worked on, the others are on their way. */
const MOST_READERS = 12
/** Of changes: answered all in one turn of the event loop, they would keep those that come next from the database, which waits for them. */
const ANSWERED_AT_A_TIME = 4

/** Who waits for the lock of another process holds up all that are with it. */
const waitBriefly: Statement = {
  name: 'wait-briefly',
  text: `select set_config('lock_timeout', '20ms', true)`,
  values: [],
}

/** Opens the commits that a process's transactions share, one at a time of each kind: those that come meanwhile take the next. */
export function openGroupCommit(pool: pg.Pool, marks: EventMarks): GroupCommit {
  const queues = new Map<string, Waiting[]>()

  async function send(kind: string, queue: Waiting[]): Promise<void> {
    const most = queue[0]?.events.length === 0 ? MOST_READERS : MOST_CHANGES
    while (queue.length > 0) {
      try {
        const client = await pool.connect()
        client.release(await deliver(client, queue.splice(0, most)))
      } catch (error) {
        for (const { done } of queue.splice(0)) done.reject(error)
      }
    }
    queues.delete(kind)
  }

  /** @returns what broke the connection, if anything did */
  async function deliver(client: pg.ClientBase, together: readonly Waiting[]): Promise<Error | undefined> {
    let marked: MarkedEvents | undefined
    try {
      const events = together.flatMap((each) => each.events)
      const statements = asOne(together)
      const isWriting = statements.length > 0 && events.length > 0
      marked = marks.mark(events)
      const { rows } = await fly(client, [...(isWriting ? [waitBriefly] : []), ...statements, ...marked.statements])
      marked.settle('committed')
      const answers = rows.slice(isWriting ? 1 : 0).slice(0, statements.length)
      answer(together, answers, isWriting ? ANSWERED_AT_A_TIME : together.length)
      return undefined
    } catch (crash) {
      const error = crash instanceof Error ? crash : (crash as Crashed).error
      const isLost = isBroken(error)
      marked?.settle(isLost ? 'unknown' : 'rolled-back')
      for (const { done } of together) done.reject(isLost ? error : new TryAlone('Somebody in the group was refused'))
      return isLost ? error : undefined
    }
  }

  return {
    commit(transaction) {
      const kind = transaction.statements.map(({ name }) => name).join()
      const done = Promise.withResolvers<Answers>()
      const queue = queues.get(kind)
      if (queue) queue.push({ ...transaction, done })
      else {
        const first = [{ ...transaction, done }]
        queues.set(kind, first)
        // Whoever comes in the same turn of the event loop comes along.
        setImmediate(send, kind, first)
      }
      return done.promise
    },
  }
}

/** Tells each what is theirs, so many in one turn of the event loop. */
function answer(together: readonly Waiting[], answers: Answers, atATime: number, from = 0): void {
  const until = Math.min(from + atATime, together.length)
  for (let at = from; at < until; at++) together[at]?.done.resolve(answers.map((lots) => lots[at] as unknown[]))
  if (until < together.length) setImmediate(answer, together, answers, atATime, until)
}

/** What all of them do, done once. */
function asOne(together: readonly WholeTransaction[]): Statement[] {
  const [first] = together as [WholeTransaction]
  return first.statements.map((_, at) => joined(together.map(({ statements }) => statements[at] as Statement)))
}
