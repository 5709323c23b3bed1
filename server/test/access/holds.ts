import assert from 'node:assert/strict'
import type { Persona } from './cast.ts'
import type { Stage } from './stage.ts'
import { type Case, del, get, post, table } from './table.ts'

/** Anybody who is signed in holds a time; for a pet, whoever may book it. A hold is its maker's alone. */
export const holds = table(
  `
                          nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    makeHold              401    held  held  held  held  held  held  held  held  held  held  held  held   held  held
    makeHold, for rex     401    404   404   held  403   held  403   403   404   404   held  held  403    held  held
    getHold               401    404   404   held  404   404   404   404   404   404   404   404   404    404   404
    extendHold            401    404   404   held  404   404   404   404   404   404   404   404   404    404   404
    releaseHold           401    done  404   404   404   404   404   404   404   404   404   404   404    404   404
  `,
  {
    makeHold: hold('13:00'),
    'makeHold, for rex': hold('14:00', ({ rexAgain }) => rexAgain()),
    getHold: {
      ask: async (stage) => get(`/holds/${await holdOf(stage, 'maya')}`),
      looks: { held: ({ id }, { request }) => assert.equal(`/holds/${id}`, request.path) },
    },
    extendHold: {
      ask: async (stage) => post(`/holds/${await holdOf(stage, 'maya')}/extension`),
      looks: { held: ({ id }, { request }) => assert.equal(`/holds/${id}/extension`, request.path) },
    },
    releaseHold: { ask: async (stage) => del(`/holds/${await holdOf(stage, 'sam')}`) },
  },
)

function hold(time: string, petOf?: (stage: Stage) => Promise<string>): Case {
  return {
    ask: async (stage, who) => {
      const startsAt = `${stage.mondayOf(who)}T${time}`
      const petId = petOf && (await petOf(stage))
      return post('/holds', { service: 'grooming', startsAt, providerId: stage.atWork.tomas, ...(petId && { petId }) })
    },
    looks: {
      held: ({ providerId, locationId }, { stage }) =>
        assert.deepEqual([providerId, locationId], [stage.atWork.tomas, stage.newYork]),
    },
  }
}

/** The third hold of somebody, which everybody asks about. */
async function holdOf({ house, ids, atWork, newYork }: Stage, whose: Persona): Promise<string> {
  const [{ id }] = await house.sql(
    `insert into holds (id, account_id, number, service_id, provider_id, location_id, starts_at, ends_at, expires_at)
     select new_id(), $1, 3, id, $2, $3, '2027-03-15T13:00Z', '2027-03-15T14:00Z', now() + interval '1 hour'
       from services where slug = 'grooming'
         on conflict (account_id, number) do update set number = 3
     returning id`,
    [ids[whose], atWork.tomas, newYork],
  )
  return id
}
