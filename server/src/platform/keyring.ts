import { createHmac, createPrivateKey, createPublicKey, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { IntegrityError, open, type SealingKey, seal } from './envelope.ts'
import { generateKeyringContents, type KeyringContents, parseKeyring, serializeKeyring } from './keyring-contents.ts'
import { createSecretFile, readSecretFile } from './secret-file.ts'
import { openSigningKeys, type SigningKey, type SigningKeys, toSigningKey } from './signing-keys.ts'
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
  derive(purpose: 'idempotency' | 'event-mark', context: string): SealingKey
  readonly signingKeys: SigningKeys
  readonly trailKey: TrailKey
}

/** The Ed25519 pair that signs the audit trail's checkpoints. */
export interface TrailKey {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export interface WrappedKey {
  readonly kekId: string
  readonly bytes: Buffer
}

/**
 * Opens the keyring file of a folder, and makes both where there is none. Of several processes that start at once, one makes it.
 * Its signing keys follow the file; whatever else changes there needs a restart.
 * @param passphrase seals the file, when given
 * @param unreadable is told when the file cannot be read again; the keys known before stay
 * @throws StartupError when the file is open to others, damaged, cannot be written, or does not fit the passphrase
 */
export async function openKeyring(
  folder: string,
  passphrase?: string,
  unreadable: (error: unknown) => void = () => {},
): Promise<Keyring> {
  const path = keyringPath(folder)
  if ((await readSecretFile(path)) === undefined) {
    // Another process may be first: what stands in the file counts.
    await createSecretFile(path, await serializeKeyring(generateKeyringContents(), passphrase))
  }
  let seen = await versionOf(path)
  const { contents, keys } = await read(path, passphrase)
  const signingKeys = openSigningKeys(keys, async () => {
    try {
      const version = await versionOf(path)
      if (version === seen) return null
      const reread = await read(path, passphrase)
      seen = version
      return reread.keys
    } catch (error) {
      unreadable(error)
      return null
    }
  })
  return intact(path, () => assemble(contents, signingKeys))
}

export function keyringPath(folder: string): string {
  return join(folder, 'keyring.json')
}

/** Another after every change. */
async function versionOf(path: string): Promise<string> {
  const { ino, mtimeNs } = await stat(path, { bigint: true })
  return `${ino} ${mtimeNs}`
}

async function read(path: string, passphrase: string | undefined) {
  const text = await readSecretFile(path)
  if (text === undefined) throw new StartupError(`The keyring ${path} was removed while Petra was reading it.`)
  const contents = await parseKeyring(path, text, passphrase)
  return { contents, keys: intact(path, () => signingKeysOf(contents)) }
}

function signingKeysOf({ signingKeys }: KeyringContents): SigningKey[] {
  if (signingKeys.length === 0) throw new Error('there is no signing key')
  return signingKeys.map(toSigningKey)
}

function intact<T>(path: string, make: () => T): T {
  try {
    return make()
  } catch {
    throw new StartupError(`The keyring ${path} is damaged.`)
  }
}

function assemble(contents: KeyringContents, signingKeys: SigningKeys): Keyring {
  const [current, ...older] = contents.keyEncryptionKeys.map(({ id, key }) => ({ id, bytes: secret(key) }))
  if (!current) throw new Error('there is no key-encryption key')
  const keyEncryptionKeys = new Map([current, ...older].map((key) => [key.id, key]))
  const hmacKeys = {
    'blind-index': createSecretKey(secret(contents.blindIndexKey)),
    token: createSecretKey(secret(contents.tokenKey)),
  }
  const serverSecret = createSecretKey(secret(contents.serverSecret))
  const derived = (label: string) => Buffer.from(hkdfSync('sha256', serverSecret, '', label, 32))
  return {
    wrap: async (dataKey, context) => ({ kekId: current.id, bytes: seal(current, dataKey, wrappedAt(context)) }),
    unwrap: async (wrapped, context) => {
      const key = keyEncryptionKeys.get(wrapped.kekId)
      if (!key) throw new IntegrityError()
      return open(key, wrapped.bytes, wrappedAt(context))
    },
    knows: (kekId) => keyEncryptionKeys.has(kekId),
    hmac: (purpose, input) => createHmac('sha256', hmacKeys[purpose]).update(input).digest(),
    derive: (purpose, context) => ({ id: purpose, bytes: derived(`${purpose} ${context}`) }),
    signingKeys,
    trailKey: ed25519(derived('trail-key 1')),
  }
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

function ed25519(seed: Buffer): TrailKey {
  const der = Buffer.concat([ED25519_PKCS8, seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

function wrappedAt(context: string) {
  return { table: 'data_keys', column: 'wrapped', rowId: context, version: 1, subjectId: '' }
}

function secret(encoded: string): Buffer {
  const bytes = Buffer.from(encoded, 'base64url')
  if (bytes.length !== 32) throw new Error('a key is not 32 bytes long')
  return bytes
}
