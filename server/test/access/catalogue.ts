import assert from 'node:assert/strict'
import type { Stage } from './stage.ts'
import { type Case, get, type Look, post, put, table } from './table.ts'

const location = { name: 'Petra Boston', timeZone: 'America/New_York' }
const grooming = { slug: 'grooming', name: 'Grooming', kind: 'grooming', durationMinutes: 60, stepMinutes: 30 }
const missing = crypto.randomUUID()

/** What the company offers is public, and the admins' to change. */
export const catalogue = table(
  `
                               nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listLocations              all    all   all   all   all   all   all   all   all   all   all   all   all    all   all
    getLocation                one    one   one   one   one   one   one   one   one   one   one   one   one    one   one
    getLocation, missing       404    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    createLocation             401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    replaceLocation            401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    replaceLocation, missing   401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    listResources              tub    tub   tub   tub   tub   tub   tub   tub   tub   tub   tub   tub   tub    tub   tub
    listResources, missing     404    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    getResource                tub    tub   tub   tub   tub   tub   tub   tub   tub   tub   tub   tub   tub    tub   tub
    getResource, missing       404    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    createResource             401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    createResource, missing    401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    listServices               all    all   all   all   all   all   all   all   all   all   all   all   all    all   all
    getService                 cut    cut   cut   cut   cut   cut   cut   cut   cut   cut   cut   cut   cut    cut   cut
    getService, missing        404    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    createService              401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    replaceService             401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    replaceService, missing    401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
    createStaff                401    403   403   403   403   403   403   403   403   403   403   403   403    403   as
    listProviders              all    all   all   all   all   all   all   all   all   all   all   all   all    all   all
    getProvider                gil    gil   gil   gil   gil   gil   gil   gil   gil   gil   gil   gil   gil    gil   gil
    getProvider, missing       404    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    createProvider             401    403   403   403   403   403   403   403   403   403   403   403   403    403   una
    replaceProvider            401    403   403   403   403   403   403   403   403   403   403   403   403    403   gil
    replaceProvider, missing   401    403   403   403   403   403   403   403   403   403   403   403   403    403   404
  `,
  {
    listLocations: { ask: () => get('/locations'), looks: { all: lists(({ boston }) => boston) } },
    getLocation: {
      ask: ({ boston }) => get(`/locations/${boston}`),
      looks: { one: ({ id }, { stage }) => assert.equal(id, stage.boston) },
    },
    'getLocation, missing': { ask: () => get(`/locations/${missing}`) },
    createLocation: change(() => post('/locations', location)),
    replaceLocation: change(({ boston }) => put(`/locations/${boston}`, location)),
    'replaceLocation, missing': { ask: () => put(`/locations/${missing}`, location) },
    listResources: {
      ask: async (stage) => {
        await tub(stage)
        return get(`/locations/${stage.london}/resources`)
      },
      looks: { tub: ({ items }) => assert.deepEqual([items.length, items[0].name], [1, 'Tub']) },
    },
    'listResources, missing': { ask: () => get(`/locations/${missing}/resources`) },
    getResource: {
      ask: async (stage) => get(`/locations/${stage.london}/resources/${await tub(stage)}`),
      looks: { tub: ({ name }) => assert.equal(name, 'Tub') },
    },
    'getResource, missing': {
      // Of another location.
      ask: async (stage) => get(`/locations/${stage.newYork}/resources/${await tub(stage)}`),
    },
    createResource: change(({ boston }) => post(`/locations/${boston}/resources`, { name: 'Table 1', kind: 'table' })),
    'createResource, missing': {
      ask: () => post(`/locations/${missing}/resources`, { name: 'Table 1', kind: 'table' }),
    },
    listServices: {
      ask: () => get('/services'),
      looks: { all: ({ items }) => assert.ok(items.some(({ slug }: { slug: string }) => slug === 'grooming')) },
    },
    getService: {
      ask: async ({ house }) => get(`/services/${await groomingId(house)}`),
      looks: { cut: ({ slug }) => assert.equal(slug, 'grooming') },
    },
    'getService, missing': { ask: () => get(`/services/${missing}`) },
    createService: change(() => post('/services', { ...grooming, slug: 'nail-trim' })),
    replaceService: change(async ({ house }) => {
      return put(`/services/${await groomingId(house)}`, grooming)
    }),
    'replaceService, missing': { ask: () => put(`/services/${missing}`, grooming) },
    createStaff: change((_, who) =>
      post('/staff', { email: `hired-by-${who}@example.test`, name: who, roles: ['owner'] }),
    ),
    listProviders: { ask: () => get('/providers'), looks: { all: lists(({ atWork }) => atWork.gil) } },
    getProvider: {
      ask: ({ atWork }) => get(`/providers/${atWork.gil}`),
      looks: { gil: ({ id }, { stage }) => assert.equal(id, stage.atWork.gil) },
    },
    'getProvider, missing': { ask: () => get(`/providers/${missing}`) },
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

/** The one room that London has. */
async function tub({ house, london }: Stage): Promise<string> {
  const [{ id }] = await house.sql(
    `insert into resources (location_id, name, kind) values ($1, 'Tub', 'tub')
     on conflict (location_id, name) do update set kind = 'tub' returning id`,
    [london],
  )
  return id
}

async function groomingId({ sql }: Stage['house']): Promise<string> {
  return (await sql(`select id from services where slug = 'grooming'`))[0].id
}

/** A change whose answer is as was asked. */
function change(ask: Case['ask']): Case {
  return { ask, looks: { as: (body, { request }) => assert.partialDeepStrictEqual(body, request.body) } }
}

function lists(id: (stage: Parameters<Look>[1]['stage']) => string): Look {
  return ({ items }, { stage }) => assert.ok(items.some((item: { id: string }) => item.id === id(stage)))
}
