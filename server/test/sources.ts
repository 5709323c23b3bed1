import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** A file of ours, by its path from the root, and what it imports. */
export interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
}

export interface Import {
  readonly specifier: string
  /** The path of a file of ours; undefined for packages. */
  readonly path: string | undefined
}

const root = join(import.meta.dirname, '../..')

/** Every TypeScript file of the house. */
export function readSources(): Source[] {
  return globSync('{contract,server,bench,examples}/**/*.ts', { cwd: root, exclude: ['**/node_modules'] })
    .sort()
    .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')))
}

export function sourceOf(path: string, text: string): Source {
  return {
    path,
    text,
    imports: [...text.matchAll(IMPORT)].map((found) => importOf(path, (found[1] ?? found[2] ?? found[3]) as string)),
  }
}

/** Static imports and re-exports with names, imports without, dynamic imports. */
const IMPORT = /^(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm

function importOf(from: string, specifier: string): Import {
  if (specifier === '@petra/contract') return { specifier, path: 'contract/src/index.ts' }
  return { specifier, path: specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined }
}

/** Tests and what only they use. */
export function isTest(path: string): boolean {
  return /\.test\.ts$|\/test-[^/]+$|^server\/test\//.test(path)
}
