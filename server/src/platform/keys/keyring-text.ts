import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '../errors.ts'
import { StartupError } from '../startup-error.ts'
import { IntegrityError, open, type SealingKey, seal, sealingKey } from './envelope.ts'
import type { RemoteKeyEncryption } from './key-encryption.ts'
import type { KeyringContents } from './keyring-contents.ts'

/** What seals the keyring file: nothing, a passphrase, or a key-encryption key on another machine. */
export type KeyringGuard = undefined | string | RemoteKeyEncryption

/** The file when it is sealed: `sealed` is the contents' JSON; in base64url, as are salt and wrapped key. */
type SealedKeyring =
  | { readonly format: 2; readonly salt: string; readonly sealed: string }
  | {
      readonly format: 2
      readonly environment: string
      readonly kekId: string
      readonly wrapped: string
      readonly sealed: string
    }

/** The text of the file, sealed when there is a guard. */
export async function serializeKeyring(contents: KeyringContents, guard: KeyringGuard): Promise<string> {
  const json = JSON.stringify(contents, null, 2)
  return `${guard === undefined ? json : JSON.stringify(await sealText(contents, json, guard), null, 2)}\n`
}

async function sealText(
  { environment }: KeyringContents,
  json: string,
  guard: string | RemoteKeyEncryption,
): Promise<SealedKeyring> {
  const sealUnder = (key: SealingKey) => seal(key, json, SEALED_AT).toString('base64url')
  if (typeof guard === 'string') {
    const salt = randomBytes(16).toString('base64url')
    return { format: 2, salt, sealed: sealUnder(await keyFrom(guard, salt)) }
  }
  const bytes = randomBytes(32)
  const [wrapped] = await reached(guard.wrapAll([{ bytes, context: fileContext(environment) }]))
  if (!wrapped) throw new Error('Nothing was wrapped.')
  const sealed = sealUnder(sealingKey(bytes, 'keyring', environment))
  return { format: 2, environment, kekId: wrapped.kekId, wrapped: wrapped.bytes.toString('base64url'), sealed }
}

/**
 * Reads the text of the file at `path`.
 * @throws StartupError when it is damaged, or its guard is wrong, missing, out of reach or not asked for
 */
export async function parseKeyring(path: string, text: string, guard: KeyringGuard): Promise<KeyringContents> {
  const file = parseJson(path, text)
  if (!('sealed' in file)) {
    if (guard === undefined) return file
    throw new StartupError(
      typeof guard === 'string'
        ? `The keyring ${path} was made without a passphrase; start without KEYRING_PASSPHRASE.`
        : `The keyring ${path} was made without KEYRING_URL; start without it.`,
    )
  }
  if (typeof guard !== ('salt' in file ? 'string' : 'object'))
    throw new StartupError(
      'salt' in file
        ? `The keyring ${path} is sealed; set KEYRING_PASSPHRASE to open it.`
        : `The keyring ${path} is sealed by a key elsewhere; set KEYRING_URL to open it.`,
    )
  try {
    const key = await sealerOf(file, guard as string | RemoteKeyEncryption)
    return JSON.parse(open(key, Buffer.from(file.sealed, 'base64url'), SEALED_AT).toString())
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    const guardedBy = typeof guard === 'string' ? 'KEYRING_PASSPHRASE' : 'KEYRING_URL'
    throw new StartupError(`The keyring ${path} does not open: ${guardedBy} is wrong, or the file is damaged.`)
  }
}

async function sealerOf(file: SealedKeyring, guard: string | RemoteKeyEncryption): Promise<SealingKey> {
  if ('salt' in file) return keyFrom(guard as string, file.salt)
  const { kekId, wrapped, environment } = file
  const underKek = { kekId, bytes: Buffer.from(wrapped, 'base64url') }
  const context = fileContext(environment)
  const [bytes] = await reached((guard as RemoteKeyEncryption).unwrapAll([{ wrapped: underKek, context }]))
  if (!bytes) throw new IntegrityError()
  return sealingKey(bytes, 'keyring', environment)
}

/** @throws StartupError where the keys of another machine are out of reach: without them there is nothing to start with */
export async function reached<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new StartupError('The keys that KEYRING_URL names cannot be reached, or do not let us use them.')
  }
}

function parseJson(path: string, text: string): KeyringContents | SealedKeyring {
  try {
    const file = JSON.parse(text)
    if (file.format === 2) return file
  } catch {
    // Said below; the parser's own words could quote the file.
  }
  throw new StartupError(`The keyring ${path} is damaged, or of a format this version does not know.`)
}

const SEALED_AT = { table: 'keyring', column: 'sealed', rowId: '', version: 1, subjectId: '' }

const fileContext = (environment: string) => `${environment} keyring`

/** 128 MiB and 0.4 s for each guess, the strongest setting OWASP lists for scrypt. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 }

async function keyFrom(passphrase: string, salt: string): Promise<SealingKey> {
  const derive = promisify(scrypt) as (
    text: string,
    salt: string,
    bytes: number,
    cost: typeof SCRYPT,
  ) => Promise<Buffer>
  return sealingKey(await derive(passphrase.normalize('NFKC'), salt, 32, SCRYPT), `passphrase ${salt}`, '')
}
