import { createHmac, createPrivateKey, createPublicKey, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { IntegrityError, type SealingKey, sealingKey } from './envelope.ts'
import type { KeyEncryption, RemoteKeyEncryption, WrappedKey } from './key-encryption.ts'
import { keyEncryptionInBoth } from './key-encryption-in-both.ts'
import { keyEncryptionInFile } from './key-encryption-in-file.ts'
import type { KeyringContents } from './keyring-contents.ts'
import { type KeyringFile, openKeyringFile } from './keyring-file.ts'
import type { KeyringGuard } from './keyring-text.ts'
import { openSigningKeys, type SigningKey, type SigningKeys, toSigningKey } from './signing-keys.ts'

export type { WrappedKey } from './key-encryption.ts'
export { keyringPath } from './keyring-file.ts'

/** The keys everything else hangs on. Wrapping may be a call to another machine, which may be away: then it throws AppError 503. */
export interface Keyring extends KeyEncryption {
  /** What everything sealed is bound to: production, or one of its trials. */
  readonly environment: string
  /** Seals a data key under the current key-encryption key; `context` is what it is bound to. */
  wrap(dataKey: Buffer, context: string): Promise<WrappedKey>
  /** @throws IntegrityError when the wrapped key, its context or its key-encryption key is not the one it was wrapped with */
  unwrap(wrapped: WrappedKey, context: string): Promise<Buffer>
  /** Whether it opens what that key-encryption key has wrapped. */
  knows(kekId: string): boolean
  /** Whether that key-encryption key is in the file, and not on another machine. */
  holds(kekId: string): boolean
  /** HMAC-SHA-256 under the key of that purpose. */
  hmac(purpose: HmacPurpose, input: string | Buffer): Buffer
  /** A key for one purpose and one context (HKDF, RFC 5869): the same arguments give the same key. */
  derive(purpose: 'idempotency' | 'event-mark' | 'webhook', context: string): SealingKey
  readonly signingKeys: SigningKeys
  readonly trailKey: TrailKey
}

type HmacPurpose = 'blind-index' | 'token'

/** The Ed25519 pair that signs the audit trail's checkpoints. */
export interface TrailKey {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

const LOOK_MS = 30_000

/**
 * Opens the keyring file of a folder, and makes both where there is none. Of several processes that start at once, one makes it.
 * Its signing and key-encryption keys follow the file; whatever else changes there needs a restart.
 * @param guard seals the file, when given: a passphrase, or the key-encryption keys of another machine, which then wrap
 *   the data keys as well
 * @param unreadable is told when the file cannot be read again; the keys known before stay
 * @throws StartupError when the file is open to others, damaged, cannot be written, or does not fit its guard
 */
export async function openKeyring(
  folder: string,
  guard?: KeyringGuard,
  unreadable: (error: unknown) => void = () => {},
): Promise<Keyring> {
  const remote = typeof guard === 'object' ? guard : undefined
  const file = await openKeyringFile(folder, guard, (contents) => materialOf(contents, !remote), unreadable)
  const { environment, hmacKeys, serverSecret } = file.current()
  const derived = (label: string) => Buffer.from(hkdfSync('sha256', serverSecret, '', label, 32))
  const holds = (kekId: string) => file.current().keyEncryptionKeys.some(({ id }) => id === kekId)
  const inFile = keyEncryptionInFile(() => file.current().keyEncryptionKeys)
  const wrapsElsewhere = (elsewhere: RemoteKeyEncryption): KeyEncryption => ({
    // Under a key that the file names: what another had wrapped no process would open.
    wrapAll: (dataKeys) => elsewhere.wrapAll(dataKeys, file.current().currentKekId),
    unwrapAll: elsewhere.unwrapAll,
  })
  const keys = remote
    ? keyEncryptionInBoth(
        { ...inFile, wrap: () => holds(file.current().currentKekId), have: holds },
        wrapsElsewhere(remote),
      )
    : inFile
  const inEnvironment = (context: string) => `${environment} ${context}`
  const knows = (kekId: string) => file.current().kekIds.has(kekId) || (remote?.owns(kekId) ?? false)
  let lookedAt = Date.now()

  async function wrapAll(dataKeys: Parameters<Keyring['wrapAll']>[0]) {
    if (Date.now() - lookedAt >= LOOK_MS) {
      lookedAt = Date.now()
      await file.look()
    }
    return keys.wrapAll(dataKeys.map(({ bytes, context }) => ({ bytes, context: inEnvironment(context) })))
  }

  async function unwrapAll(wrappedKeys: Parameters<Keyring['unwrapAll']>[0]) {
    const areKnown = () => wrappedKeys.every(({ wrapped }) => knows(wrapped.kekId))
    // A key may have been added a moment ago, by whoever wrapped this.
    if (!areKnown()) await file.look()
    if (!areKnown()) throw new IntegrityError()
    return keys.unwrapAll(wrappedKeys.map(({ wrapped, context }) => ({ wrapped, context: inEnvironment(context) })))
  }

  return {
    environment,
    wrapAll,
    unwrapAll,
    wrap: async (bytes, context) => (await wrapAll([{ bytes, context }]))[0] as WrappedKey,
    unwrap: async (wrapped, context) => (await unwrapAll([{ wrapped, context }]))[0] as Buffer,
    knows,
    holds,
    hmac: (purpose, input) => createHmac('sha256', hmacKeys[purpose]).update(input).digest(),
    derive: (purpose, context) => sealingKey(derived(`${purpose} ${context}`), purpose, environment),
    signingKeys: followedSigningKeys(file),
    trailKey: ed25519(derived('trail-key 1')),
  }
}

type Material = ReturnType<typeof materialOf>

/**
 * @param hasAll no key-encryption key may be elsewhere
 * @throws Error when a key is missing or is none
 */
function materialOf(contents: KeyringContents, hasAll: boolean) {
  const { environment, keyEncryptionKeys, signingKeys } = contents
  if (!environment || keyEncryptionKeys.length === 0 || signingKeys.length === 0)
    throw new Error('something is missing')
  const hmacKeys: Record<HmacPurpose, KeyObject> = {
    'blind-index': createSecretKey(secret(contents.blindIndexKey)),
    token: createSecretKey(secret(contents.tokenKey)),
  }
  return {
    environment,
    currentKekId: keyEncryptionKeys[0]?.id ?? '',
    kekIds: new Set(keyEncryptionKeys.map(({ id }) => id)),
    keyEncryptionKeys: keyEncryptionKeys
      .filter(({ key }) => key !== undefined || hasAll)
      .map(({ id, key = '' }) => sealingKey(secret(key), id, environment)),
    signingKeys: signingKeys.map(toSigningKey),
    hmacKeys,
    serverSecret: createSecretKey(secret(contents.serverSecret)),
  }
}

function followedSigningKeys(file: KeyringFile<Material>): SigningKeys {
  let seen: readonly SigningKey[] = file.current().signingKeys
  return openSigningKeys(seen, async () => {
    await file.look()
    const { signingKeys } = file.current()
    if (signingKeys === seen) return null
    seen = signingKeys
    return signingKeys
  })
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

function ed25519(seed: Buffer): TrailKey {
  const der = Buffer.concat([ED25519_PKCS8, seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

function secret(encoded: string): Buffer {
  const bytes = Buffer.from(encoded, 'base64url')
  if (bytes.length !== 32) throw new Error('a key is not 32 bytes long')
  return bytes
}
