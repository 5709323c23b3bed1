import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { StartupError } from '../startup-error.ts'

/** The password of each role of the embedded database. */
export type Credentials = { postgres: string; petra_owner: string; petra_app: string }

const fileName = 'credentials.json'

/** The URL under which `role` signs in to database `petra` on `port`. */
export function urlOf(role: keyof Credentials, credentials: Credentials, port: number): string {
  return `postgres://${role}:${credentials[role]}@127.0.0.1:${port}/petra`
}

/**
 * The credentials kept in `home`; makes them while the cluster does not exist yet, since later they could not match it.
 *
 * @throws {StartupError} when they are gone or damaged
 */
export async function ensureCredentials(home: string): Promise<Credentials> {
  const hasCluster = existsSync(join(home, 'cluster'))
  if (!hasCluster && !existsSync(join(home, fileName))) await writeCredentials(home)
  return await readCredentials(home)
}

/** @throws {StartupError} when they are gone or damaged */
export async function readCredentials(home: string): Promise<Credentials> {
  const path = join(home, fileName)
  try {
    const { postgres, petra_owner, petra_app } = JSON.parse(await readFile(path, 'utf8'))
    if ([postgres, petra_owner, petra_app].every(isPassword)) return { postgres, petra_owner, petra_app }
  } catch (error) {
    const isGoneOrDamaged = error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (!isGoneOrDamaged) throw error
  }
  throw new StartupError(
    `${path} is missing or damaged, and the database beside it opens with nothing else. Restore the file from a backup.`,
  )
}

/** Either the whole file is there afterwards, also after a power cut, or none. */
async function writeCredentials(home: string): Promise<void> {
  const credentials: Credentials = { postgres: password(), petra_owner: password(), petra_app: password() }
  const path = join(home, fileName)
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(credentials, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

function password(): string {
  return randomBytes(32).toString('base64url')
}

function isPassword(value: unknown): boolean {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value)
}
