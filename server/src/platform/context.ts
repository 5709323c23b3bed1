import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import type { Config } from './config.ts'
import { type DataKeys, openDataKeys } from './data-keys.ts'
import { type Db, openDatabase } from './database.ts'
import { openTrail, type Trail } from './event-log.ts'
import { type Keyring, openKeyring } from './keyring.ts'

/** What a feature is handed. */
export interface Context {
  readonly db: Db
  readonly trail: Trail
  readonly keyring: Keyring
  readonly dataKeys: DataKeys
  readonly log: Logger
  readonly config: Config & { readonly databaseUrl: string }
}

/** Opens what every part of the process shares; disposing closes it again. */
export async function openContext(config: Context['config']): Promise<Context & AsyncDisposable> {
  const log = pino({ level: config.logLevel, base: null, serializers: { err: errorForLog } })
  const keyring = await openKeyring(join(config.dataDir, 'keys'), config.keyringPassphrase)
  const dataKeys = openDataKeys(keyring)
  const db = openDatabase(config.databaseUrl, config.databasePool, (error) => log.warn({ err: error }, 'a database connection was lost'))
  return {
    db,
    trail: openTrail(db),
    keyring,
    dataKeys,
    log,
    config,
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]()
      dataKeys[Symbol.dispose]()
    },
  }
}

/** What is logged of an error: a database error's detail quotes values, and its client a whole connection. */
function errorForLog({ name, message, stack, code, constraint }: Error & { code?: string; constraint?: string }) {
  return { name, message, code, constraint, stack }
}
