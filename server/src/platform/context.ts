import { join } from 'node:path'
import type { Redis } from 'ioredis'
import pino, { type Logger } from 'pino'
import type { Config } from './config.ts'
import { type Db, openDatabase } from './database/database.ts'
import { openTrail, type Trail } from './events/event-log.ts'
import { openEventMarks } from './events/event-marks.ts'
import { openDiskStore } from './files/disk-store.ts'
import { openS3Store } from './files/s3-store.ts'
import { openSealedFiles, type SealedFiles } from './files/sealed-files.ts'
import { openSpool } from './files/spool.ts'
import { selectOldestAndNewestKek } from './keys/data-key-rows.ts'
import type { DataKeys } from './keys/data-keys.ts'
import { replayDestructions } from './keys/destruction-ledger.ts'
import { openHeardDataKeys } from './keys/heard-data-keys.ts'
import { type Keyring, openKeyring } from './keys/keyring.ts'
import { keyringGuard } from './keys/keyring-guard.ts'
import { openRedis } from './redis.ts'
import { StartupError, unusableDatabase } from './startup-error.ts'

/** What a feature is handed. */
export interface Context {
  readonly db: Db
  /** Null where none is configured; it may be away at any time. */
  readonly redis: Redis | null
  readonly trail: Trail
  readonly keyring: Keyring
  readonly dataKeys: DataKeys
  readonly files: SealedFiles
  readonly log: Logger
  readonly config: Config & { readonly databaseUrl: string }
}

/**
 * Opens what every part of the process shares; disposing closes it again.
 * @throws StartupError when the database cannot be used, or is not the one that the keyring belongs to
 */
export async function openContext(config: Context['config']): Promise<Context & AsyncDisposable> {
  const log = pino({ level: config.logLevel, base: null, serializers: { err: errorForLog } })
  const guard = await keyringGuard(config.keyring, (error) => log.warn({ err: error }, 'the keys cannot be reached'))
  const keyring = await openKeyring(join(config.dataDir, 'keys'), guard, (error) =>
    log.warn({ err: error }, 'the keyring could not be read again'),
  )
  await using opened = new AsyncDisposableStack()
  const dataKeys = opened.use(await openHeardDataKeys(keyring, config.databaseUrl))
  const marks = openEventMarks(keyring.derive('event-mark', '').bytes)
  const onLost = (error: Error) => log.warn({ err: error }, 'a database connection was lost')
  const db = opened.use(openDatabase(config.databaseUrl, config.databasePool, onLost, marks))
  await requireItsKeyring(db, keyring).catch((error) => {
    throw unusableDatabase(config.databaseUrl, error)
  })
  const replayed = await replayDestructions({ db, keyring, folder: join(config.dataDir, 'keys') })
  if (replayed > 0) log.warn({ keys: replayed }, 'this database had keys that were destroyed; they are destroyed again')
  const redis = config.redisUrl ? opened.use(await openRedis(config.redisUrl, log)).redis : null
  const folder = join(config.dataDir, 'files')
  const spool = opened.use(openSpool(join(folder, 'spool')))
  const store = config.filesUrl ? opened.use(openS3Store(config.filesUrl, spool)) : openDiskStore(folder, spool)
  const files = openSealedFiles(db, dataKeys, store, spool)
  const open = opened.move()
  return {
    db,
    redis,
    trail: openTrail(db),
    keyring,
    dataKeys,
    files,
    log,
    config,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** A keyring that was lost is made anew when the process starts: beside a full database that must not pass in silence. */
async function requireItsKeyring(db: Db, keyring: Keyring): Promise<void> {
  const ends = await db.rows<{ kek_id: string }>(selectOldestAndNewestKek())
  if (ends.every(({ kek_id }) => keyring.knows(kek_id))) return
  throw new StartupError(
    'The keyring in DATA_DIR is not the one this database was sealed with, and nothing opens without that. Restore keys/keyring.json from its backup.',
  )
}

/** What is logged of an error: a database error's detail quotes values, and its client a whole connection. */
function errorForLog({ name, message, stack, code, constraint }: Error & { code?: string; constraint?: string }) {
  return { name, message, code, constraint, stack }
}
