import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// JavaScript, and not TypeScript: from the second start on nothing has to strip types, which is half a second and 20 MB.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/petra'))
await import('./main.ts')
