import { AcceptedOwnership, exampleToken, MailedToken, OfferUndeliverableSince } from './co-owner-invitations.ts'
import { Closed, Email, Id, Instant, Nullable } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const PetTransferInput = Closed({ email: Email })

/** A transfer that is open: its asking is the acceptance by the one side, the other has 7 days. */
export const PetTransfer = Closed({
  id: Id,
  petId: Id,
  email: Nullable(Type.String({ description: 'null once the account that asked is erased' })),
  requestedBy: Id,
  requestedAt: Instant,
  expiresAt: Instant,
  undeliverableSince: OfferUndeliverableSince,
})

export type PetTransferInput = Static<typeof PetTransferInput>
export type PetTransfer = Static<typeof PetTransfer>

const tag = 'Co-owners'
const ofPet = Closed({ petId: Id })
const params = { petId: exampleIds.pet }

const transfer = {
  id: exampleIds.offer,
  petId: exampleIds.pet,
  email: 'noor@example.test',
  requestedBy: exampleIds.owner,
  requestedAt: '2026-11-22T09:00:00Z',
  expiresAt: '2026-11-29T09:00:00Z',
}

export const getPetTransfer = route({
  operationId: 'getPetTransfer',
  method: 'GET',
  url: '/pets/{petId}/transfer',
  permission: 'ownerships.read',
  tag,
  summary: 'Read the open transfer of a pet',
  description: 'For owners with `manage`, front desk and admins; 404 when none is open.',
  params: ofPet,
  answers: { 200: PetTransfer },
  problems: ['resource.not-found'],
  example: { params, answer: transfer },
})

export const requestPetTransfer = route({
  operationId: 'requestPetTransfer',
  method: 'POST',
  url: '/pets/{petId}/transfer',
  permission: 'ownerships.write',
  tag,
  summary: 'Ask to transfer a pet',
  description:
    'For owners with `manage`, front desk and admins. Mails a link that is good for 7 days, and tells the others who manage ' +
    'the pet. Once accepted, every ownership of today ends. One transfer of a pet is open at a time, and an account ' +
    'makes 20 offers a day: 409 `resource.conflict` beyond that.',
  params: ofPet,
  body: PetTransferInput,
  answers: { 201: PetTransfer },
  problems: ['resource.not-found', 'resource.conflict'],
  example: { params, body: { email: transfer.email }, answer: transfer },
})

export const withdrawPetTransfer = route({
  operationId: 'withdrawPetTransfer',
  method: 'DELETE',
  url: '/pets/{petId}/transfer',
  permission: 'ownerships.write',
  tag,
  summary: 'Withdraw a transfer',
  description: 'The mailed link opens nothing any more, and the address is forgotten.',
  params: ofPet,
  answers: { 204: null },
  problems: ['resource.not-found'],
  example: { params },
})

export const acceptPetTransfer = route({
  operationId: 'acceptPetTransfer',
  method: 'POST',
  url: '/me/pet-transfers/acceptance',
  permission: 'ownerships.write',
  tag,
  summary: 'Accept a pet',
  description:
    'Takes the mailed token from the account that has the address, as with invitations. In one step every ownership of today ' +
    "ends, what was offered of the pet besides is withdrawn, and the pet is the caller's with every right. Its visits stay.",
  body: MailedToken,
  answers: { 200: AcceptedOwnership },
  problems: ['resource.not-found'],
  example: {
    body: { token: exampleToken },
    answer: { petId: exampleIds.pet, rights: ['view', 'book', 'records', 'manage'], since: '2026-11-23T18:00:00Z' },
  },
})

export const declinePetTransfer = route({
  operationId: 'declinePetTransfer',
  method: 'POST',
  url: '/me/pet-transfers/decline',
  permission: 'ownerships.write',
  tag,
  summary: 'Decline a pet',
  description: 'Takes what accepting takes. Those who manage the pet are told.',
  body: MailedToken,
  answers: { 204: null },
  problems: ['resource.not-found'],
  example: { body: { token: exampleToken } },
})
