import assert from 'node:assert/strict'
import { get, post, table } from './table.ts'

/** Clients are for the front desk and admins. */
export const owners = table(
  `
                  nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listOwners    401    403   403   403   403   403   403   403   403   403   maya  403   403    403   maya
    createOwner   401    403   403   403   403   403   403   403   403   403   new   403   403    403   new
  `,
  {
    listOwners: {
      ask: () => get('/owners?search=maya'),
      looks: {
        maya: ({ items }, { stage }) =>
          assert.deepEqual(
            items.map(({ id }: { id: string }) => id),
            [stage.ids.maya],
          ),
      },
    },
    createOwner: {
      ask: (_, who) => post('/owners', { name: `Client of ${who}` }),
      looks: { new: ({ name }, { who }) => assert.equal(name, `Client of ${who}`) },
    },
  },
)
