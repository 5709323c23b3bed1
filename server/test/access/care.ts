import assert from 'node:assert/strict'
import { secret } from './stage-records.ts'
import { get, type Look, post, table } from './table.ts'

/** Vaccination status for all who see the pet but admins; who looked for its owners; an emergency for vets. */
export const care = table(
  `
                                       nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    getVaccinationStatus               401    404   404   shots shots shots shots shots 404   404   shots shots shots  shots 403
    getVaccinationStatus, groomed      401    few   404   404   404   404   404   few   404   404   few   few   few    few   403
    getVaccinationStatus, cancelled    401    few   404   404   404   404   404   404   404   404   few   few   few    few   403
    getVaccinationStatus, archived     401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    getAccessLog                       401    404   404   log   log   log   log   403   404   404   403   403   403    403   403
    getAccessLog, of pip               401    404   404   404   404   404   404   404   404   404   403   403   whys   403   403
    getAccessLog, archived             401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    requestEmergencyAccess             401    403   403   403   403   403   403   403   403   403   403   hour  hour   hour  403
    listEmergencyAccesses              401    404   404   none  403   403   none  403   404   404   403   none  care   care  403
    listEmergencyAccesses, of mimi     401    told  404   404   404   404   404   404   404   404   403   care  told   care  403
    requestEmergencyAccess, archived   401    403   403   403   403   403   403   403   403   403   403   404   404    404   403
  `,
  {
    getVaccinationStatus: {
      ask: ({ pets: { rex } }) => get(`/pets/${rex}/vaccination-status`),
      looks: {
        shots: (body, { stage: { pets } }) =>
          assert.deepEqual(body, {
            petId: pets.rex,
            requirements: [{ vaccine: 'rabies', status: 'unverified', validThrough: null }],
          }),
      },
    },
    'getVaccinationStatus, groomed': {
      ask: ({ pets: { groomed } }) => get(`/pets/${groomed}/vaccination-status`),
      looks: { few },
    },
    'getVaccinationStatus, cancelled': {
      ask: ({ pets: { cancelled } }) => get(`/pets/${cancelled}/vaccination-status`),
      looks: { few },
    },
    'getVaccinationStatus, archived': { ask: ({ pets: { ghost } }) => get(`/pets/${ghost}/vaccination-status`) },
    getAccessLog: {
      ask: ({ pets: { rex } }) => get(`/pets/${rex}/access-log?limit=100`),
      looks: {
        log: ({ items }) => {
          const { at, sentence, ...first } = items.at(-1)
          const created = { name: 'Maya', role: 'owner', what: 'pet.created', purpose: 'owner-request', recordIds: [] }
          assert.deepEqual(first, created)
          assert.match(sentence, /: Maya \(owner\) created the profile, at an owner’s request\.$/)
        },
      },
    },
    'getAccessLog, of pip': { ask: ({ pets: { pip } }) => get(`/pets/${pip}/access-log`), looks: { whys } },
    'getAccessLog, archived': { ask: ({ pets: { ghost } }) => get(`/pets/${ghost}/access-log`) },
    requestEmergencyAccess: {
      ask: async ({ rexAgain }) => post(`/pets/${await rexAgain()}/emergency-access`, { reason: secret }),
      looks: {
        hour: ({ expiresAt }) => assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 3_600_000) < 60_000),
      },
    },
    listEmergencyAccesses: {
      ask: ({ pets: { rex } }) => get(`/pets/${rex}/emergency-access`),
      looks: { none: ({ items }) => assert.deepEqual(items, []) },
    },
    'listEmergencyAccesses, of mimi': {
      ask: ({ pets: { mimi } }) => get(`/pets/${mimi}/emergency-access`),
      looks: { told: ({ items }) => assert.ok(items.length >= 2) },
    },
    'requestEmergencyAccess, archived': {
      ask: ({ pets: { ghost } }) => post(`/pets/${ghost}/emergency-access`, { reason: secret }),
    },
  },
)

/** The required vaccinations of a pet without records: their names, and that they are missing. */
function few(body: { petId: string; requirements: unknown }, { request }: Parameters<Look>[1]): void {
  assert.equal(`/pets/${body.petId}/vaccination-status`, request.path)
  for (const requirement of body.requirements as object[]) {
    assert.deepEqual(requirement, { vaccine: 'rabies', status: 'missing', validThrough: null })
  }
}

/** Why each may read the records of Pip: by care, by owning him though an emergency access is open, and by emergency alone. */
function whys({ items }: { items: { name: string; role: string; what: string; purpose: string }[] }): void {
  const listings = items.filter(({ what }) => what === 'medical-record.listed')
  assert.deepEqual(
    listings.map(({ name, role, purpose }) => [name, role, purpose]),
    [
      ['Moss', 'veterinarian', 'emergency'],
      ['Dr. Okafor', 'owner', 'owner-request'],
      ['Dr. Lind', 'veterinarian', 'care'],
    ],
  )
}
