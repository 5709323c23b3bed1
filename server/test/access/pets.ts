import assert from 'node:assert/strict'
import { photo } from '../../src/features/pets/test-photos.ts'
import type { Persona } from './cast.ts'
import { type History, histories } from './histories.ts'
import type { Stage } from './stage.ts'
import { type Case, del, get, type Look, patch, post, put, table } from './table.ts'

const pet = { name: 'Rex', species: 'dog' }

/** Owners their own, front desk, vets and admins all, a groomer those on the books: the limited profile. */
export const pets = table(
  `
                             nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listPets                 401    sams  none  rex   rex   rex   rex   none  none  none  none  none  vets   none  none
    listPets, of maya        401    403   403   rex   403   403   403   403   403   403   rex   rex   rex    rex   rex
    listPets, by name        401    403   403   403   403   403   403   403   403   403   rex   rex   rex    rex   rex
    listPets, by old name    401    403   403   403   403   403   403   403   403   403   none  none  none   none  none
    createPet                401    own   own   own   own   own   own   own   own   own   own   own   own    own   own
    createPet, for maya      401    403   403   mayas 403   403   403   403   403   403   mayas mayas mayas  mayas mayas
    createPet, for no one    401    403   403   403   403   403   403   403   403   403   404   404   404    404   404
    getPet                   401    404   404   whole whole whole whole part  404   404   whole whole whole  whole whole
    getPet, missing          401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    getPet, archived         401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    getPet, long             401    any   404   404   404   404   404   404   404   404   any   any   any    any   any
    getPet, recent           401    any   404   404   404   404   404   part  404   404   any   any   any    any   any
    getPet, cancelled        401    any   404   404   404   404   404   404   404   404   any   any   any    any   any
    getPet, declined         401    any   404   404   404   404   404   404   404   404   any   any   any    any   any
    getPet, missed           401    any   404   404   404   404   404   part  404   404   any   any   any    any   any
    getPet, groomed          401    any   404   404   404   404   404   part  404   404   any   any   any    any   any
    replacePet               401    404   404   whole 403   403   403   403   404   404   whole whole whole  whole whole
    replacePet, archived     401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    updatePet                401    404   404   whole 403   403   403   403   404   404   whole whole whole  whole whole
    getPetPhoto              401    404   404   seen  seen  seen  seen  seen  404   404   seen  seen  seen   seen  seen
    getPetPhoto, missing     401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    getPetPhoto, archived    401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    setPetPhoto              401    404   404   set   403   403   403   403   404   404   set   set   set    set   set
    setPetPhoto, archived    401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    removePetPhoto           401    404   404   done  403   403   403   403   404   404   done  done  done   done  done
    suggestBreeds            some  some  some  some  some  some  some  some  some  some  some  some  some   some  some
    archivePet               401    404   404   done  403   403   403   403   404   404   done  done  done   done  done
  `,
  {
    listPets: {
      ask: () => get('/pets?limit=100'),
      looks: {
        none: exactly(() => []),
        rex: exactly(({ pets: { rex } }) => [rex]),
        sams: exactly(({ pets: { rex, ghost, otto, pip, ...sams } }) => Object.values(sams)),
        vets: exactly(({ pets: { otto, pip } }) => [otto, pip]),
      },
    },
    'listPets, of maya': {
      ask: ({ ids }) => get(`/pets?owner=${ids.maya}`),
      looks: { rex: exactly(({ pets: { rex } }) => [rex]) },
    },
    'listPets, by name': {
      ask: () => get('/pets?search=rex'),
      looks: { rex: exactly(({ pets: { rex } }) => [rex]) },
    },
    'listPets, by old name': { ask: () => get('/pets?search=ghost'), looks: { none: exactly(() => []) } },
    createPet: { ask: () => post('/pets', pet), looks: { own: ownedBy((who) => who) } },
    'createPet, for maya': {
      ask: ({ ids }) => post(`/pets?owner=${ids.maya}`, pet),
      looks: { mayas: ownedBy(() => 'maya') },
    },
    'createPet, for no one': { ask: () => post(`/pets?owner=${crypto.randomUUID()}`, pet) },
    getPet: { ask: ({ pets: { rex } }) => get(`/pets/${rex}`), looks: { whole, part } },
    'getPet, missing': { ask: () => get(`/pets/${crypto.randomUUID()}`) },
    'getPet, archived': { ask: ({ pets: { ghost } }) => get(`/pets/${ghost}`) },
    ...withHistory('long', 'recent', 'cancelled', 'declined', 'missed', 'groomed'),
    replacePet: { ask: ({ pets: { rex } }) => put(`/pets/${rex}`, pet), looks: { whole } },
    'replacePet, archived': { ask: ({ pets: { ghost } }) => put(`/pets/${ghost}`, pet) },
    updatePet: { ask: ({ pets: { rex } }) => patch(`/pets/${rex}`, { careNotes: 'Shy' }), looks: { whole } },
    getPetPhoto: { ask: ({ pets: { rex } }) => get(`/pets/${rex}/photo`), looks: { seen: () => {} } },
    'getPetPhoto, missing': { ask: ({ pets: { kit } }) => get(`/pets/${kit}/photo`) },
    'getPetPhoto, archived': { ask: ({ pets: { ghost } }) => get(`/pets/${ghost}/photo`) },
    setPetPhoto: {
      ask: async ({ rexAgain }) => setPhoto(await rexAgain()),
      looks: { set: ({ url }, { request }) => assert.equal(url, request.path) },
    },
    'setPetPhoto, archived': { ask: ({ pets: { ghost } }) => setPhoto(ghost) },
    removePetPhoto: {
      async ask({ rexAgain, house, ids }) {
        const petId = await rexAgain()
        const { path, body, headers } = await setPhoto(petId)
        assert.equal((await house.call('PUT', path, { as: ids.maya, body, headers })).status, 200)
        return del(path)
      },
    },
    suggestBreeds: {
      ask: () => get('/species/dog/breeds?search=lab'),
      looks: { some: ({ breeds }) => assert.ok(breeds.includes('Labrador Retriever')) },
    },
    archivePet: { ask: async ({ rexAgain }) => del(`/pets/${await rexAgain()}`) },
  },
)

async function setPhoto(petId: string) {
  const body = await photo(8, 8).png().toBuffer()
  return { ...put(`/pets/${petId}/photo`, body), headers: { 'content-type': 'image/png' } }
}

function withHistory(...names: History[]): Record<string, Case> {
  assert.ok(names.every((name) => name in histories))
  const any: Look = ({ id, owners }, { stage, request }) => {
    assert.equal(`/pets/${id}`, request.path)
    assert.deepEqual(owners, [{ id: stage.ids.sam, name: 'Sam' }])
  }
  return Object.fromEntries(
    names.map((name) => [
      `getPet, ${name}`,
      { ask: ({ pets }: Stage) => get(`/pets/${pets[name]}`), looks: { any, part } },
    ]),
  )
}

function exactly(expected: (stage: Stage) => string[]): Look {
  return ({ items }, { stage }) =>
    assert.deepEqual(items.map(({ id }: { id: string }) => id).toSorted(), expected(stage).toSorted())
}

function ownedBy(owner: (who: Persona) => Persona): Look {
  return ({ owners }, { stage, who }) =>
    assert.deepEqual(
      owners.map(({ id }: { id: string }) => id),
      [stage.ids[owner(who)]],
    )
}

/** Rex, with everything about him and those who own him now. */
function whole(body: Record<string, unknown>, { stage }: { stage: Stage }): void {
  assert.equal(body.id, stage.pets.rex)
  assert.ok('birthDate' in body && 'microchip' in body)
  const names = (body.owners as { name: string }[]).map(({ name }) => name)
  assert.deepEqual(names.toSorted(), ['Ben', 'Maya', 'Noor', 'Rae'])
}

/** A pet as a groomer sees it: nothing medical, no owner, no chip, an age for the birthday. */
function part(body: Record<string, unknown>, { request }: { request: { path: string } }): void {
  assert.equal(`/pets/${body.id}`, request.path)
  const fields = 'id name species breed sex neutered ageMonths ageEstimated weightGrams color photoUrl careNotes'.split(
    ' ',
  )
  assert.deepEqual(Object.keys(body).toSorted(), fields.toSorted())
}
