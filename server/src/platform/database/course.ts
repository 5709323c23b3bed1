import type pg from 'pg'
import { AppError } from '../errors.ts'
import type { EventMarks, MarkedEvents } from '../events/event-marks.ts'
import { type Crashed, fly } from './flight.ts'
import type { GroupCommit } from './group-commit.ts'
import { codeOf, isBroken, RETRYABLE, traced } from './sql-state.ts'
import type { Statement } from './statement.ts'
import type { Tx } from './tx.ts'

/** A transaction under way. */
export interface Course {
  readonly tx: Tx
  /** Writes the events and commits, unless that has flown with the last statements. */
  commit(): Promise<void>
  /** @returns why the connection cannot be used any more, if so */
  rollBack(): Promise<Error | undefined>
}

interface Waiting {
  readonly statement: Statement
  readonly done: PromiseWithResolvers<readonly unknown[]>
}

const begin: Statement = { name: 'begin', text: 'begin', values: [] }
const commit: Statement = { name: 'commit', text: 'commit', values: [] }
const rollback: Statement = { name: 'rollback', text: 'rollback', values: [] }

/**
 * Sends a transaction's statements in as few flights as its work allows: `begin` goes with the first of them, events and
 * `commit` with the last. A flight that is both needs neither: it is a transaction of its own, which can share its commit with others.
 * @param connect is asked once, when there is something to send
 * @param group that it may share its commit with
 */
export function openCourse(
  connect: () => Promise<pg.ClientBase>,
  marks: EventMarks,
  attempt: number,
  group?: GroupCommit,
): Course {
  const events: Tx['events'] = []
  let connection: Promise<pg.ClientBase> | undefined
  let waiting: Waiting[] = []
  let hasBegun = false
  let isLanding = false
  let landing: Promise<unknown> | undefined
  let marked: MarkedEvents | undefined

  const connected = () => (connection ??= connect())

  async function send(): Promise<void> {
    if (group && isLanding && !hasBegun && waiting.every(({ statement }) => statement.isSetBased)) {
      landing = land(waiting.splice(0), group)
      return
    }
    let client: pg.ClientBase
    try {
      client = await connected()
    } catch (error) {
      for (const { done } of waiting.splice(0)) done.reject(error)
      return
    }
    const together = waiting
    waiting = []
    const first = hasBegun || isLanding ? [] : [begin]
    const before = [...first, ...together.map(({ statement }) => statement)]
    const statements = [...before, ...(isLanding ? last() : [])]
    hasBegun ||= !isLanding
    const flight = fly(client, statements)
    if (isLanding) landing = flight
    flight.then(
      ({ rows }) => {
        if (isLanding) marked?.settle('committed')
        for (const [index, { done }] of together.entries()) done.resolve(rows[index + first.length] ?? [])
      },
      (crashed: Crashed) => {
        const error = isLanding ? failed(crashed, before.length) : crashed.error
        for (const { done } of together) done.reject(error)
      },
    )
  }

  /** All of it in one flight, with others. */
  async function land(together: readonly Waiting[], group: GroupCommit): Promise<void> {
    try {
      const rows = await group.commit({ statements: together.map(({ statement }) => statement), events })
      for (const [index, { done }] of together.entries()) done.resolve(rows[index] ?? [])
    } catch (error) {
      for (const { done } of together) done.reject(error)
    }
  }

  function last(): Statement[] {
    marked = events.length > 0 ? marks.mark(events) : undefined
    return [...(marked?.statements ?? []), ...(hasBegun ? [commit] : [])]
  }

  /** What a last flight that crashed means: where its events are to blame, the trail is unavailable. */
  function failed({ error, at }: Crashed, eventsAt: number): Error {
    const isKnown = !isBroken(error)
    marked?.settle(isKnown ? 'rolled-back' : 'unknown')
    const isOfEvents = at >= eventsAt && at < eventsAt + (marked?.statements.length ?? 0)
    return isKnown && isOfEvents && !RETRYABLE.test(codeOf(error)) ? trailUnavailable(error) : error
  }

  const rows = (statement: Statement): Promise<readonly unknown[]> => {
    if (landing) throw new Error('A statement was sent after the last one')
    const done = Promise.withResolvers<readonly unknown[]>()
    waiting.push({ statement, done })
    if (waiting.length === 1) queueMicrotask(send)
    return done.promise.catch(traced)
  }

  return {
    tx: {
      attempt,
      events,
      rows: rows as Tx['rows'],
      row: async <Row>(statement: Statement) => (await rows(statement))[0] as Row | undefined,
      land: () => {
        isLanding = true
      },
    },
    async commit() {
      if (landing) return
      isLanding = true
      if (!hasBegun && events.length === 0) return
      if (!hasBegun && group) return void (await group.commit({ statements: [], events }))
      const client = await connected()
      const { command } = await fly(client, last()).catch((crashed: Crashed) => traced(failed(crashed, 0)))
      // A failed statement turns COMMIT into ROLLBACK without an error of its own.
      const isCommitted = !hasBegun || command === 'COMMIT'
      marked?.settle(isCommitted ? 'committed' : 'rolled-back')
      if (!isCommitted) throw new Error('The transaction was rolled back')
      hasBegun = false
    },
    rollBack: () =>
      hasBegun
        ? connected()
            .then((client) => fly(client, [rollback]))
            .then(
              () => undefined,
              ({ error }: Crashed) => error,
            )
        : Promise.resolve(undefined),
  }
}

/** Something of the trail that cannot be written, so that nothing is done. */
function trailUnavailable(cause: Error): AppError {
  const error = new AppError('service.unavailable', 'The audit trail cannot be written, so nothing is done.')
  error.cause = cause
  return error
}

/**
 * Runs a part of a transaction that may not come to stay: what it wrote is undone unless `isKept` says otherwise.
 * Both ways take the same work.
 */
export async function tentatively<T>(tx: Tx, part: () => Promise<T>, isKept: (result: T) => boolean): Promise<T> {
  await tx.rows({ text: 'savepoint tentatively', values: [] })
  const result = await part()
  await tx.rows({ text: `${isKept(result) ? 'release' : 'rollback to'} savepoint tentatively`, values: [] })
  return result
}
