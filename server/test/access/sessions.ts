import assert from 'node:assert/strict'
import { decodeJwt } from 'jose'
import { addAccount } from '../world.ts'
import type { Persona } from './cast.ts'
import type { Stage } from './stage.ts'
import { del, get, post, type Request, table } from './table.ts'

/** Everybody who is signed in sees and ends their own sessions and tokens, and nobody else's. */
export const sessions = table(
  `
                            nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listSessions            401    own   own   own   own   own   own   own   own   own   own   own   own    own   own
    endSession              401    done  done  done  done  done  done  done  done  done  done  done  done   done  done
    endSession, of una      401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    endOtherSessions        401    done  done  done  done  done  done  done  done  done  done  done  done   done  done
    listTokens              401    own   own   own   own   own   own   own   own   own   own   own   own    own   own
    createToken             401    new   new   new   new   new   new   new   new   new   new   new   new    new   new
    revokeToken             401    done  done  done  done  done  done  done  done  done  done  done  done   done  done
    revokeToken, of una     401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
  `,
  {
    listSessions: {
      ask: () => get('/me/sessions?limit=100'),
      looks: {
        own: ({ items }) => assert.equal(items.filter(({ current }: { current: boolean }) => current).length, 1),
      },
    },
    endSession: { ask: async (stage, who) => del(`/me/sessions/${await sessionOf(stage, stage.ids[who])}`) },
    'endSession, of una': { ask: async (stage) => del(`/me/sessions/${await sessionOf(stage, stage.spare)}`) },
    endOtherSessions: { ask: asTwin },
    listTokens: {
      ask: async (stage, who) => {
        await tokenOf(stage, stage.ids[who])
        return get('/me/tokens?limit=100')
      },
      looks: { own: ({ items }) => assert.ok(items.length > 0) },
    },
    createToken: {
      ask: () => post('/me/tokens', newToken),
      looks: { new: ({ name, token }) => assert.deepEqual([name, token.slice(0, 10)], [newToken.name, 'petra_pat_']) },
    },
    revokeToken: { ask: async (stage, who) => del(`/me/tokens/${await tokenOf(stage, stage.ids[who])}`) },
    'revokeToken, of una': { ask: async (stage) => del(`/me/tokens/${await tokenOf(stage, stage.spare)}`) },
  },
)

const newToken = { name: 'Door display', scopes: ['pets:read'], expiresInDays: 1 }

/** The id of a new session of somebody; for nobody, of Una. */
async function sessionOf({ house, spare }: Stage, accountId: string | null): Promise<string> {
  return decodeJwt(await house.signIn(accountId ?? spare)).sid as string
}

async function tokenOf({ house, spare }: Stage, accountId: string | null): Promise<string> {
  const { body } = await house.call('POST', '/me/tokens', { as: accountId ?? spare, body: newToken })
  return body.id
}

/** Others need the sessions of the persona meanwhile: it is somebody with the same roles who asks. */
async function asTwin({ house, ids }: Stage, who: Persona): Promise<Request> {
  const request = del('/me/sessions')
  if (ids[who] === null) return request
  const [{ roles }] = await house.sql('select roles from accounts where id = $1', [ids[who]])
  const twin = await addAccount(house, `Twin of ${who}`, ...roles)
  return { ...request, headers: { authorization: `Bearer ${await house.signIn(twin)}` } }
}
