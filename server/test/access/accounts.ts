import assert from 'node:assert/strict'
import type { Persona } from './cast.ts'
import type { Stage } from './stage.ts'
import { get, patch, post, put, type Request, table } from './table.ts'

/** Everybody, signed in or not, may come in; and everybody signed in owns their own account, and nobody else's. */
export const accounts = table(
  `
                     nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    refreshSession   gus    gus   gus   gus   gus   gus   gus   gus   gus   gus   gus   gus   gus    gus   gus
    getJwks          keys   keys  keys  keys  keys  keys  keys  keys  keys  keys  keys  keys  keys   keys  keys
    signOut          401    done  done  done  done  done  done  done  done  done  done  done  done   done  done
    getMe            401    self  self  self  self  self  self  self  self  self  self  self  self   self  self
    updateMe         401    self  self  self  self  self  self  self  self  self  self  self  self   self  self
    getNotificationPreferences 401    on    on    on    on    on    on    on    on    on    on    on    on     on    on
    replaceNotificationPreferences 401    on    on    on    on    on    on    on    on    on    on    on    on     on    on
  `,
  {
    refreshSession: {
      ask: async ({ house, credentials }) => {
        const { body } = await house.call('POST', '/auth/login', { body: credentials })
        return post('/auth/refresh', { refreshToken: body.refreshToken })
      },
      looks: { gus: ({ account }, { stage }) => assert.equal(account.email, stage.credentials.email) },
    },
    getJwks: {
      ask: () => get('/.well-known/jwks.json'),
      looks: { keys: ({ keys }) => assert.ok(keys.length > 0 && keys.every((key: object) => !('d' in key))) },
    },
    signOut: { ask: (stage, who) => inNewSession(stage, who, post('/auth/logout')) },
    getMe: { ask: () => get('/me'), looks: { self } },
    updateMe: { ask: () => patch('/me', { locale: 'en' }), looks: { self } },
    getNotificationPreferences: { ask: () => get('/me/notification-preferences'), looks: { on } },
    replaceNotificationPreferences: {
      ask: () => put('/me/notification-preferences', { timeZone: 'UTC', quietHours: null, preferences: [] }),
      looks: { on },
    },
  },
)

function self(body: { id: string }, { stage, who }: { stage: Stage; who: Persona }): void {
  assert.equal(body.id, stage.ids[who])
}

function on({ preferences }: { preferences: { enabled: boolean }[] }): void {
  assert.ok(preferences.length > 0 && preferences.every(({ enabled }) => enabled))
}

async function inNewSession({ house, ids }: Stage, who: Persona, request: Request): Promise<Request> {
  const id = ids[who]
  return id === null ? request : { ...request, headers: { authorization: `Bearer ${await house.signIn(id)}` } }
}
