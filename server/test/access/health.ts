import assert from 'node:assert/strict'
import { get, table } from './table.ts'

const ok = (body: { status: string }) => assert.equal(body.status, 'ok')

export const health = table(
  `
                   nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    getLiveness    ok     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok     ok    ok
    getReadiness   ok     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok    ok     ok    ok
  `,
  {
    getLiveness: { ask: () => get('/health/live'), looks: { ok } },
    getReadiness: { ask: () => get('/health/ready'), looks: { ok } },
  },
)
