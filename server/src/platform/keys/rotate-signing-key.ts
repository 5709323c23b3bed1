import { generateSigningKey, type KeyringContents } from './keyring-contents.ts'
import { changeKeyring } from './keyring-file.ts'
import type { KeyringGuard } from './keyring-text.ts'
import { MOST_SIGNED_SECONDS, SHOWN_AHEAD_MS } from './signing-keys.ts'

/** Clocks of the processes may differ by so much. */
const LEEWAY_MS = 60_000

export interface Rotation {
  readonly kid: string
  readonly signsFrom: Date
  /** Names of the keys that are gone. */
  readonly dropped: readonly string[]
}

/**
 * Adds a signing key to the keyring of a folder, and drops those that can have signed nothing that is still valid.
 * @throws StartupError when there is no keyring, or it cannot be read or written
 */
export async function rotateSigningKey(folder: string, guard?: KeyringGuard): Promise<Rotation> {
  const signingKey = generateSigningKey()
  const { before } = await changeKeyring(folder, guard, (contents) => ({
    ...contents,
    signingKeys: [signingKey, ...contents.signingKeys.filter((_, index) => isNeeded(contents.signingKeys, index))],
  }))
  return {
    kid: signingKey.kid,
    signsFrom: new Date(Date.parse(signingKey.createdAt) + SHOWN_AHEAD_MS),
    dropped: before.signingKeys.filter((_, index) => !isNeeded(before.signingKeys, index)).map(({ kid }) => kid),
  }
}

/** A key signs until the next newer one has been shown for long enough; what it signed last is valid for a while after. */
function isNeeded(newestFirst: KeyringContents['signingKeys'], index: number): boolean {
  const successor = newestFirst[index - 1]
  if (!successor) return true
  return Date.parse(successor.createdAt) + SHOWN_AHEAD_MS + MOST_SIGNED_SECONDS * 1000 + LEEWAY_MS > Date.now()
}
