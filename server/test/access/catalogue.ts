import assert from 'node:assert/strict'
import { type Case, get, type Look, post, put, table } from './table.ts'

const location = { name: 'Petra Boston', timeZone: 'America/New_York' }
const grooming = { slug: 'grooming', name: 'Grooming', kind: 'grooming', durationMinutes: 60, stepMinutes: 30 }
const missing = crypto.randomUUID()

/** What the company offers is public, and the admins' to change. */
export const catalogue = table(
  `
                               nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listLocations              all    all   all   all   all   all   all   all   all   all   all   all   all    all   all
    createLocation             401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    replaceLocation            401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    replaceLocation, missing   401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    createResource             401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    createResource, missing    401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    listServices               all    all   all   all   all   all   all   all   all   all   all   all   all    all   all
    createService              401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    replaceService             401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    replaceService, missing    401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    createStaff                401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    listProviders              all    all   all   all   all   all   all   all   all   all   all   all   all    all   all
    createProvider             401    403   403   403   403   403   403   403   403   403   403   403   403    403   una
    replaceProvider            401    403   403   403   403   403   403   403   403   403   403   403   403    403   gil
    replaceProvider, missing   401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
  `,
  {
    listLocations: { ask: () => get('/locations'), looks: { all: lists(({ boston }) => boston) } },
    createLocation: change(() => post('/locations', location)),
    replaceLocation: change(({ boston }) => put(`/locations/${boston}`, location)),
    'replaceLocation, missing': { ask: () => put(`/locations/${missing}`, location) },
    createResource: change(({ boston }) => post(`/locations/${boston}/resources`, { name: 'Table 1', kind: 'table' })),
    'createResource, missing': {
      ask: () => post(`/locations/${missing}/resources`, { name: 'Table 1', kind: 'table' }),
    },
    listServices: {
      ask: () => get('/services'),
      looks: { all: ({ items }) => assert.ok(items.some(({ slug }: { slug: string }) => slug === 'grooming')) },
    },
    createService: change(() => post('/services', { ...grooming, slug: 'nail-trim' })),
    replaceService: change(async ({ house }) => {
      const [{ id }] = await house.sql(`select id from services where slug = 'grooming'`)
      return put(`/services/${id}`, grooming)
    }),
    'replaceService, missing': { ask: () => put(`/services/${missing}`, grooming) },
    createStaff: change((_, who) =>
      post('/staff', { email: `hired-by-${who}@example.test`, name: who, roles: ['owner'] }),
    ),
    listProviders: { ask: () => get('/providers'), looks: { all: lists(({ atWork }) => atWork.gil) } },
    createProvider: {
      ask: ({ spare }) => post('/providers', { accountId: spare, services: ['grooming'], locationIds: [] }),
      looks: { una: ({ name }) => assert.equal(name, 'Una') },
    },
    replaceProvider: {
      ask: ({ atWork, ids, newYork }) =>
        put(`/providers/${atWork.gil}`, { accountId: ids.gil, services: ['grooming'], locationIds: [newYork] }),
      looks: { gil: ({ id }, { stage }) => assert.equal(id, stage.atWork.gil) },
    },
    'replaceProvider, missing': {
      ask: ({ ids }) => put(`/providers/${missing}`, { accountId: ids.gil, services: [], locationIds: [] }),
    },
  },
)

/** A change whose answer is as was asked. */
function change(ask: Case['ask']): Case {
  return { ask, looks: { as: (body, { request }) => assert.partialDeepStrictEqual(body, request.body) } }
}

function lists(id: (stage: Parameters<Look>[1]['stage']) => string): Look {
  return ({ items }, { stage }) => assert.ok(items.some((item: { id: string }) => item.id === id(stage)))
}
