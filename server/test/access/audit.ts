import assert from 'node:assert/strict'
import { get, table } from './table.ts'

/** The whole trail is the admins'. */
export const audit = table(
  `
                      nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listAuditEvents   401    403   403   403   403   403   403   403   403   403   403   403   403    403   all
  `,
  {
    listAuditEvents: {
      ask: ({ pets }) => get(`/audit-events?pet=${pets.pip}&action=medical-record.listed`),
      looks: { all: ({ items }) => assert.equal(items.length, 3) },
    },
  },
)
