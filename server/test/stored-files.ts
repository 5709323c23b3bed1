import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backstage } from './backstage.ts'

/** The names of all files in the store, those that are not finished too. */
export async function storedFiles({ context }: Backstage): Promise<string[]> {
  const folder = join(context.config.dataDir, 'files')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort()
}
