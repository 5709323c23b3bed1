import { writeFile } from 'node:fs/promises'
import { openApiDocument } from '../src/platform/http/openapi.ts'

/** `npm run openapi:write` writes down what GET /openapi.json says, for a diff to show what a change does to the contract. */
await writeFile(new URL('openapi.json', import.meta.url), `${JSON.stringify(openApiDocument(), null, 2)}\n`)
