import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { system } from './actor.ts'
import { type Db, type Queryable, transact } from './database/database.ts'
import { record } from './events/event-log.ts'

/** Something that operators are told of as long as it is so. */
export interface Alarm {
  /** kebab-case. */
  readonly name: string
  isOn(db: Queryable): Promise<boolean>
}

export interface Watching {
  readonly db: Db
  readonly log: Logger
  readonly alarms: readonly Alarm[]
}

const EVERY_MS = 10_000

/** Looks at the alarms every ten seconds until it is disposed. Any number of processes may: each change is told once. */
export function openAlarmWatch(watching: Watching): AsyncDisposable {
  const stopping = new AbortController()
  const watched = keepWatching(watching, stopping.signal)
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await watched
    },
  }
}

async function keepWatching(watching: Watching, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await checkAlarms(watching).catch((error) => watching.log.warn({ err: error }, 'the alarms cannot be looked at'))
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

/** Raises what is on and clears what is not, each with an event and a line in the log. */
export async function checkAlarms({ db, log, alarms }: Watching): Promise<void> {
  for (const { name, isOn } of alarms) {
    const on = await isOn(db)
    if (!(await turn(db, name, on))) continue
    if (on) log.error({ alarm: name }, 'an alarm was raised')
    else log.warn({ alarm: name }, 'an alarm is over')
  }
}

/** @returns whether it was the other way before */
function turn(db: Db, name: string, on: boolean): Promise<boolean> {
  return transact(db, async (tx) => {
    const text = on
      ? 'insert into alarms (name) values ($1) on conflict do nothing returning name'
      : 'delete from alarms where name = $1 returning name'
    const row = await tx.row({ name: on ? 'raise-alarm' : 'clear-alarm', text, values: [name] })
    if (row) record(tx, system, on ? 'alarm.raised' : 'alarm.cleared', { payload: { alarm: name } })
    return row !== undefined
  })
}
