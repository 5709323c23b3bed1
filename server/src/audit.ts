import { createPublicKey, type KeyObject } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { anchorsOf } from './features/audit/anchors.ts'
import { exportTrail } from './features/audit/export-trail.ts'
import { findCheckpoint, lastNumberBefore } from './features/audit/queries/checkpoints.ts'
import { markOf } from './features/audit/seal-events.ts'
import { trailInDatabase } from './features/audit/trail-in-database.ts'
import { trailInFiles } from './features/audit/trail-in-files.ts'
import { BrokenTrail, type Verified, verifyTrail } from './features/audit/verify-trail.ts'
import { readConfig } from './platform/config.ts'
import { type Context, openContext } from './platform/context.ts'
import { openEmbeddedPostgres, runningSuperuserUrl } from './platform/embedded-postgres/embedded-postgres.ts'
import { lockFolder } from './platform/folder-lock.ts'
import { keyringPath } from './platform/keys/keyring.ts'
import { StartupError, unusableFile } from './platform/startup-error.ts'

const usage = `Say what to do:
  npm run audit -- verify [--from <instant>] [--to <instant>]   the trail of DATA_DIR, against its anchors
  npm run audit -- verify --export <folder> [--key <file.pem>]  an export, with its public key alone
  npm run audit -- export <folder>                              what has been sealed, for somebody else to verify`

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { from: { type: 'string' }, to: { type: 'string' }, export: { type: 'string' }, key: { type: 'string' } },
  })
  const [command, folder] = positionals
  if (!isUnderstood(positionals, Object.keys(values))) throw new StartupError(usage)
  if (values.export !== undefined) tell(await verifyExport(values.export, values.key))
  else if (command === 'verify') await withContext(async (context) => tell(await verifyHere(context, values)))
  else if (folder)
    await withContext(async ({ db, keyring }) => {
      const count = await exportTrail(db, keyring, await trailInDatabase(db, [], 1), folder)
      console.log(`${count} events are in ${folder}.`)
    })
} catch (thrown) {
  const error = unusableFile(thrown)
  process.exitCode = 1
  if (error instanceof BrokenTrail)
    console.log(`The trail does not hold, from event ${error.eventId ?? 'unknown'} on. ${error.message}`)
  else if (error instanceof StartupError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS'))
    console.error((error as Error).message)
  else throw error
}

/** What is left unread would leave the operator believing that something else was verified. */
function isUnderstood([command, folder, ...more]: string[], options: readonly string[]): boolean {
  const takes: readonly string[] = options.includes('export') ? ['export', 'key'] : ['from', 'to']
  if (command === 'verify') return folder === undefined && options.every((option) => takes.includes(option))
  return command === 'export' && Boolean(folder) && more.length === 0 && options.length === 0
}

async function verifyHere(
  { db, keyring, config }: Context,
  { from, to }: { from?: string; to?: string },
): Promise<Verified> {
  const [since, until] = [instant('from', from), instant('to', to)]
  const after = since ? await lastNumberBefore(db, since) : 0
  const source = await trailInDatabase(db, anchorsOf(config.auditAnchors), after + 1)
  return verifyTrail(source, {
    publicKey: keyring.trailKey.publicKey,
    markOf: markOf(keyring),
    after: await findCheckpoint(db, after),
    until,
  })
}

async function verifyExport(folder: string, key = join(folder, 'public-key.pem')): Promise<Verified> {
  const publicKey = toPublicKey(await readFile(key))
  if (publicKey?.asymmetricKeyType !== 'ed25519') throw new StartupError(`${key} is not the public key of a trail.`)
  return verifyTrail(await trailInFiles(folder), { publicKey })
}

function toPublicKey(pem: Buffer): KeyObject | null {
  try {
    return createPublicKey(pem)
  } catch {
    return null
  }
}

function tell({ events, unsealed, checkpoints, anchored }: Verified): void {
  console.log(
    `The trail holds: ${events} events under ${checkpoints} checkpoints, ${anchored} of them as they were published, and ${unsealed} not sealed yet.`,
  )
}

/** @throws StartupError when it is none */
function instant(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    return Temporal.Instant.from(text).toString()
  } catch {
    throw new StartupError(`--${name} takes an instant, such as 2027-03-15T13:00:00Z.`)
  }
}

/** With the database that is named, the one that runs under `DATA_DIR`, or else that one, started for this. */
async function withContext(work: (context: Context) => Promise<void>): Promise<void> {
  const config = readConfig()
  await access(keyringPath(join(config.dataDir, 'keys'))).catch(() => {
    throw new StartupError(`There is no keyring in ${config.dataDir}: set DATA_DIR to where Petra keeps its keys.`)
  })
  await using stack = new AsyncDisposableStack()
  const folder = join(config.dataDir, 'postgres')
  let databaseUrl = config.databaseUrl ?? (await runningSuperuserUrl(folder))
  if (databaseUrl === undefined) {
    stack.use(await lockFolder(config.dataDir))
    databaseUrl = stack.use(await openEmbeddedPostgres(folder)).url
  }
  await work(stack.use(await openContext({ ...config, databaseUrl })))
}
