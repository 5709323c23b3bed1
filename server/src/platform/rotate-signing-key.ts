import { whileLocked } from './file-lock.ts'
import { keyringPath } from './keyring.ts'
import { generateSigningKey, type KeyringContents, parseKeyring, serializeKeyring } from './keyring-contents.ts'
import { readSecretFile, replaceSecretFile } from './secret-file.ts'
import { MOST_SIGNED_SECONDS, SHOWN_AHEAD_MS } from './signing-keys.ts'
import { StartupError } from './startup-error.ts'

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
export async function rotateSigningKey(folder: string, passphrase?: string): Promise<Rotation> {
  const path = keyringPath(folder)
  if ((await readSecretFile(path)) === undefined) {
    throw new StartupError(`There is no keyring ${path}; Petra makes it at its first start.`)
  }
  return whileLocked(path, async () => {
    const contents = await parseKeyring(path, (await readSecretFile(path)) ?? '', passphrase)
    const signingKey = generateSigningKey()
    const kept = contents.signingKeys.filter((_, index) => isNeeded(contents.signingKeys, index))
    const signingKeys = [signingKey, ...kept]
    await replaceSecretFile(path, await serializeKeyring({ ...contents, signingKeys }, passphrase))
    return {
      kid: signingKey.kid,
      signsFrom: new Date(Date.parse(signingKey.createdAt) + SHOWN_AHEAD_MS),
      dropped: contents.signingKeys.filter((key) => !kept.includes(key)).map(({ kid }) => kid),
    }
  })
}

/** A key signs until the next newer one has been shown for long enough; what it signed last is valid for a while after. */
function isNeeded(newestFirst: KeyringContents['signingKeys'], index: number): boolean {
  const successor = newestFirst[index - 1]
  if (!successor) return true
  return Date.parse(successor.createdAt) + SHOWN_AHEAD_MS + MOST_SIGNED_SECONDS * 1000 + LEEWAY_MS > Date.now()
}
