import {
  archivePet as archivePetRoute,
  createPet as createPetRoute,
  getPet,
  getPetPhoto,
  listPets,
  removePetPhoto,
  replacePet,
  setPetPhoto,
  suggestBreeds as suggestBreedsRoute,
  updatePet as updatePetRoute,
} from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { archivePet } from './archive-pet.ts'
import { changePet } from './change-pet.ts'
import { createPet } from './create-pet.ts'
import { getPhoto } from './get-photo.ts'
import { reachesEveryPet, viewOf } from './policy.ts'
import { findPet, findRelation, listPetsOf, searchPets, toLimitedPet } from './queries.ts'
import { removePhoto } from './remove-photo.ts'
import { setPhoto } from './set-photo.ts'
import { suggestBreeds } from './suggest-breeds.ts'

export function petRoutes(serve: Serve, context: Context): void {
  const { db, files } = context
  serve.read(listPets, async ({ actor, query: { owner, search, limit = 25, cursor } }) => {
    if ((search !== undefined || (owner ?? actor.accountId) !== actor.accountId) && !reachesEveryPet(actor)) {
      throw new Forbidden('Only staff look through pets that are not their own.')
    }
    const after = decodeCursor(cursor, [cursorShape.instant, cursorShape.id])
    const pets =
      search === undefined
        ? await listPetsOf(db, owner ?? actor.accountId, after, limit + 1)
        : await searchPets(db, search, owner ?? null, after, limit + 1)
    return page(pets, limit, ({ createdAt, id }) => [createdAt, id])
  })

  serve.write(createPetRoute, (tx, { actor, query, body }) =>
    createPet(tx, actor, query.owner ?? actor.accountId, body),
  )

  serve.read(suggestBreedsRoute, async ({ params, query: { search = '', limit = 20 } }) =>
    suggestBreeds(params.species, search, limit),
  )

  serve.read(getPet, async ({ actor, params: { petId } }) => {
    const [relation, pet] = await Promise.all([findRelation(db, actor, petId), findPet(db, petId)])
    const view = relation && viewOf(actor, relation)
    if (!pet || !view) throw new NotFound()
    return view === 'full' ? pet : toLimitedPet(pet, Temporal.Now.plainDateISO('UTC').toString())
  })

  serve.write(replacePet, (tx, { actor, params, body, requireFresh }) =>
    changePet(tx, actor, params.petId, () => body, requireFresh),
  )

  serve.write(updatePetRoute, (tx, { actor, params, body, requireFresh }) =>
    changePet(tx, actor, params.petId, (pet) => ({ ...pet, ...body }), requireFresh),
  )

  serve.write(archivePetRoute, async (tx, { actor, params, requireFresh }) => {
    await archivePet(tx, actor, params.petId, requireFresh)
    return null
  })

  serve.send(getPetPhoto, ({ actor, params, query: { size = 'large' } }) =>
    getPhoto(context, actor, params.petId, size),
  )

  serve.receive(
    setPetPhoto,
    ({ actor, params, requireFile }, upload) => setPhoto(context, actor, params.petId, upload, requireFile),
    { file: ({ id }) => id },
  )

  serve.write(removePetPhoto, async (tx, { actor, params, requireFile }) => {
    await removePhoto(tx, files, actor, params.petId, requireFile)
    return null
  })
}
