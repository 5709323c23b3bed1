import { StartupError } from '../startup-error.ts'
import type { KeyringContents } from './keyring-contents.ts'
import { readKeyring, whileChanging } from './keyring-file.ts'
import { type KeyringGuard, parseKeyring, serializeKeyring } from './keyring-text.ts'
import { replaceSecretFile } from './secret-file.ts'

/**
 * Has another guard seal the keyring of a folder, with all that is in it as it was: one file is replaced, as a whole or not at all.
 * Processes that run keep the keys that they know, and have to be started anew before any of those changes.
 * @returns whether it was another guard: false after a move whose end nobody saw
 * @throws StartupError when the one does not open the file, the other is out of reach or does not open what it sealed, or
 *   key-encryption keys are in neither but on the machine that is left
 */
export async function moveKeyring(folder: string, from: KeyringGuard, to: KeyringGuard): Promise<boolean> {
  return whileChanging(folder, async (path) => {
    if (await isOpenedBy(path, to)) return false
    const contents = await readKeyring(path, from).catch(ofOld)
    requireAllHere(contents)
    const text = await serializeKeyring(contents, to)
    // Whoever may wrap over there may not always unwrap.
    await parseKeyring(path, text, to)
    await replaceSecretFile(path, text)
    return true
  })
}

async function isOpenedBy(path: string, guard: KeyringGuard): Promise<boolean> {
  try {
    await readKeyring(path, guard)
    return true
  } catch (error) {
    if (error instanceof StartupError) return false
    throw error
  }
}

/** Says of a variable that it is the one of the guard that is left. */
export function ofOld(error: unknown): never {
  if (!(error instanceof StartupError)) throw error
  throw new StartupError(error.message.replaceAll(/\b(KEYRING_URL|KEYRING_PASSPHRASE|VAULT_TOKEN)/g, 'OLD_$1'))
}

function requireAllHere({ keyEncryptionKeys }: KeyringContents): void {
  if (keyEncryptionKeys.every(({ key }) => key !== undefined)) return
  throw new StartupError(
    'There are key-encryption keys that never leave where they are. Still under the guard of before, wrap the data keys with one in the ' +
      'keyring (npm run keys -- rotate --here), and drop the others (npm run keys -- retire).',
  )
}
