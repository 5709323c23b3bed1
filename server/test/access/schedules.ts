import assert from 'node:assert/strict'
import type { Cast } from './cast.ts'
import type { Stage } from './stage.ts'
import { type Case, get, type Look, post, put, type Request, table } from './table.ts'

type Provider = keyof Cast['atWork']

const missing = crypto.randomUUID()

/** Front desk reads, vets and groomers read their own, vets ask time off for themselves, admins write. */
export const schedules = table(
  `
                               nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    getWorkingHours, tomas     401    403   403   403   403   403   403   week  403   403   week  403   403    403   week
    getWorkingHours, lind      401    403   403   403   403   403   403   403   403   403   week  week  403    403   week
    getWorkingHours, missing   401    403   403   403   403   403   403   404   404   403   404   404   404    404   404
    setWorkingHours            401    403   403   403   403   403   403   403   403   403   403   403   403    403   done
    setWorkingHours, missing   401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    addTimeOff, tomas          401    403   403   403   403   403   403   403   403   403   403   403   403    403   added
    addTimeOff, lind           401    403   403   403   403   403   403   403   403   403   403   added 403    403   added
    addTimeOff, missing        401    403   403   403   403   403   403   403   403   403   403   404   404    404   404
    getTimeOff                 401    403   403   403   403   403   403   told  403   403   told  403   403    403   told
    getTimeOff, missing        401    403   403   403   403   403   403   404   404   403   404   404   404    404   404
    getExtraHours              401    403   403   403   403   403   403   told  403   403   told  403   403    403   told
    getExtraHours, missing     401    403   403   403   403   403   403   404   403   403   404   403   403    403   404
    addExtraHours              401    403   403   403   403   403   403   403   403   403   403   403   403    403   added
    addExtraHours, missing     401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    getClosure                 401    403   403   403   403   403   403   told  told  403   told  told  told   told  told
    getClosure, missing        401    403   403   403   403   403   403   404   404   403   404   404   404    404   404
    addClosure                 401    403   403   403   403   403   403   403   403   403   403   403   403    403   added
    addClosure, missing        401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
  `,
  {
    'getWorkingHours, tomas': readHours('tomas'),
    'getWorkingHours, lind': readHours('lind'),
    'getWorkingHours, missing': { ask: () => get(`/providers/${missing}/working-hours`) },
    setWorkingHours: {
      ask: (stage) => put(`/providers/${stage.atWork.gil}/working-hours`, { locationId: stage.newYork, weekly: [] }),
      looks: { done: ({ providerId }, { stage }) => assert.equal(providerId, stage.atWork.gil) },
    },
    'setWorkingHours, missing': {
      ask: ({ newYork }) => put(`/providers/${missing}/working-hours`, { locationId: newYork, weekly: [] }),
    },
    'addTimeOff, tomas': change((stage) => post(`/providers/${stage.atWork.tomas}/time-off`, sunday(stage))),
    'addTimeOff, lind': change((stage) => post(`/providers/${stage.atWork.lind}/time-off`, sunday(stage))),
    'addTimeOff, missing': { ask: (stage) => post(`/providers/${missing}/time-off`, sunday(stage)) },
    getTimeOff: readChange('time-off'),
    'getTimeOff, missing': { ask: () => get(`/providers/${missing}/time-off/${missing}`) },
    getExtraHours: readChange('extra-hours'),
    'getExtraHours, missing': {
      // What is another's time off.
      ask: async (stage) => get((await exceptionOf(stage, 'time-off')).replace('time-off', 'extra-hours')),
    },
    getClosure: {
      ask: async ({ house, boston }) => {
        const [{ id }] = await house.sql(
          `insert into closures (location_id, during, local_from, local_to, reason)
           values ($1, '[2020-01-01 05:00Z, 2020-01-02 05:00Z)', '2020-01-01', '2020-01-02', 'Holiday') returning id`,
          [boston],
        )
        return get(`/locations/${boston}/closures/${id}`)
      },
      looks: { told },
    },
    'getClosure, missing': { ask: ({ boston }) => get(`/locations/${boston}/closures/${missing}`) },
    addExtraHours: change((stage) => post(`/providers/${stage.atWork.gil}/extra-hours`, sunday(stage))),
    'addExtraHours, missing': { ask: (stage) => post(`/providers/${missing}/extra-hours`, sunday(stage)) },
    addClosure: change((stage) => post(`/locations/${stage.boston}/closures`, sunday(stage))),
    'addClosure, missing': { ask: (stage) => post(`/locations/${missing}/closures`, sunday(stage)) },
  },
)

function readChange(kind: 'time-off' | 'extra-hours'): Case {
  return { ask: async (stage) => get(await exceptionOf(stage, kind)), looks: { told } }
}

/** The path to a long past exception of Tomas. */
async function exceptionOf({ house, atWork, newYork }: Stage, kind: string): Promise<string> {
  const [{ id }] = await house.sql(
    `insert into schedule_exceptions (provider_id, location_id, kind, during, local_from, local_to, reason)
     values ($1, $2, $3, '[2020-01-01 05:00Z, 2020-01-02 05:00Z)', '2020-01-01', '2020-01-02', 'Holiday') returning id`,
    [atWork.tomas, newYork, kind],
  )
  return `/providers/${atWork.tomas}/${kind}/${id}`
}

function told(body: Parameters<Look>[0]): void {
  assert.partialDeepStrictEqual(body, { from: '2020-01-01T00:00:00', to: '2020-01-02T00:00:00', reason: 'Holiday' })
}

function readHours(name: Provider): Case {
  const week: Look = ({ items }, { stage }) => {
    assert.deepEqual(
      items.map(({ providerId }: { providerId: string }) => providerId),
      [stage.atWork[name]],
    )
  }
  return { ask: ({ atWork }) => get(`/providers/${atWork[name]}/working-hours`), looks: { week } }
}

function change(ask: (stage: Stage) => Request): Case {
  return { ask, looks: { added: (body, { request }) => assert.partialDeepStrictEqual(body, request.body) } }
}

/** A day on which nobody works. */
function sunday({ mondayOf }: Stage) {
  const day = mondayOf('ada').subtract({ days: 1 })
  return { from: `${day}T08:00:00`, to: `${day}T09:00:00` }
}
