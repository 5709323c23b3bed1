import { PersonName } from './accounts.ts'
import { Closed, Id, Instant, OneOf, Page } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const rights = ['view', 'book', 'records', 'manage'] as const

export const Rights = Type.Array(OneOf(rights), {
  maxItems: 4,
  description:
    '`view` the profile, and always included; `book` visits; read and add `records`; `manage` profile, co-owners and transfer',
})

export const RightsInput = Closed({ rights: Rights })

/** Who a pet belongs to now. */
export const PetOwner = Closed({
  id: Id,
  name: PersonName,
  rights: Rights,
  since: Instant,
})

export type Right = (typeof rights)[number]
export type RightsInput = Static<typeof RightsInput>
export type PetOwner = Static<typeof PetOwner>

const tag = 'Co-owners'
const ofPet = Closed({ petId: Id })
const oneOfPet = Closed({ petId: Id, ownerId: Id })

const noor = { id: exampleIds.coOwner, name: 'Noor', rights: ['view', 'book'], since: '2026-11-22T09:00:00Z' }

export const listPetOwners = route({
  operationId: 'listPetOwners',
  method: 'GET',
  url: '/pets/{petId}/owners',
  permission: 'ownerships.read',
  tag,
  summary: 'List the owners of a pet',
  description: 'Those of today with their rights, longest first; for whoever sees the whole profile. Never paged.',
  params: ofPet,
  answers: { 200: Page(PetOwner) },
  problems: ['resource.not-found'],
  example: { params: { petId: exampleIds.pet }, answer: { items: [noor], nextCursor: null } },
})

export const changeRights = route({
  operationId: 'changeRights',
  method: 'PUT',
  url: '/pets/{petId}/owners/{ownerId}',
  permission: 'ownerships.write',
  tag,
  summary: 'Change the rights of an owner',
  description:
    'For owners with `manage`, front desk and admins. One period of ownership ends and another begins. The last owner with ' +
    '`manage` keeps it.',
  params: oneOfPet,
  body: RightsInput,
  answers: { 200: PetOwner },
  problems: ['resource.not-found', 'ownership.last-manager'],
  example: {
    params: { petId: exampleIds.pet, ownerId: exampleIds.coOwner },
    body: { rights: ['view', 'book'] },
    answer: noor,
  },
})

export const endOwnership = route({
  operationId: 'endOwnership',
  method: 'DELETE',
  url: '/pets/{petId}/owners/{ownerId}',
  permission: 'ownerships.write',
  tag,
  summary: 'Leave a pet, or remove an owner',
  description:
    'Every owner may leave; owners with `manage`, front desk and admins may remove others. From then on the pet does not ' +
    'exist for the former owner, and what they offered of it is withdrawn. The last owner with `manage` cannot go.',
  params: oneOfPet,
  answers: { 204: null },
  problems: ['resource.not-found', 'ownership.last-manager'],
  example: { params: { petId: exampleIds.pet, ownerId: exampleIds.coOwner } },
})
