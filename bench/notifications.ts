import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { contactRow } from '../server/src/features/accounts/contact-row.ts'
import { insertContact } from '../server/src/features/accounts/queries.ts'
import { secondsLater } from '../server/src/features/appointments/plan-reminders.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { type Context, openContext } from '../server/src/platform/context.ts'
import { transact } from '../server/src/platform/database/database.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { openEmbeddedPostgres } from '../server/src/platform/embedded-postgres/embedded-postgres.ts'
import { enqueue } from '../server/src/platform/jobs/jobs.ts'
import { accessToken } from './access-token.ts'
import { type BenchServer, petraCommand, startServer } from './bench-server.ts'
import { idOf, recordText } from './company.ts'
import { companyRows } from './company-rows.ts'
import { workloads } from './workloads.ts'

/**
 * `node bench/notifications.ts [--bookings 100 --reminders 10000]`: from a booking's answer to its mail's acceptance by SMTP, and how
 * long reminders take that are due in one minute, and what that does to the API. API, worker, PostgreSQL, SMTP server and load
 * share the machine.
 */
const { values } = parseArgs({
  options: { bookings: { type: 'string', default: '100' }, reminders: { type: 'string', default: '10000' } },
})
/** Owners who have an address. */
const ADDRESSED = 200
const READS_PER_SECOND = 20

const { W1, W3 } = workloads(recordText)
/** When each mail was accepted, in milliseconds, by its Message-ID. */
const accepted = new Map<string, number>()

await using stack = new AsyncDisposableStack()
const folder = await mkdtemp(join(tmpdir(), 'petra-bench-'))
stack.defer(() => rm(folder, { recursive: true, force: true }))
const postgres = stack.use(await openEmbeddedPostgres(join(folder, 'postgres')))
await migrate(postgres.migrationUrl)
const env = {
  DATABASE_URL: postgres.url,
  MIGRATION_DATABASE_URL: postgres.migrationUrl,
  DATA_DIR: join(folder, 'data'),
  RATE_LIMIT_PER_ADDRESS: '1000000000',
}
const context = stack.use(await openContext({ ...readConfig(env), databaseUrl: postgres.url }))
const owner = new pg.Client({ connectionString: postgres.migrationUrl })
await owner.connect()
stack.defer(() => owner.end())
await owner.query(companyRows)
await addAddresses(context)
const planned = await planVisits(Number(values.reminders))
const signingKey = await context.keyring.signingKeys.current()
const petra = stack.use(
  await startServer('Petra', petraCommand, { ...env, PROCESS: 'api' }, (n, url) => accessToken(signingKey, url, n)),
)
const worker = await startWorker(await openSmtp())
for (let i = 0; i < 50; i++) await (await ask(petra, W1, i)).arrayBuffer()

console.log(`booking to mail accepted: ${summary(await bookVisits(Number(values.bookings)))}`)
const calm = await readFor(wait(10_000))
const startedAt = performance.now()
const before = accepted.size
const cpuBefore = cpuSeconds()
await transact(context.db, (tx) => enqueue(tx, planned.map(dueFromNowOn)))
const sent = allAccepted(before + planned.length)
const busy = await readFor(sent)
console.log(`${planned.length} reminders due at once: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
const cpu = cpuSeconds().map((seconds, i) => ((seconds - (cpuBefore[i] as number)) / planned.length) * 1_000)
console.log(`CPU a reminder: worker ${cpu[0]?.toFixed(1)} ms, database ${cpu[1]?.toFixed(1)} ms`)
console.log(`GET /pets in calm: ${summary(calm)}`)
console.log(`GET /pets meanwhile: ${summary(busy)}`)
process.exitCode = 0

async function addAddresses(context: Context): Promise<void> {
  for (let n = 1; n <= ADDRESSED; n++) {
    const contact = { email: `owner-${n}@petra.example`, phone: null, address: null }
    await transact(context.db, async (tx) => {
      await insertContact(tx, await contactRow(tx, context, idOf('owner', n), 1, contact))
    })
  }
}

/** Moves visits to tomorrow and to pets whose owners have an address; the reminders of these. */
async function planVisits(count: number) {
  const { rows } = await owner.query(
    `with chosen as (select id, row_number() over (order by id) as n from appointments limit $1)
     update appointments a
        set pet_id = md5('pet:' || n % ${ADDRESSED * 3} + 1)::uuid, starts_at = date_trunc('second', now()) + interval '23 hours',
            ends_at = date_trunc('second', now()) + interval '23 hours 30 minutes'
       from chosen where chosen.id = a.id
     returning a.id, a.starts_at as at`,
    [count],
  )
  await owner.query('vacuum (analyze)')
  return rows.map(({ id, at }) => ({
    key: `remind-owner:${id}:24`,
    name: 'appointments.remind-owner',
    payload: { appointmentId: id as string, startsAt: (at as Date).toISOString(), hoursBefore: 24 },
  }))
}

/** Spread as reminders are that are due at the same time. */
function dueFromNowOn<Reminder extends { payload: { appointmentId: string } }>(reminder: Reminder) {
  const at = Date.now() + 1_000 * secondsLater(reminder.payload.appointmentId)
  return { ...reminder, runAt: new Date(at).toISOString() }
}

async function openSmtp(): Promise<string> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      let head = ''
      stream.on('data', (chunk: Buffer) => {
        if (head.length < 8_192) head += chunk.toString('latin1')
      })
      stream.on('end', () => {
        accepted.set(/^Message-ID:\s+<([^>]+)>/im.exec(head)?.[1] ?? '', performance.now())
        done()
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  stack.defer(() => new Promise<void>((done) => server.close(() => done())))
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
}

async function startWorker(smtpUrl: string): Promise<number> {
  const [file, ...args] = petraCommand
  const child = spawn(file as string, args, {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, ...env, PROCESS: 'worker', SMTP_URL: smtpUrl },
  })
  const ended = once(child, 'exit')
  stack.defer(async () => {
    child.kill('SIGKILL')
    await ended
  })
  await once(child.stdout, 'data')
  return child.pid as number
}

/** CPU time of the worker and of PostgreSQL so far. */
function cpuSeconds(): [worker: number, database: number] {
  const [postmaster] = readFileSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')
  let database = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const { parent, seconds } = statOf(pid)
    if (parent === postmaster || pid === postmaster) database += seconds
  }
  return [statOf(String(worker)).seconds, database]
}

function statOf(pid: string): { parent: string | undefined; seconds: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { parent: fields[1], seconds: (Number(fields[11]) + Number(fields[12])) / 100 }
  } catch {
    return { parent: undefined, seconds: 0 }
  }
}

/** Milliseconds from each booking's answer to the acceptance of its mail. */
async function bookVisits(count: number): Promise<number[]> {
  const answered = new Map<string, number>()
  for (let i = 0; i < count; i++) {
    const response = await ask(petra, W3, i % ADDRESSED)
    const { id } = (await response.json()) as { id?: string }
    if (response.status !== 201 || !id) throw new Error(`booking ${i}: ${response.status}`)
    answered.set(id, performance.now())
    await wait(100)
  }
  await allAccepted(count)
  return [...accepted].flatMap(([messageId, at]) => {
    const id = [...answered.keys()].find((visit) => messageId.includes(visit))
    return id === undefined ? [] : [at - (answered.get(id) as number)]
  })
}

async function allAccepted(count: number): Promise<void> {
  for (const until = performance.now() + 150_000; accepted.size < count; await wait(20)) {
    if (performance.now() > until) throw new Error(`${accepted.size} of ${count} mails were accepted`)
  }
}

/** Milliseconds that reads take until the work is done. */
async function readFor(work: Promise<unknown>): Promise<number[]> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  const times: number[] = []
  for (let i = 0; !isDone; i++) {
    const askedAt = performance.now()
    await (await ask(petra, W1, i)).arrayBuffer()
    times.push(performance.now() - askedAt)
    await wait(1_000 / READS_PER_SECOND)
  }
  await done
  return times
}

function ask({ url, tokenOf }: BenchServer, workload: typeof W1 | undefined, i: number): Promise<Response> {
  if (!workload) throw new Error('There is no such workload')
  const { owner, method, path, body } = workload.request(i)
  return fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${tokenOf(owner)}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
}

function summary(times: number[]): string {
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.ceil(times.length * share) - 1] ?? Number.NaN)
  return `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms of ${times.length}`
}
