import assert from 'node:assert/strict'
import { get, table } from './table.ts'

/** The whole trail is the admins'. */
export const audit = table(
  `
                           nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listAuditEvents        401    403   403   403   403   403   403   403   403   403   403   403   403    403   all
    exportAuditEvents      401    403   403   403   403   403   403   403   403   403   403   403   403    403   lines
    proveAuditEvent        401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    listAuditCheckpoints   401    403   403   403   403   403   403   403   403   403   403   403   403    403   none
    proveAuditConsistency  401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    getAuditKey            401    403   403   403   403   403   403   403   403   403   403   403   403    403   key
  `,
  {
    listAuditEvents: {
      ask: ({ pets }) => get(`/audit-events?pet=${pets.pip}&action=medical-record.listed`),
      looks: { all: ({ items }) => assert.equal(items.length, 3) },
    },
    exportAuditEvents: {
      ask: ({ pets }) => get(`/audit/export?pet=${pets.pip}&action=medical-record.listed`),
      looks: { lines: (text) => assert.equal(text.trim().split('\n').length, 3) },
    },
    // Sealing is the worker's, which the stage has none of.
    proveAuditEvent: { ask: () => get(`/audit-events/${crypto.randomUUID()}/proof`) },
    proveAuditConsistency: { ask: () => get('/audit/checkpoints/2/consistency?from=1') },
    listAuditCheckpoints: {
      ask: () => get('/audit/checkpoints'),
      looks: { none: ({ items }) => assert.deepEqual(items, []) },
    },
    getAuditKey: {
      ask: () => get('/audit/key'),
      looks: { key: ({ publicKey }) => assert.match(publicKey, /BEGIN PUBLIC KEY/) },
    },
  },
)
