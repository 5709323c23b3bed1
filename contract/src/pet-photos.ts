import { Closed, Id, OneOf } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const photoSizes = ['small', 'medium', 'large'] as const

export const PetPhoto = Closed({
  id: Id,
  url: Type.String({ description: 'Where the photo is' }),
  width: Type.Integer({ minimum: 1, description: 'Pixels' }),
  height: Type.Integer({ minimum: 1, description: 'Pixels' }),
})

export type PetPhoto = Static<typeof PetPhoto>
export type PhotoSize = (typeof photoSizes)[number]

const petId = Closed({ petId: Id })
const tag = 'Pets'
const params = { petId: exampleIds.pet }

export const getPetPhoto = route({
  operationId: 'getPetPhoto',
  method: 'GET',
  url: '/pets/{petId}/photo',
  permission: 'pets.read',
  tag,
  summary: 'See the photo of a pet',
  description:
    'For everybody who sees the pet, its groomer too. `size` fits it into a square of 128, 512 or 1024 pixels, without making it ' +
    'larger; in the seconds until the sizes are made, the photo comes as it is, in at most 1600. Its ETag changes with it.',
  params: petId,
  query: Closed({ size: Type.Optional(OneOf(photoSizes, { description: '`large` without it' })) }),
  fileAnswer: { mediaTypes: ['image/webp'] },
  answers: { 200: null },
  problems: ['resource.not-found', 'record.integrity'],
  example: { params },
})

export const setPetPhoto = route({
  operationId: 'setPetPhoto',
  method: 'PUT',
  url: '/pets/{petId}/photo',
  permission: 'pets.write',
  tag,
  summary: 'Set the photo of a pet',
  description:
    'A JPEG, PNG or WebP of up to 10 MiB, 8192 pixels wide or high, and 50 megapixels, 16 where it is no JPEG or a progressive ' +
    'one. It is made anew: turned upright, and without place, time or camera. What is not the type it says answers 415, ' +
    'what is damaged, cut short or something else besides a photo 422. `If-Match` takes the ETag of the photo.',
  params: petId,
  fileBody: { mediaTypes: ['image/jpeg', 'image/png', 'image/webp'], mostBytes: 10_485_760 },
  answers: { 200: PetPhoto },
  problems: [
    'auth.forbidden',
    'resource.not-found',
    'resource.conflict',
    'resource.stale',
    'photo.unreadable',
    'photo.too-many-pixels',
  ],
  example: {
    params,
    answer: { id: exampleIds.photo, url: `/pets/${exampleIds.pet}/photo`, width: 1600, height: 1200 },
  },
})

export const removePetPhoto = route({
  operationId: 'removePetPhoto',
  method: 'DELETE',
  url: '/pets/{petId}/photo',
  permission: 'pets.write',
  tag,
  summary: 'Remove the photo of a pet',
  description: 'It is gone in every size. `If-Match` takes the ETag of the photo.',
  params: petId,
  answers: { 204: null },
  problems: ['auth.forbidden', 'resource.not-found', 'resource.stale'],
  example: { params },
})
