import { createHmac, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { refreshToken } from '../server/src/features/sessions/refresh-token.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { openContext } from '../server/src/platform/context.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { openEmbeddedPostgres } from '../server/src/platform/embedded-postgres/embedded-postgres.ts'
import { type Keyring, openKeyring } from '../server/src/platform/keys/keyring.ts'
import { accessToken } from './access-token.ts'
import { accountWorkloads, seedAccounts } from './accounts.ts'
import { measureSignIns } from './accounts-sign-in.ts'
import { type BenchServer, petraCommand, startServer } from './bench-server.ts'
import { measureBooking } from './booking-speed.ts'
import { idOf, recordText } from './company.ts'
import { familyCpuSeconds } from './cpu-time.ts'
import { drive, type Round } from './drive.ts'
import { report } from './report.ts'
import { seed } from './seed.ts'
import { tokenCost } from './token-cost.ts'
import { workloads } from './workloads.ts'

/**
 * `npm run bench [-- --seconds 5 --rounds 3 --workloads W1,W3]`: Petra beside what the machine can do at most, on the same
 * database, in rounds that alternate. PostgreSQL, both servers and the load share the machine, so judge by ratio and by CPU.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    workloads: { type: 'string', default: 'W1,W2,W3,W4,W4-cold,W5,W6,sign-in,booking' },
  },
})
const WARM_SECONDS = 3
let keyring: Keyring
const works = { ...workloads(recordText), ...accountWorkloads((renewal) => refreshToken(keyring, renewal)) }
const named = values.workloads.split(',')
const chosen = named.flatMap((name) => {
  if (name === 'sign-in' || name === 'booking') return []
  const workload = works[name]
  if (!workload)
    throw new Error(`There is no workload ${name}; there are ${Object.keys(works).join(', ')}, sign-in and booking.`)
  return [{ name, workload }]
})

const interrupted = Promise.withResolvers<never>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interrupted.reject(`Stopped by ${signal}.`))
}

try {
  await main()
  process.exit(0)
} catch (error) {
  console.error(error)
  process.exit(1)
}

/** However it ends, servers, database and folder are gone afterwards. */
async function main(): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'petra-bench-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  await Promise.race([bench(stack, folder), interrupted.promise])
}

async function bench(stack: AsyncDisposableStack, folder: string): Promise<void> {
  say('starting PostgreSQL')
  const postgres = stack.use(await openEmbeddedPostgres(join(folder, 'postgres')))
  await migrate(postgres.migrationUrl)
  say('seeding 20,000 owners')
  keyring = await openKeyring(join(folder, 'data', 'keys'))
  const { servers, env, sign } = await prepareServers(stack, postgres, folder)
  const databaseCpu = () => familyCpuSeconds(postgres.pid)
  const measured: { name: string; title: string; server: string; rounds: Round[] }[] = []
  for (const { name, workload } of chosen) {
    let count = 0
    const next = () => count++
    const compared = workload.petraOnly ? servers.slice(1) : servers
    const results = new Map<BenchServer, Round[]>(compared.map((server) => [server, []]))
    for (const server of compared) await drive(server, workload, next, WARM_SECONDS, databaseCpu)
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const server of round % 2 === 0 ? compared : compared.toReversed()) {
        say(`${name} ${workload.title}, round ${round + 1}, ${server.name}`)
        results.get(server)?.push(await drive(server, workload, next, Number(values.seconds), databaseCpu))
      }
    }
    for (const [server, rounds] of results) measured.push({ name, title: workload.title, server: server.name, rounds })
  }
  if (measured.length > 0) console.log(report(measured))
  console.log(`\n${await tokenCost(keyring, postgres.url)}`)
  if (named.includes('sign-in')) {
    say('signing in')
    console.log(`\n${await measureSignIns(env, sign, Number(values.seconds))}`)
  }
  if (named.includes('booking')) {
    say('searching and booking among 170,000 reservations')
    const { W3 } = workloads(recordText)
    if (W3)
      console.log(
        `\n${await measureBooking(env, postgres.migrationUrl, sign, W3, Number(values.seconds), databaseCpu)}`,
      )
  }
}

/** The two servers, the limit first; and what another Petra on the same data is started with. */
async function prepareServers(
  stack: AsyncDisposableStack,
  postgres: { url: string; migrationUrl: string },
  folder: string,
): Promise<{ servers: BenchServer[]; env: Record<string, string>; sign: (owner: number, url: string) => string }> {
  const env = {
    DATABASE_URL: postgres.url,
    MIGRATION_DATABASE_URL: postgres.migrationUrl,
    DATA_DIR: join(folder, 'data'),
    RATE_LIMIT_PER_ADDRESS: '1000000000',
  }
  await using context = await openContext({ ...readConfig(env), databaseUrl: postgres.url })
  await seedAccounts(context)
  await seed(context, postgres.migrationUrl, recordText)
  const signingKey = await keyring.signingKeys.current()
  const secret = randomBytes(32).toString('base64url')
  const limit = await startServer(
    'limit',
    [process.execPath, 'bench/limit.ts'],
    { ...env, TOKEN_SECRET: secret },
    (owner) => limitToken(secret, owner),
  )
  stack.use(limit)
  const sign = (owner: number, url: string) => accessToken(signingKey, url, owner)
  // Mail goes out from a worker of its own: the limit sends none.
  const petra = await startServer('Petra', petraCommand, { ...env, PROCESS: 'api' }, sign)
  stack.use(petra)
  return { servers: [limit, petra], env, sign }
}

function limitToken(secret: string, owner: number): string {
  const signed = `${idOf('owner', owner)}.${Math.floor(Date.now() / 1000) + 43_200}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

function say(what: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${what}`)
}
