import { notBookableReasons, takenReasons } from './appointments.ts'
import { Slug } from './catalogue.ts'
import { Closed, Id, Instant, InstantOrLocal, LocalDate, LocalDateTime, OneOf } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import { ServiceRef } from './services.ts'
import Type, { type Static } from './type.ts'

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

/** Why a start cannot be booked; nothing of it tells whose time it is. */
export const startReasons = {
  ...notBookableReasons,
  ...takenReasons,
  'pet-busy': 'the pet has another visit',
} as const

const StartReasons = Type.Array(OneOf(Object.keys(startReasons) as (keyof typeof startReasons)[]))

export const Explanation = Closed({
  service: Slug,
  isBookable: Type.Boolean(),
  reasons: StartReasons,
  candidates: Type.Array(Closed({ locationId: Id, providerId: Id, reasons: StartReasons })),
})

export type Explanation = Static<typeof Explanation>
export type StartReason = keyof typeof startReasons
/** The next starts, and no more than were asked for. */
export const NextAvailability = Closed({ service: Slug, slots: Type.Array(Slot, { maxItems: 20 }) })

export type Alternative = Static<typeof Alternative>
export type Slot = Static<typeof Slot>
export type Availability = Static<typeof Availability>
export type NextAvailability = Static<typeof NextAvailability>

const resource = Type.String({ ...Id, description: 'A room or machine that is wanted, and no other of its kind' })

const wallTime = (description: string, more: object = {}) =>
  Type.Optional(Type.String({ format: 'wall-time', description, ...more }))

const filters = {
  location: Type.Optional(Id),
  provider: Type.Optional(Id),
  resource: Type.Optional(resource),
  pet: Type.Optional(Id),
  fromTime: wallTime("HH:MM by the location's clock; no start is earlier in the day", { pattern: '^(?!24:)' }),
  toTime: wallTime('HH:MM; starts are before it. At or before `fromTime` it is that of the next morning'),
  weekday: Type.Optional(
    Type.String({
      pattern: '^[1-7](,[1-7]){0,6}$',
      description: 'Days of the week, ISO 8601: Monday is 1',
      examples: ['6,7'],
    }),
  ),
}

const slot = {
  startsAt: '2027-03-15T13:00:00Z',
  endsAt: '2027-03-15T14:00:00Z',
  localStart: '2027-03-15T09:00:00',
  locationId: exampleIds.location,
  providerIds: [exampleIds.provider],
}

export const searchAvailability = route({
  operationId: 'searchAvailability',
  method: 'GET',
  url: '/availability',
  public: true,
  tag: 'Availability',
  summary: 'Find free times',
  description:
    'Every start that a booking would accept now, earliest first, on `days` days from `date` by the calendar of each ' +
    'location. With `pet`, times at which the pet has another visit are left out, as are providers who do not take its species, ' +
    'and a visit is as long as it takes for its species and weight; that takes a sign-in. Without it, only the booking can tell.',
  query: Closed({
    service: ServiceRef,
    date: LocalDate,
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 31, default: 1 })),
    ...filters,
  }),
  answers: { 200: Availability },
  problems: ['auth.required', 'resource.not-found', 'reference.unknown', 'pet.deceased'],
  example: {
    query: { service: 'grooming', date: '2027-03-15' },
    answer: {
      service: 'grooming',
      date: '2027-03-15',
      days: 1,
      slots: [slot],
    },
  },
})

export const explainStart = route({
  operationId: 'explainStart',
  method: 'GET',
  url: '/availability/explanation',
  permission: 'appointments.read',
  tag: 'Availability',
  summary: 'Explain why a time is free or not',
  description:
    'Whether a start can be booked now, and what stands against it with each provider who may perform the service; `reasons` ' +
    `are those of whoever comes nearest. ${Object.entries(startReasons)
      .map(([reason, meaning]) => `\`${reason}\`: ${meaning}`)
      .join('; ')}.`,
  query: Closed({
    service: ServiceRef,
    startsAt: InstantOrLocal,
    location: Type.Optional(Id),
    provider: Type.Optional(Id),
    resource: Type.Optional(resource),
    pet: Type.Optional(Id),
  }),
  answers: { 200: Explanation },
  problems: [
    'resource.not-found',
    'reference.unknown',
    'pet.deceased',
    'appointment.nonexistent-time',
    'appointment.ambiguous-time',
    'appointment.location-required',
  ],
  example: {
    query: { service: 'grooming', startsAt: '2027-03-15T07:00', location: exampleIds.location },
    answer: {
      service: 'grooming',
      isBookable: false,
      reasons: ['outside-hours'],
      candidates: [{ locationId: exampleIds.location, providerId: exampleIds.provider, reasons: ['outside-hours'] }],
    },
  },
})

export const findNextStarts = route({
  operationId: 'findNextStarts',
  method: 'GET',
  url: '/availability/next',
  public: true,
  tag: 'Availability',
  summary: 'Find the next free times',
  description:
    'The first `count` starts that a booking would accept now, earliest first, at or after `from` and within 180 days of it, ' +
    'at whichever location, for a pet as in a search. `from` is an instant, or a date by the calendar of each location; left out or past, it is now.',
  query: Closed({
    service: ServiceRef,
    from: Type.Optional(Type.Union([LocalDate, Instant])),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 5 })),
    ...filters,
  }),
  answers: { 200: NextAvailability },
  problems: ['auth.required', 'resource.not-found', 'reference.unknown', 'pet.deceased'],
  example: {
    query: { service: 'grooming', from: '2027-03-15', fromTime: '09:00', toTime: '12:00', weekday: '1,3' },
    answer: { service: 'grooming', slots: [slot] },
  },
})
