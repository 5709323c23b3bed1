import { createHash, generateKeyPairSync, randomBytes, randomUUIDv7, scrypt, type webcrypto } from 'node:crypto'
import { promisify } from 'node:util'
import { IntegrityError, open, type SealingKey, seal } from './envelope.ts'
import { StartupError } from './startup-error.ts'

/** What the keyring file holds. Keys are 32 bytes in base64url; of each list the first is the current one. */
export interface KeyringContents {
  readonly format: 1
  readonly keyEncryptionKeys: readonly { readonly id: string; readonly key: string; readonly createdAt: string }[]
  readonly signingKeys: readonly {
    readonly kid: string
    readonly privateJwk: webcrypto.JsonWebKey
    readonly createdAt: string
  }[]
  readonly blindIndexKey: string
  readonly tokenKey: string
  readonly serverSecret: string
}

/** The file when a passphrase guards it: `sealed` is the contents' JSON, both fields in base64url. */
interface SealedKeyring {
  readonly format: 1
  readonly salt: string
  readonly sealed: string
}

/** A new keyring: one random key of each kind. */
export function generateKeyringContents(): KeyringContents {
  const createdAt = new Date().toISOString()
  return {
    format: 1,
    keyEncryptionKeys: [{ id: randomUUIDv7(), key: randomSecret(), createdAt }],
    signingKeys: [generateSigningKey()],
    blindIndexKey: randomSecret(),
    tokenKey: randomSecret(),
    serverSecret: randomSecret(),
  }
}

/** ES256: `crypto.verify` takes 100 µs, against 140 µs for Ed25519. */
export function generateSigningKey(): KeyringContents['signingKeys'][number] {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const privateJwk = privateKey.export({ format: 'jwk' }) as webcrypto.JsonWebKey
  return { kid: thumbprint(privateJwk), privateJwk, createdAt: new Date().toISOString() }
}

/** The text of the file, sealed when there is a passphrase. */
export async function serializeKeyring(contents: KeyringContents, passphrase?: string): Promise<string> {
  const json = JSON.stringify(contents, null, 2)
  if (passphrase === undefined) return `${json}\n`
  const salt = randomBytes(16).toString('base64url')
  const sealed = seal(await keyFrom(passphrase, salt), json, SEALED_AT).toString('base64url')
  return `${JSON.stringify({ format: 1, salt, sealed } satisfies SealedKeyring, null, 2)}\n`
}

/**
 * Reads the text of the file at `path`.
 * @throws StartupError when it is damaged, or the passphrase is wrong, missing or not asked for
 */
export async function parseKeyring(path: string, text: string, passphrase?: string): Promise<KeyringContents> {
  const file = parseJson(path, text)
  if (!('sealed' in file)) {
    if (passphrase === undefined) return file
    throw new StartupError(`The keyring ${path} was made without a passphrase; start without KEYRING_PASSPHRASE.`)
  }
  if (passphrase === undefined)
    throw new StartupError(`The keyring ${path} is sealed; set KEYRING_PASSPHRASE to open it.`)
  try {
    const sealed = Buffer.from(String(file.sealed), 'base64url')
    return JSON.parse(open(await keyFrom(passphrase, String(file.salt)), sealed, SEALED_AT).toString())
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    throw new StartupError(`The keyring ${path} does not open: KEYRING_PASSPHRASE is wrong, or the file is damaged.`)
  }
}

function parseJson(path: string, text: string): KeyringContents | SealedKeyring {
  try {
    const file = JSON.parse(text)
    if (file.format === 1) return file
  } catch {
    // Said below; the parser's own words could quote the file.
  }
  throw new StartupError(`The keyring ${path} is damaged, or of a format this version does not know.`)
}

const SEALED_AT = { table: 'keyring', column: 'sealed', rowId: '', version: 1, subjectId: '' }

/** 128 MiB and 0.4 s for each guess, the strongest setting OWASP lists for scrypt. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 }

async function keyFrom(passphrase: string, salt: string): Promise<SealingKey> {
  const derive = promisify(scrypt) as (
    text: string,
    salt: string,
    bytes: number,
    cost: typeof SCRYPT,
  ) => Promise<Buffer>
  return { id: `passphrase ${salt}`, bytes: await derive(passphrase.normalize('NFKC'), salt, 32, SCRYPT) }
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** RFC 7638: the name of a key is the hash of its public members in alphabetical order. */
function thumbprint({ crv, kty, x, y }: webcrypto.JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}
