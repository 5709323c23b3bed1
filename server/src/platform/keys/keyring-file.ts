import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { whileLocked } from '../file-lock.ts'
import { StartupError } from '../startup-error.ts'
import { generateKeyringContents, type KeyringContents } from './keyring-contents.ts'
import { type KeyringGuard, parseKeyring, reached, serializeKeyring } from './keyring-text.ts'
import { createSecretFile, readSecretFile, replaceSecretFile } from './secret-file.ts'

/** The keyring's file, which an operator may change while Petra runs. */
export interface KeyringFile<T> {
  /** What was made of the contents as last read. */
  current(): T
  /** Reads it again if it has changed; what cannot be read leaves the contents as they were. */
  look(): Promise<void>
}

export function keyringPath(folder: string): string {
  return join(folder, 'keyring.json')
}

/**
 * Opens the file, and makes it where there is none. Of several processes that start at once, one makes it.
 * @param make throws when the contents are damaged
 * @param unreadable is told when it cannot be read again
 * @throws StartupError when it is open to others, damaged, cannot be written, or does not fit its guard
 */
export async function openKeyringFile<T>(
  folder: string,
  guard: KeyringGuard,
  make: (contents: KeyringContents) => T,
  unreadable: (error: unknown) => void,
): Promise<KeyringFile<T>> {
  const path = keyringPath(folder)
  if ((await readSecretFile(path)) === undefined) {
    // Another process may be first: what stands in the file counts.
    await createSecretFile(path, await serializeKeyring(await newContents(guard), guard))
  }
  let seen = await versionOf(path)
  let made = intact(path, make, await readKeyring(path, guard))
  let looking: Promise<void> | null = null

  async function reread(): Promise<void> {
    try {
      const version = await versionOf(path)
      if (version === seen) return
      made = intact(path, make, await readKeyring(path, guard))
      seen = version
    } catch (error) {
      unreadable(error)
    }
  }

  return {
    current: () => made,
    look() {
      looking ??= reread().finally(() => {
        looking = null
      })
      return looking
    },
  }
}

/** @throws StartupError when there is none, or it does not open */
export async function readKeyring(path: string, guard: KeyringGuard): Promise<KeyringContents> {
  const text = await readSecretFile(path)
  if (text === undefined) throw noKeyring(path)
  return parseKeyring(path, text, guard)
}

/**
 * Changes the keyring of a folder; of several operators at once, one after the other.
 * @throws StartupError when there is none, or it cannot be read or written
 */
export async function changeKeyring(
  folder: string,
  guard: KeyringGuard,
  change: (contents: KeyringContents) => KeyringContents,
): Promise<{ readonly before: KeyringContents; readonly after: KeyringContents }> {
  return whileChanging(folder, async (path) => {
    const before = await readKeyring(path, guard)
    const after = change(before)
    await replaceSecretFile(path, await serializeKeyring(after, guard))
    return { before, after }
  })
}

/**
 * Runs `work` on the keyring's file while nobody else changes it.
 * @throws StartupError when there is none
 */
export async function whileChanging<T>(folder: string, work: (path: string) => Promise<T>): Promise<T> {
  const path = keyringPath(folder)
  // Ahead of the lock, which would be made in a folder that is not there.
  if ((await readSecretFile(path)) === undefined) throw noKeyring(path)
  return whileLocked(path, () => work(path))
}

function intact<T>(path: string, make: (contents: KeyringContents) => T, contents: KeyringContents): T {
  try {
    return make(contents)
  } catch {
    throw new StartupError(`The keyring ${path} is damaged.`)
  }
}

function noKeyring(path: string): StartupError {
  return new StartupError(`There is no keyring ${path}; Petra makes it at its first start.`)
}

async function newContents(guard: KeyringGuard): Promise<KeyringContents> {
  if (typeof guard !== 'object') return generateKeyringContents()
  // Which key is the current one is what it says of something it wraps.
  const [probe] = await reached(guard.wrapAll([{ bytes: Buffer.alloc(32), context: 'probe' }]))
  return generateKeyringContents(undefined, probe?.kekId)
}

/** Another after every change. */
async function versionOf(path: string): Promise<string> {
  const { ino, mtimeNs } = await stat(path, { bigint: true })
  return `${ino} ${mtimeNs}`
}
