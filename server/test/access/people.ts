import assert from 'node:assert/strict'
import { linkToken } from '../../src/platform/link-token.ts'
import { addAccount } from '../world.ts'
import type { Persona } from './cast.ts'
import type { Stage } from './stage.ts'
import { del, get, post, put, table } from './table.ts'

/** Accounts are the admins' business; whoever holds a mailed link claims what it was made for. */
export const people = table(
  `
                              nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    claimAccount              done   done  done  done  done  done  done  done  done  done  done  done  done   done  done
    listAccounts              401    403   403   403   403   403   403   403   403   403   403   403   403    403   maya
    getAccount                401    403   403   403   403   403   403   403   403   403   403   403   403    403   una
    getAccount,missing        401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    setRoles                  401    403   403   403   403   403   403   403   403   403   403   403   403    403   una
    setRoles,own              401    403   403   403   403   403   403   403   403   403   403   403   403    403   403
    setRoles,missing          401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    disableAccount            401    403   403   403   403   403   403   403   403   403   403   403   403    403   disabled
    disableAccount,own        401    403   403   403   403   403   403   403   403   403   403   403   403    403   403
    disableAccount,missing    401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    enableAccount             401    403   403   403   403   403   403   403   403   403   403   403   403    403   una
    enableAccount,own         401    403   403   403   403   403   403   403   403   403   403   403   403    403   403
    inviteAccount             401    403   403   403   403   403   403   403   403   403   403   403   403    403   una
    inviteAccount,missing     401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
  `,
  {
    claimAccount: { ask: async (stage, who) => post('/auth/account-claim', await claimOf(stage, who)) },
    listAccounts: {
      ask: () => get('/accounts?search=maya'),
      looks: {
        maya: ({ items }, { stage }) =>
          assert.deepEqual(
            items.map(({ id }: { id: string }) => id),
            [stage.ids.maya],
          ),
      },
    },
    getAccount: { ask: ({ spare }) => get(`/accounts/${spare}`), looks: { una } },
    'getAccount,missing': { ask: () => get(`/accounts/${crypto.randomUUID()}`) },
    setRoles: { ask: ({ spare }) => put(`/accounts/${spare}/roles`, { roles: ['groomer'] }), looks: { una } },
    'setRoles,own': { ask: (stage, who) => put(`/accounts/${ownOf(stage, who)}/roles`, { roles: ['admin'] }) },
    'setRoles,missing': { ask: () => put(`/accounts/${crypto.randomUUID()}/roles`, { roles: ['admin'] }) },
    disableAccount: {
      ask: async ({ house }, who) => post(`/accounts/${await addAccount(house, `Disabled by ${who}`)}/disablement`),
      looks: { disabled: ({ status }) => assert.equal(status, 'disabled') },
    },
    'disableAccount,own': { ask: (stage, who) => post(`/accounts/${ownOf(stage, who)}/disablement`) },
    'disableAccount,missing': { ask: () => post(`/accounts/${crypto.randomUUID()}/disablement`) },
    enableAccount: { ask: ({ spare }) => del(`/accounts/${spare}/disablement`), looks: { una } },
    'enableAccount,own': { ask: (stage, who) => del(`/accounts/${ownOf(stage, who)}/disablement`) },
    inviteAccount: { ask: ({ spare }) => post(`/accounts/${spare}/invitation`), looks: { una } },
    'inviteAccount,missing': { ask: () => post(`/accounts/${crypto.randomUUID()}/invitation`) },
  },
)

function una(body: { id: string; name: string; status: string }, { stage }: { stage: Stage }): void {
  assert.deepEqual([body.id, body.name, body.status], [stage.spare, 'Una', 'unclaimed'])
}

function ownOf({ ids, spare }: Stage, who: Persona): string {
  return ids[who] ?? spare
}

async function claimOf({ house }: Stage, who: Persona): Promise<{ token: string; password: string }> {
  const accountId = await addAccount(house, `Claimed by ${who}`)
  const [invitation] = await house.sql('insert into account_invitations (account_id) values ($1) returning id', [
    accountId,
  ])
  return { token: linkToken(house.context.keyring, 'account-claim', invitation.id), password: 'good dog, stay safe' }
}
