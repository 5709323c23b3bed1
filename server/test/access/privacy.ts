import assert from 'node:assert/strict'
import { makeExport } from '../../src/features/privacy/make-export.ts'
import { addAccount } from '../world.ts'
import type { Persona } from './cast.ts'
import type { Stage } from './stage.ts'
import { secret } from './stage-records.ts'
import { del, get, post, type Request, table } from './table.ts'

/** Everybody takes along and erases what is theirs, and nobody anything of somebody else; staff are not erased. */
export const privacy = table(
  `
                              nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    getExport                 401    404   404   ready 404   404   404   404   404   404   404   404   404    404   404
    downloadExport            401    404   404   rex   404   404   404   404   404   404   404   404   404    404   404
    downloadExport,own        401    self  self  self  self  self  self  self  self  self  self  self  self   self  self
    downloadExportArchive     401    404   404   zip   404   404   404   404   404   404   404   404   404    404   404
    getErasure                401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    requestExport             401    new   new   new   new   new   new   new   new   new   new   new   new    new   new
    requestErasure            401    due   due   due   due   due   due   due   due   due   due   due   due    due   due
    getErasure,asked          401    due   due   due   due   due   due   due   due   due   due   due   due    due   due
    withdrawErasure           401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    withdrawErasure,asked     401    done  done  done  done  done  done  done  done  done  done  done  done   done  done
  `,
  {
    getExport: {
      ask: async (stage) => get(`/me/exports/${await exportOf(stage, 'maya')}`),
      looks: { ready: ({ status }) => assert.equal(status, 'ready') },
    },
    downloadExport: {
      ask: async (stage) => get(`/me/exports/${await exportOf(stage, 'maya')}/content`),
      looks: {
        rex: (body, { stage }) => {
          assert.ok(body.pets.some(({ pet }: { pet: { id: string } }) => pet.id === stage.pets.rex))
          assert.ok(JSON.stringify(body.medicalRecords).includes(secret))
        },
      },
    },
    'downloadExport,own': {
      ask: async (stage, who) =>
        get(`/me/exports/${stage.ids[who] === null ? crypto.randomUUID() : await exportOf(stage, who)}/content`),
      looks: {
        self: ({ account, medicalRecords }, { stage, who }) => {
          assert.equal(account.id, stage.ids[who])
          if (['fay', 'noor', 'ben'].includes(who)) assert.deepEqual(medicalRecords, [])
        },
      },
    },
    downloadExportArchive: {
      ask: async (stage) => get(`/me/exports/${await exportOf(stage, 'maya')}/archive`),
      looks: { zip: (body) => assert.match(body, /^PK/) },
    },
    getErasure: { ask: () => get('/me/erasure') },
    requestExport: {
      ask: () => post('/me/export'),
      looks: { new: ({ status }) => assert.equal(status, 'pending') },
    },
    requestErasure: { ask: (stage, who) => asGuest(stage, who, 'asks', post('/me/erasure')), looks: { due } },
    'getErasure,asked': { ask: (stage, who) => afterAsking(stage, who, 'reads', get('/me/erasure')), looks: { due } },
    withdrawErasure: { ask: () => del('/me/erasure') },
    'withdrawErasure,asked': { ask: (stage, who) => afterAsking(stage, who, 'withdraws', del('/me/erasure')) },
  },
)

function due(body: { requestedAt: string; dueAt: string }): void {
  assert.equal(Date.parse(body.dueAt) - Date.parse(body.requestedAt), 14 * 86_400_000)
}

const exports = new Map<Persona, Promise<string>>()

/** The persona's export, made once. */
function exportOf(stage: Stage, who: Persona): Promise<string> {
  const known = exports.get(who) ?? newExport(stage, who)
  exports.set(who, known)
  return known
}

async function newExport({ house, ids }: Stage, who: Persona): Promise<string> {
  const { body } = await house.call('POST', '/me/export', { as: ids[who] })
  await makeExport(house.context, { exportId: body.id })
  return body.id
}

/** The request of a client made for it: the others are needed for longer, and many of them are staff. */
async function asGuest({ house, ids }: Stage, who: Persona, does: string, request: Request): Promise<Request> {
  if (ids[who] === null) return request
  const guest = await addAccount(house, `Guest of ${who}, who ${does}`)
  return { ...request, headers: { authorization: `Bearer ${await house.signIn(guest)}` } }
}

async function afterAsking(stage: Stage, who: Persona, does: string, request: Request): Promise<Request> {
  const asked = await asGuest(stage, who, does, request)
  if (asked.headers) await stage.house.call('POST', '/me/erasure', { headers: asked.headers })
  return asked
}
