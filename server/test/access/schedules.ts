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
    addExtraHours              401    403   403   403   403   403   403   403   403   403   403   403   403    403   added
    addExtraHours, missing     401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
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
    addExtraHours: change((stage) => post(`/providers/${stage.atWork.gil}/extra-hours`, sunday(stage))),
    'addExtraHours, missing': { ask: (stage) => post(`/providers/${missing}/extra-hours`, sunday(stage)) },
    addClosure: change((stage) => post(`/locations/${stage.boston}/closures`, sunday(stage))),
    'addClosure, missing': { ask: (stage) => post(`/locations/${missing}/closures`, sunday(stage)) },
  },
)

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
