import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  type webcrypto,
} from 'node:crypto'
import { join } from 'node:path'
import { IntegrityError, open, type SealingKey, seal } from './envelope.ts'
import { generateKeyringContents, type KeyringContents, parseKeyring, serializeKeyring } from './keyring-contents.ts'
import { createSecretFile, readSecretFile } from './secret-file.ts'
import { StartupError } from './startup-error.ts'

/** The keys everything else hangs on. Wrapping may be a call to another machine, so it answers later. */
export interface Keyring {
  /** Seals a data key under the current key-encryption key; `context` is what it is bound to. */
  wrap(dataKey: Buffer, context: string): Promise<WrappedKey>
  /** @throws IntegrityError when the wrapped key, its context or its key-encryption key is not the one it was wrapped with */
  unwrap(wrapped: WrappedKey, context: string): Promise<Buffer>
  /** Whether it holds that key-encryption key. */
  knows(kekId: string): boolean
  /** HMAC-SHA-256 under the key of that purpose. */
  hmac(purpose: 'blind-index' | 'token', input: string | Buffer): Buffer
  /** A key for one purpose and one context (HKDF, RFC 5869): the same arguments give the same key. */
  derive(purpose: 'idempotency', context: string): SealingKey
  /** The current one, which signs, comes first. */
  readonly signingKeys: readonly [SigningKey, ...SigningKey[]]
}

export interface WrappedKey {
  readonly kekId: string
  readonly bytes: Buffer
}

/** A P-256 key pair for ES256, and the public half as the JWKS shows it. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly publicJwk: Record<string, unknown>
}

/**
 * Opens the keyring file of a folder, and makes both where there is none. Of several processes that start at once, one makes it.
 * @param passphrase seals the file, when given
 * @throws StartupError when the file is open to others, damaged, cannot be written, or does not fit the passphrase
 */
export async function openKeyring(folder: string, passphrase?: string): Promise<Keyring> {
  const path = join(folder, 'keyring.json')
  const found = await readSecretFile(path)
  if (found !== undefined) return toKeyring(path, await parseKeyring(path, found, passphrase))
  await createSecretFile(path, await serializeKeyring(generateKeyringContents(), passphrase))
  // Another process may have been first: what stands in the file counts.
  const made = await readSecretFile(path)
  if (made === undefined) throw new StartupError(`The keyring ${path} was removed while Petra was starting.`)
  return toKeyring(path, await parseKeyring(path, made, passphrase))
}

function toKeyring(path: string, contents: KeyringContents): Keyring {
  try {
    return assemble(contents)
  } catch {
    throw new StartupError(`The keyring ${path} is damaged.`)
  }
}

function assemble(contents: KeyringContents): Keyring {
  const [current, ...older] = contents.keyEncryptionKeys.map(({ id, key }) => ({ id, bytes: secret(key) }))
  const [signing, ...verifying] = contents.signingKeys.map(({ kid, privateJwk }) => toSigningKey(kid, privateJwk))
  if (!current || !signing) throw new Error('a list of keys is empty')
  const keyEncryptionKeys = new Map([current, ...older].map((key) => [key.id, key]))
  const hmacKeys = {
    'blind-index': createSecretKey(secret(contents.blindIndexKey)),
    token: createSecretKey(secret(contents.tokenKey)),
  }
  const serverSecret = createSecretKey(secret(contents.serverSecret))
  return {
    wrap: async (dataKey, context) => ({ kekId: current.id, bytes: seal(current, dataKey, wrappedAt(context)) }),
    unwrap: async (wrapped, context) => {
      const key = keyEncryptionKeys.get(wrapped.kekId)
      if (!key) throw new IntegrityError()
      return open(key, wrapped.bytes, wrappedAt(context))
    },
    knows: (kekId) => keyEncryptionKeys.has(kekId),
    hmac: (purpose, input) => createHmac('sha256', hmacKeys[purpose]).update(input).digest(),
    derive: (purpose, context) => ({
      id: purpose,
      bytes: Buffer.from(hkdfSync('sha256', serverSecret, '', `${purpose} ${context}`, 32)),
    }),
    signingKeys: [signing, ...verifying],
  }
}

function wrappedAt(context: string) {
  return { table: 'data_keys', column: 'wrapped', rowId: context, version: 1, subjectId: '' }
}

function secret(encoded: string): Buffer {
  const bytes = Buffer.from(encoded, 'base64url')
  if (bytes.length !== 32) throw new Error('a key is not 32 bytes long')
  return bytes
}

function toSigningKey(kid: string, privateJwk: webcrypto.JsonWebKey): SigningKey {
  const privateKey = createPrivateKey({ key: privateJwk, format: 'jwk' })
  const publicKey = createPublicKey(privateKey)
  return {
    kid,
    privateKey,
    publicKey,
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' },
  }
}
