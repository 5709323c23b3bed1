import { randomUUID } from 'node:crypto'
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StartupError, unusableFolder } from '../startup-error.ts'

/** Permission bits of group and others. */
const OTHERS = 0o077
const WRITABLE_BY_OTHERS = 0o022

/**
 * Reads a file that only its owner may read.
 * @returns undefined when there is none
 * @throws StartupError when others may read it, or change its folder, or it cannot be read
 */
export async function readSecretFile(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path, 'r')
    if ((await file.stat()).mode & OTHERS)
      throw new StartupError(`${path} is open to other users; run chmod 600 on it.`)
    if ((await stat(dirname(path))).mode & WRITABLE_BY_OTHERS) {
      throw new StartupError(`${dirname(path)} can be changed by other users; run chmod 700 on it.`)
    }
    return await file.readFile('utf8')
  } catch (error) {
    if (error instanceof StartupError) throw error
    if (codeOf(error) === 'ENOENT') return undefined
    throw unusableFolder(dirname(path), error)
  }
}

/**
 * Creates a file for its owner alone, whole or not at all, and leaves one that is there as it is.
 * @throws StartupError when it cannot be written
 */
export async function createSecretFile(path: string, text: string): Promise<void> {
  const folder = dirname(path)
  const draft = `${path}.${randomUUID()}`
  try {
    await mkdir(dirname(folder), { recursive: true })
    await mkdir(folder, { mode: 0o700 }).catch(unlessThere)
    await writeThrough(draft, text)
    // A link is made for one process only; a rename would replace the winner's keys.
    await link(draft, path).catch(unlessThere)
    await syncFolder(folder)
  } catch (error) {
    throw unusableFolder(folder, error)
  } finally {
    await rm(draft, { force: true }).catch(() => {})
  }
}

/**
 * Puts `text` in the place of what a file of its owner alone says: whoever reads it meanwhile gets the one or the other, whole.
 * @throws StartupError when it cannot be written
 */
export async function replaceSecretFile(path: string, text: string): Promise<void> {
  const folder = dirname(path)
  const draft = `${path}.${randomUUID()}`
  try {
    await writeThrough(draft, text)
    await rename(draft, path)
    await syncFolder(folder)
  } catch (error) {
    throw unusableFolder(folder, error)
  } finally {
    await rm(draft, { force: true }).catch(() => {})
  }
}

async function writeThrough(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx', 0o600)
  await file.writeFile(text)
  await file.sync()
}

/** Without it a power cut can lose the name of a file whose bytes are safe. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r')
  await folder.sync()
}

function unlessThere(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
