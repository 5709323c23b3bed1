import { after, before } from 'node:test'
import type { Email } from 'postal-mime'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue, type NewJob } from '../../platform/jobs/jobs.ts'
import { add as addRecord, visitDrLind } from '../medical-records/test-records.ts'
import { openTestSmtp, type TestSmtp } from './test-smtp.ts'

export let smtp: TestSmtp
export let house: House
export let world: World
export let seen = 0

before(async () => {
  smtp = await openTestSmtp()
  house = await openHouse({
    SMTP_URL: smtp.url,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'https://petra.example',
  })
  world = await populate(house)
  await visitDrLind(house, world)
  await news()
})
after(async () => {
  await house[Symbol.asyncDispose]()
  await smtp[Symbol.asyncDispose]()
})

/** The mails since the last time. */
export async function news(): Promise<Email[]> {
  await house.drain()
  const mails = (await smtp.mails()).slice(seen)
  seen += mails.length
  return mails
}

/** Dr. Lind writes a record of Rex, and the ten minutes pass in which more could come. */
export async function recordNews(): Promise<Email[]> {
  await addRecord(house, world.drLind, world.rex, { type: 'note', occurredOn: '2026-11-01', description: 'Fine.' })
  await house.drain()
  await makeDue('new-record:')
  return news()
}

export function makeDue(key: string): Promise<unknown> {
  return house.sql('update graphile_worker._private_jobs set run_at = now() where key like $1', [`${key}%`])
}

export function add(job: NewJob): Promise<void> {
  return transact(house.context.db, (tx) => enqueue(tx, [job]))
}

export const path = '/me/notification-preferences'
export const nothing = { timeZone: null, quietHours: null, preferences: [] }
export const say = (as: string, body: object, headers = {}) =>
  house.call('PUT', path, { as, body: { ...nothing, ...body }, headers })
export const off = (kind: string) => ({ preferences: [{ kind, channel: 'email', enabled: false }] })
export const header = (mail: Email | undefined, name: string) => mail?.headers.find(({ key }) => key === name)?.value
export const unknown = { responseCode: 550, message: '5.1.1 No such mailbox' }
export const me = async (as: string) => (await house.call('GET', '/me', { as })).body
