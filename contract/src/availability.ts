import Type, { type Static } from 'typebox'
import { Slug } from './catalogue.ts'
import { Closed, Id, Instant, LocalDate, LocalDateTime } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import { ServiceRef } from './services.ts'

/** A time that is free; an entry of `alternatives` in 409 `appointment.slot-taken`. */
export const Alternative = Closed({
  startsAt: Instant,
  endsAt: Instant,
  locationId: Id,
  providerIds: Type.Array(Id, { minItems: 1, description: 'Who is free then' }),
})

export const Slot = Closed({ ...Alternative.properties, localStart: LocalDateTime })

export const Availability = Closed({
  service: Slug,
  date: LocalDate,
  days: Type.Integer({ minimum: 1, maximum: 31 }),
  slots: Type.Array(Slot),
})

export type Alternative = Static<typeof Alternative>
export type Slot = Static<typeof Slot>
export type Availability = Static<typeof Availability>

export const searchAvailability = route({
  operationId: 'searchAvailability',
  method: 'GET',
  url: '/availability',
  public: true,
  tag: 'Availability',
  summary: 'Find free times',
  description:
    'Every start that a booking would accept now, earliest first, on `days` days from `date` by the calendar of each ' +
    'location. With `pet`, times at which the pet has another visit are left out; that takes a sign-in.',
  query: Closed({
    service: ServiceRef,
    date: LocalDate,
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 31, default: 1 })),
    location: Type.Optional(Id),
    provider: Type.Optional(Id),
    pet: Type.Optional(Id),
  }),
  answers: { 200: Availability },
  problems: ['auth.required', 'resource.not-found', 'reference.unknown'],
  example: {
    query: { service: 'grooming', date: '2027-03-15' },
    answer: {
      service: 'grooming',
      date: '2027-03-15',
      days: 1,
      slots: [
        {
          startsAt: '2027-03-15T13:00:00Z',
          endsAt: '2027-03-15T14:00:00Z',
          localStart: '2027-03-15T09:00:00',
          locationId: exampleIds.location,
          providerIds: [exampleIds.provider],
        },
      ],
    },
  },
})
