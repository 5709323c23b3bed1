import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { KeyringContents } from './keyring-contents.ts'

/** A P-256 key pair for ES256, and the public half as the JWKS shows it. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly publicJwk: Record<string, unknown>
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** The signing keys as they stand in the keyring's file, which may get a new one at any time. */
export interface SigningKeys {
  /** All that tokens are verified with, the newest first. */
  all(): Promise<readonly SigningKey[]>
  /** The one that signs now: the newest that has been shown for long enough, or the only one. */
  current(): Promise<SigningKey>
  /** The one of that name. A name nobody knows has the file looked at again, once a minute at the most. */
  find(kid: string): Promise<SigningKey | undefined>
}

/** Nothing that a key signs is valid for longer. */
export const MOST_SIGNED_SECONDS = 900
/** A key is shown for so long before it signs: every process, and everybody who reads the JWKS, knows it by then. */
export const SHOWN_AHEAD_MS = 5 * 60_000

const LOOK_MS = 30_000
const SEEK_MS = 60_000

/** @param reread gives the keys of the file when it has changed, null otherwise */
export function openSigningKeys(
  opened: readonly SigningKey[],
  reread: () => Promise<readonly SigningKey[] | null>,
): SigningKeys {
  let keys = opened
  let lookedAt = Date.now()
  let soughtAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | null = null

  function look(): Promise<void> {
    looking ??= reread().then((found) => {
      keys = found ?? keys
      lookedAt = Date.now()
      looking = null
    })
    return looking
  }

  async function all(): Promise<readonly SigningKey[]> {
    if (Date.now() - lookedAt >= LOOK_MS) await look()
    return keys
  }

  const named = (kid: string) => keys.find((key) => key.kid === kid)

  return {
    all,
    async current() {
      const newestFirst = await all()
      const shown = newestFirst.find(({ createdAt }) => createdAt + SHOWN_AHEAD_MS <= Date.now())
      return shown ?? (newestFirst.at(-1) as SigningKey)
    },
    async find(kid) {
      const known = named(kid)
      if (known) return known
      if (Date.now() - soughtAt >= SEEK_MS) {
        soughtAt = Date.now()
        void look()
      }
      await looking
      return named(kid)
    },
  }
}

/** @throws Error when it is not a key */
export function toSigningKey({ kid, privateJwk, createdAt }: KeyringContents['signingKeys'][number]): SigningKey {
  const privateKey = createPrivateKey({ key: privateJwk, format: 'jwk' })
  const publicKey = createPublicKey(privateKey)
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }
  return { kid, privateKey, publicKey, publicJwk, createdAt: Date.parse(createdAt) }
}
