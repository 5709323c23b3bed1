import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../../src/platform/embedded-postgres/embedded-postgres.ts'
import { within } from '../within.ts'
import { readMails } from './mails.ts'
import { newDataDir, type Petra, startPetra } from './start-petra.ts'
import { signIn, type Visitor } from './visitor.ts'

describe('processes that share a database and a keyring', { timeout: 600_000 }, () => {
  let server: EmbeddedPostgres
  let operator: pg.Client
  let env: Record<string, string>
  let petras: Petra[] = []
  let owner: Visitor
  before(async () => {
    server = await openEmbeddedPostgres(
      join(await mkdtemp(join(process.env.TEST_FOLDER as string, 'external-')), 'postgres'),
    )
    const databaseUrl = await makeDatabase(server.superuserUrl)
    operator = new pg.Client(databaseUrl)
    await operator.connect()
    const PUBLIC_URL = 'https://petra.example'
    env = { DATABASE_URL: databaseUrl, DATA_DIR: await newDataDir(), DEMO: 'true', PUBLIC_URL }
  })
  after(async () => {
    await Promise.all(petras.map((petra) => petra[Symbol.asyncDispose]()))
    await operator?.end()
    await server?.stop()
  })

  it('all start at once on an empty database, as a role that is no superuser', async () => {
    const parts = ['api', 'api', 'worker', 'worker']
    petras = await Promise.all(parts.map((part) => startPetra({ ...env, PROCESS: part })))
    const count = async (table: string) => (await operator.query(`select count(*)::int from ${table}`)).rows[0].count
    assert.deepEqual([await count('locations'), await count('pets')], [2, 3], 'the demo company is there once')
    owner = await signIn(url(0), 'owner@petra.example')
    assert.equal((await owner.call('GET', '/me', undefined, url(1))).status, 200, 'they sign with one key')
    assert.deepEqual(
      petras.map((petra) => petra.stderr()),
      ['', '', '', ''],
    )
  })

  it('mail once what one of them booked', async () => {
    const id = await bookVisit('10:00')
    while ((await readMails(env.DATA_DIR as string)).length === 0) await wait(50)
    await settled()
    const mails = await readMails(env.DATA_DIR as string)
    assert.deepEqual(
      mails.map(({ appointmentId }) => appointmentId),
      [id],
    )
  })

  it('refuse within 2 s a session that was ended at another', async () => {
    const leaving = await signIn(url(0), 'owner2@petra.example')
    assert.equal((await leaving.call('GET', '/me', undefined, url(1))).status, 200)
    assert.equal((await leaving.call('POST', '/auth/logout')).status, 204)
    await within(2_000, async () => (await leaving.call('GET', '/me', undefined, url(1))).status !== 200)
  })

  it('take over from each other the jobs that one gives back when it is told to stop', async () => {
    const tarpit = createServer().listen(0, '127.0.0.1')
    await once(tarpit, 'listening')
    for (const petra of petras.slice(2)) assert.equal((await petra.end('SIGTERM')).code, 0)
    const SMTP_URL = `smtp://127.0.0.1:${(tarpit.address() as AddressInfo).port}`
    const stuck = await startPetra({ ...env, PROCESS: 'worker', SMTP_URL })
    const connected = once(tarpit, 'connection')
    const id = await bookVisit('12:00')
    await connected
    assert.equal(await lockedJobs(), 1)

    // Past its time the process would end by itself, with 1.
    const { code } = await stuck.end('SIGTERM')
    assert.deepEqual([code, await lockedJobs()], [0, 0])
    tarpit.close()
    petras[2] = await startPetra({ ...env, PROCESS: 'worker' })
    while (!(await readMails(env.DATA_DIR as string)).some(({ appointmentId }) => appointmentId === id)) await wait(50)
  })

  function url(index: number): string {
    return (petras[index] as Petra).url
  }

  async function bookVisit(time: string): Promise<string> {
    const [[pet], [location]] = await Promise.all([
      owner.call('GET', '/pets').then(({ body }) => body.items),
      owner.call('GET', '/locations').then(({ body }) => body.items),
    ])
    const booking = {
      petId: pet.id,
      service: 'grooming',
      startsAt: `${mondayAhead()}T${time}`,
      locationId: location.id,
    }
    const { status, body } = await owner.call('POST', '/appointments', booking)
    assert.equal(status, 201, JSON.stringify(body))
    return body.id
  }

  /** Long enough for a second worker to send what a first one has sent, if it would. */
  async function settled(): Promise<void> {
    const due = 'select from graphile_worker._private_jobs where run_at <= now()'
    while (((await operator.query(due)).rowCount ?? 0) > 0) await wait(50)
    await wait(500)
  }

  async function lockedJobs(): Promise<number> {
    const { rows } = await operator.query(
      'select count(*)::int from graphile_worker._private_jobs where locked_at is not null',
    )
    return rows[0].count
  }
})

/** A database as an operator would make it: its owner is no superuser, and Petra's roles are not there yet. */
async function makeDatabase(superuserUrl: string): Promise<string> {
  const url = new URL(superuserUrl)
  url.pathname = '/postgres'
  const superuser = new pg.Client(url.href)
  await superuser.connect()
  await superuser.query('drop database petra')
  await superuser.query('drop role petra_app, petra_owner')
  await superuser.query(`create role operator login createrole password 'operator'`)
  await superuser.query('create database company owner operator')
  await superuser.end()
  return Object.assign(url, { username: 'operator', password: 'operator', pathname: '/company' }).href
}

/** The first Monday that is a week away or more. */
function mondayAhead(): string {
  const inAWeek = Temporal.Now.plainDateISO('UTC').add({ days: 7 })
  return inAWeek.add({ days: (8 - inAWeek.dayOfWeek) % 7 }).toString()
}
