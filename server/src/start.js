import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `npm start`: runs `main.ts`, whose types were taken out by a process that has ended. What takes them out, and the code that
 * a compile cache keeps, would stay in memory for as long as the server runs (decision 26).
 */
const folder = join(import.meta.dirname, '../../node_modules/.cache/petra', process.version)
let stripped = false

registerHooks({
  load(url, context, nextLoad) {
    const source = url.endsWith('.ts') ? withoutTypes(readFileSync(fileURLToPath(url))) : undefined
    return source === undefined ? nextLoad(url, context) : { format: 'module', source, shortCircuit: true }
  },
})
await import('./main.ts')

/** By what the file says and not by its date, so nothing old is ever run; undefined where nothing can be kept: Node takes the types out itself then. */
function withoutTypes(typescript) {
  const file = join(folder, `${createHash('sha256').update(typescript).digest('hex')}.js`)
  const kept = readIfThere(file)
  if (kept !== undefined || stripped) return kept
  stripped = true
  spawnSync(process.execPath, [join(import.meta.dirname, 'strip-types.js'), folder], { stdio: 'ignore' })
  return readIfThere(file)
}

function readIfThere(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
