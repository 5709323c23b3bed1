import { ChosenResourceIds, ResourceIds } from './appointments.ts'
import { Closed, Id, Instant, InstantOrLocal } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import { ServiceRef } from './services.ts'
import Type, { type Static } from './type.ts'

export const Hold = Closed({
  id: Id,
  startsAt: Instant,
  endsAt: Instant,
  providerId: Id,
  locationId: Id,
  resourceIds: ResourceIds,
  expiresAt: Instant,
})

export const HoldRequest = Closed({
  service: ServiceRef,
  startsAt: InstantOrLocal,
  locationId: Type.Optional(Id),
  providerId: Type.Optional(Id),
  petId: Type.Optional(Id),
  resourceIds: ChosenResourceIds,
})

export type Hold = Static<typeof Hold>
export type HoldRequest = Static<typeof HoldRequest>

const tag = 'Appointments'
const holdId = Closed({ holdId: Id })
const params = { holdId: exampleIds.hold }
const exampleHold = {
  id: exampleIds.hold,
  startsAt: '2027-03-15T13:00:00Z',
  endsAt: '2027-03-15T14:00:00Z',
  providerId: exampleIds.provider,
  locationId: exampleIds.location,
  resourceIds: [],
  expiresAt: '2027-03-01T10:05:00Z',
}

export const makeHold = route({
  operationId: 'makeHold',
  method: 'POST',
  url: '/holds',
  permission: 'appointments.hold',
  tag,
  summary: 'Hold a time',
  description:
    'Keeps a free time for five minutes: nobody else sees it, you do. Book it by its id, as `holdId`, which spends it. With ' +
    '`petId` the pet is reserved as well, and the time is as long as it takes for it. A new hold or booking of yours at the same time takes its place. You may have ' +
    'three holds at a time. What a booking answers about a time, this answers too.',
  body: HoldRequest,
  answers: { 201: Hold },
  problems: [
    'resource.not-found',
    'reference.unknown',
    'hold.limit',
    'pet.deceased',
    'appointment.slot-taken',
    'appointment.pet-busy',
    'appointment.not-bookable',
    'appointment.nonexistent-time',
    'appointment.ambiguous-time',
    'appointment.location-required',
  ],
  example: {
    body: { service: 'grooming', startsAt: '2027-03-15T09:00', locationId: exampleIds.location },
    answer: exampleHold,
  },
})

export const getHold = route({
  operationId: 'getHold',
  method: 'GET',
  url: '/holds/{holdId}',
  permission: 'appointments.read',
  tag,
  summary: 'Read a hold',
  description: 'One of yours. A hold that has expired, or was booked, is gone.',
  params: holdId,
  answers: { 200: Hold },
  problems: ['resource.not-found'],
  example: { params, answer: exampleHold },
})

export const extendHold = route({
  operationId: 'extendHold',
  method: 'POST',
  url: '/holds/{holdId}/extension',
  permission: 'appointments.hold',
  tag,
  summary: 'Hold a time for longer',
  description: 'Five minutes more, once. A hold that has expired is gone.',
  params: holdId,
  answers: { 200: Hold },
  problems: ['resource.not-found', 'hold.extended'],
  example: { params, answer: { ...exampleHold, expiresAt: '2027-03-01T10:10:00Z' } },
})

export const releaseHold = route({
  operationId: 'releaseHold',
  method: 'DELETE',
  url: '/holds/{holdId}',
  permission: 'appointments.hold',
  tag,
  summary: 'Give a held time back',
  description: 'The time is free again at once.',
  params: holdId,
  answers: { 204: null },
  problems: ['resource.not-found'],
  example: { params },
})
