import { PersonName } from './accounts.ts'
import { Slug, TimeZone } from './catalogue.ts'
import { Closed, Id, Instant, InstantOrLocal, LocalDateTime, Nullable, OneOf, Page, pageQuery, Text } from './common.ts'
import { exampleAppointment, exampleIds } from './examples.ts'
import { route } from './route.ts'
import { ServiceRef } from './services.ts'
import Type, { type Static } from './type.ts'

export const appointmentStatuses = [
  'requested',
  'booked',
  'confirmed',
  'checked-in',
  'in-service',
  'completed',
  'cancelled',
  'declined',
  'no-show',
] as const

/** An entry of `reasons` in 422 `appointment.not-bookable`. */
export const notBookableReasons = {
  'off-step': "the start is not on the service's step, counted from midnight by the location's clock",
  'lead-time': "the start is within the service's lead time, or past",
  horizon: "the start is beyond the service's horizon",
  closed: 'the location is closed then',
  skill: 'the provider does not perform the service, or not for the species of the pet',
  'provider-off': 'the provider has time off then',
  'outside-hours': 'the visit does not lie within working hours',
  'not-offered': 'nobody performs the service with that provider and location, or it lacks a room of a kind it needs',
} as const

/** An entry of `reasons` in 409 `appointment.slot-taken`: what the time is lost to. */
export const takenReasons = {
  'provider-busy': 'the provider is taken',
  'resource-taken': 'a room or machine it needs is taken',
  buffer: 'the visit itself would fit, but not the time that the service takes before or after it',
  travel: 'the provider has a visit at another location, and could not get here or there in time',
  held: 'the time is taken for now, and may be free again within minutes',
} as const

/** The rules that an override sets aside. */
export const overridableReasons = ['outside-hours', 'off-step', 'lead-time', 'horizon'] as const

const reason = Text(500)

/** Why the rules were set aside for a visit. */
export const Override = Closed({ reason })

const override = Type.Optional(
  Closed(
    { reason },
    { description: 'Front desk and admin: why a time is given that the rules do not offer; kept for the staff' },
  ),
)

const resourceIds = (description: string) => Type.Array(Id, { uniqueItems: true, maxItems: 8, description })

export const ResourceIds = resourceIds('The rooms and machines it has')
export const ChosenResourceIds = Type.Optional(
  resourceIds('Rooms and machines it is to have; of kinds that are not named, any will do'),
)

const notes = Nullable(Text(2000, { description: 'For whoever does the visit' }))

export const AppointmentStatus = OneOf(appointmentStatuses)

export const Appointment = Closed({
  id: Id,
  petId: Id,
  service: Closed({ id: Id, slug: Slug, name: Text(120) }),
  provider: Closed({ id: Id, name: PersonName }),
  location: Closed({ id: Id, name: Text(120), timeZone: TimeZone }),
  startsAt: Instant,
  endsAt: Instant,
  localStart: LocalDateTime,
  resourceIds: ResourceIds,
  status: AppointmentStatus,
  notes,
  overridden: Type.Boolean({ description: 'Given a time that the rules do not offer' }),
  lateCancellation: Type.Boolean({ description: 'Cancelled when it was no longer free' }),
  createdAt: Instant,
  updatedAt: Instant,
})

export const Booking = Closed({
  petId: Id,
  service: ServiceRef,
  startsAt: InstantOrLocal,
  locationId: Type.Optional(Id),
  providerId: Type.Optional(Id),
  resourceIds: ChosenResourceIds,
  holdId: Type.Optional(Id),
  notes: Type.Optional(notes),
  override,
})

export const AppointmentChange = Closed(
  {
    startsAt: Type.Optional(InstantOrLocal),
    providerId: Type.Optional(Id),
    resourceIds: ChosenResourceIds,
    notes: Type.Optional(notes),
    override,
  },
  { minProperties: 1 },
)

export type Override = Static<typeof Override>
export type AppointmentStatus = Static<typeof AppointmentStatus>
export type Appointment = Static<typeof Appointment>
export type Booking = Static<typeof Booking>
export type AppointmentChange = Static<typeof AppointmentChange>

const appointmentId = Closed({ appointmentId: Id })
const tag = 'Appointments'
const params = { appointmentId: exampleIds.appointment }

const listed = (reasons: Readonly<Record<string, string>>) =>
  Object.entries(reasons)
    .map(([reason, meaning]) => `\`${reason}\` (${meaning})`)
    .join(', ')

const refusals =
  'A time another visit has taken answers 409 `appointment.slot-taken` with up to three ' +
  `\`alternatives: [{ startsAt, endsAt, locationId, providerIds }]\` and \`reasons\`: ${listed(takenReasons)}; a time that ` +
  `cannot be booked answers 422 \`appointment.not-bookable\` with \`reasons\`: ${listed(notBookableReasons)}. ` +
  `Front desk and admin may \`override\` ${overridableReasons.map((reason) => `\`${reason}\``).join(', ')} ` +
  'for a start on a whole second that lies ahead, by ten years at the most, and never another reservation; others answer 403.'

export const listAppointments = route({
  operationId: 'listAppointments',
  method: 'GET',
  url: '/appointments',
  permission: 'appointments.list',
  tag,
  summary: 'List appointments',
  description:
    "Appointments in the caller's reach that start at or after `from` and before `to`, earliest first: an owner's pets', " +
    "a groomer's own, those at a vet's locations, or all for front desk and admin. A local `from` or `to` is read by the " +
    'clock of `location`.',
  query: Closed({
    from: Type.Optional(InstantOrLocal),
    to: Type.Optional(InstantOrLocal),
    status: Type.Optional(AppointmentStatus),
    pet: Type.Optional(Id),
    provider: Type.Optional(Id),
    location: Type.Optional(Id),
    ...pageQuery,
  }),
  answers: { 200: Page(Appointment) },
  problems: ['appointment.location-required', 'appointment.nonexistent-time', 'appointment.ambiguous-time'],
  example: { query: { status: 'booked' }, answer: { items: [exampleAppointment], nextCursor: null } },
})

export const bookAppointment = route({
  operationId: 'bookAppointment',
  method: 'POST',
  url: '/appointments',
  permission: 'appointments.book',
  tag,
  summary: 'Book a visit',
  description:
    'Books a pet in. Without `locationId` any location will do that has the time; without `providerId`, whoever the pet ' +
    'saw last for this kind of service, if free, else who has the fewest visits that day; of the rooms and machines that the ' +
    'service needs any of the right kind, but for `resourceIds`. All of it is reserved, or nothing. `holdId` books the time of a hold of ' +
    "yours, with its provider, whatever the lead time is by now; service and time must be the hold's, else 422 " +
    `\`hold.mismatch\`. ${refusals}`,
  body: Booking,
  answers: { 201: Appointment },
  problems: [
    'resource.not-found',
    'reference.unknown',
    'pet.deceased',
    'appointment.slot-taken',
    'appointment.pet-busy',
    'appointment.not-bookable',
    'appointment.nonexistent-time',
    'appointment.ambiguous-time',
    'appointment.location-required',
    'hold.expired',
    'hold.mismatch',
  ],
  example: {
    body: {
      petId: exampleIds.pet,
      service: 'grooming',
      startsAt: '2027-03-15T09:00',
      locationId: exampleIds.location,
      notes: exampleAppointment.notes,
    },
    answer: exampleAppointment,
  },
})

export const getAppointment = route({
  operationId: 'getAppointment',
  method: 'GET',
  url: '/appointments/{appointmentId}',
  permission: 'appointments.read',
  tag,
  summary: 'Read an appointment',
  description: 'One appointment in reach, whatever its state.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found'],
  example: { params, answer: exampleAppointment },
})

export const getOverride = route({
  operationId: 'getOverride',
  method: 'GET',
  url: '/appointments/{appointmentId}/override',
  permission: 'appointments.read',
  tag,
  summary: 'Read why a visit has a time that the rules do not offer',
  description:
    'For front desk, admin and those who run the visit; owners are answered 403. A visit that is not `overridden` has ' +
    'nothing to read: 404.',
  params: appointmentId,
  answers: { 200: Override },
  problems: ['resource.not-found'],
  example: { params, answer: { reason: 'The dog has to be seen before its flight.' } },
})

export const changeAppointment = route({
  operationId: 'changeAppointment',
  method: 'PUT',
  url: '/appointments/{appointmentId}',
  permission: 'appointments.change',
  tag,
  summary: 'Move or update an appointment',
  description:
    'Moves the visit, gives it other rooms, or changes its notes, while it is requested, booked or confirmed. What is absent ' +
    'stays, but for the rooms, which may be others of their kinds at another time; the location always does. ' +
    `The old time is kept until the new one is won, and a move that fails changes nothing. ${refusals}`,
  params: appointmentId,
  body: AppointmentChange,
  answers: { 200: Appointment },
  problems: [
    'resource.not-found',
    'reference.unknown',
    'appointment.illegal-transition',
    'pet.deceased',
    'appointment.slot-taken',
    'appointment.pet-busy',
    'appointment.not-bookable',
    'appointment.nonexistent-time',
    'appointment.ambiguous-time',
    'resource.stale',
  ],
  example: { params, body: { startsAt: '2027-03-15T09:00:00-04:00' }, answer: exampleAppointment },
})

export const cancelAppointment = route({
  operationId: 'cancelAppointment',
  method: 'DELETE',
  url: '/appointments/{appointmentId}',
  permission: 'appointments.cancel',
  tag,
  summary: 'Cancel an appointment',
  description:
    "Gives the time back, while the visit is requested, booked or confirmed. Free until the service's " +
    '`cancellationHours` before the start, then marked late. Cancelling twice is one cancellation.',
  params: appointmentId,
  answers: { 200: Appointment },
  problems: ['resource.not-found', 'appointment.illegal-transition', 'resource.stale'],
  example: { params, answer: { ...exampleAppointment, status: 'cancelled' } },
})
