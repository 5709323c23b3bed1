import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'

/**
 * `node strip-types.js FOLDER`: leaves every source of the server in the folder as JavaScript, named by the SHA-256 of its
 * TypeScript. Lines and columns stay what they were. Started twice at once, both write the same;
 * what has its name is on the disk whole, whenever the machine stops.
 */
const root = join(import.meta.dirname, '../..')
const [folder = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
for (const source of globSync('{contract,server}/src/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] })) {
  const typescript = readFileSync(join(root, source))
  const file = join(folder, `${createHash('sha256').update(typescript).digest('hex')}.js`)
  if (existsSync(file)) continue
  writeFileSync(`${file}.${process.pid}`, stripTypeScriptTypes(typescript.toString()), { flush: true })
  renameSync(`${file}.${process.pid}`, file)
}
