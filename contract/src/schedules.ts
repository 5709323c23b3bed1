import { handling, handlingRule } from './appointment-handling.ts'
import { Alternative } from './availability.ts'
import { Closed, Id, Instant, LocalDate, LocalDateTime, Nullable, Page, pageQuery, Text } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const Shift = Closed({
  weekday: Type.Integer({ minimum: 1, maximum: 7, description: 'ISO 8601: Monday is 1' }),
  from: Type.String({ format: 'wall-time', pattern: '^(?!24:)', description: 'HH:MM', examples: ['09:00'] }),
  to: Type.String({
    format: 'wall-time',
    description: "HH:MM; at or before `from` it is the next day's, and `24:00` is the day's end",
    examples: ['17:00'],
  }),
})

export const WorkingHoursInput = Closed({
  locationId: Id,
  weekly: Type.Array(Shift, { maxItems: 70, description: 'Wall-clock times at the location; empty: no hours there' }),
  effectiveFrom: Type.Optional(LocalDate),
  ...handling,
})

export const WorkingHours = Closed({
  providerId: Id,
  locationId: Id,
  effectiveFrom: LocalDate,
  weekly: Type.Array(Shift),
})

const times = { from: LocalDateTime, to: LocalDateTime }
const where = Type.Optional(Nullable(Id))
const reason = Type.Optional(Nullable(Text(500)))
const leaveAppointments = Type.Optional(
  Type.Boolean({ default: false, description: 'The same as `appointments: "leave"`, where that is left out' }),
)

export const TimeOffInput = Closed({ ...times, locationId: where, reason, leaveAppointments, ...handling })
export const ExtraHoursInput = Closed({ ...times, locationId: where, reason })
export const ClosureInput = Closed({ ...times, reason, leaveAppointments, ...handling })

/** A time off, extra hours or a closure, in wall-clock times. */
export const ScheduleChange = Closed({ id: Id, ...times, locationId: Nullable(Id), reason: Nullable(Text(500)) })

/** An entry of `appointments` in 409 `schedule.appointments-affected`. */
export const AffectedAppointment = Closed({
  id: Id,
  petId: Id,
  providerId: Id,
  startsAt: Instant,
  endsAt: Instant,
  alternatives: Type.Array(Alternative, { maxItems: 3, description: 'The nearest free times at its location' }),
})

export type Shift = Static<typeof Shift>
export type WorkingHoursInput = Static<typeof WorkingHoursInput>
export type WorkingHours = Static<typeof WorkingHours>
export type TimeOffInput = Static<typeof TimeOffInput>
export type ExtraHoursInput = Static<typeof ExtraHoursInput>
export type ClosureInput = Static<typeof ClosureInput>
export type ScheduleChange = Static<typeof ScheduleChange>
export type AffectedAppointment = Static<typeof AffectedAppointment>

const providerId = Closed({ providerId: Id })
const tag = 'Schedules'
const provider = { providerId: exampleIds.provider }

const hours = {
  providerId: exampleIds.provider,
  locationId: exampleIds.location,
  effectiveFrom: '2027-03-01',
  weekly: [{ weekday: 1, from: '09:00', to: '17:00' }],
}

const extraSunday = {
  id: exampleIds.scheduleChange,
  from: '2027-03-21T10:00:00',
  to: '2027-03-21T14:00:00',
  locationId: exampleIds.location,
  reason: null,
}

const holiday = { from: '2027-03-15T00:00:00', to: '2027-03-20T00:00:00', reason: 'Holiday' }

export const getWorkingHours = route({
  operationId: 'getWorkingHours',
  method: 'GET',
  url: '/providers/{providerId}/working-hours',
  permission: 'schedules.read',
  tag,
  summary: 'Read the working hours of a provider',
  description: 'The weeks in force and those to come, by location and first day. Vets and groomers read their own.',
  params: providerId,
  query: Closed({ location: Type.Optional(Id), ...pageQuery }),
  answers: { 200: Page(WorkingHours) },
  problems: ['resource.not-found'],
  example: { params: provider, answer: { items: [hours], nextCursor: null } },
})

export const setWorkingHours = route({
  operationId: 'setWorkingHours',
  method: 'PUT',
  url: '/providers/{providerId}/working-hours',
  permission: 'schedules.write',
  tag,
  summary: 'Set the working hours of a provider',
  description:
    "Replaces the week at this location only, from `effectiveFrom` on, else from the location's today; weeks planned for " +
    `later dates go with it. Hours at two locations may overlap: who is booked at one is busy at the other. ${handlingRule}`,
  params: providerId,
  body: WorkingHoursInput,
  answers: { 200: WorkingHours },
  problems: ['resource.not-found', 'reference.unknown', 'schedule.appointments-affected'],
  example: {
    params: provider,
    body: { locationId: hours.locationId, effectiveFrom: hours.effectiveFrom, weekly: hours.weekly },
    answer: hours,
  },
})

export const addTimeOff = route({
  operationId: 'addTimeOff',
  method: 'POST',
  url: '/providers/{providerId}/time-off',
  permission: 'time-off.create',
  tag,
  summary: 'Add time off',
  description:
    'Takes the provider off the books; vets do so for themselves. Without `locationId` it holds at every ' +
    `location of theirs; where those keep different clocks, one must be named. ${handlingRule}`,
  params: providerId,
  body: TimeOffInput,
  answers: { 201: ScheduleChange },
  problems: [
    'resource.not-found',
    'reference.unknown',
    'appointment.location-required',
    'schedule.appointments-affected',
  ],
  example: {
    params: provider,
    body: holiday,
    answer: { id: exampleIds.scheduleChange, ...holiday, locationId: null },
  },
})

export const getTimeOff = route({
  operationId: 'getTimeOff',
  method: 'GET',
  url: '/providers/{providerId}/time-off/{timeOffId}',
  permission: 'schedules.read',
  tag,
  summary: 'Read a time off',
  description: 'In wall-clock times, as it was added. Vets and groomers read their own.',
  params: Closed({ providerId: Id, timeOffId: Id }),
  answers: { 200: ScheduleChange },
  problems: ['resource.not-found'],
  example: {
    params: { ...provider, timeOffId: exampleIds.scheduleChange },
    answer: { id: exampleIds.scheduleChange, ...holiday, locationId: null },
  },
})

export const addExtraHours = route({
  operationId: 'addExtraHours',
  method: 'POST',
  url: '/providers/{providerId}/extra-hours',
  permission: 'schedules.write',
  tag,
  summary: 'Add extra hours',
  description:
    'Opens time beyond the weekly hours. A provider of one location works there; of several, one must be named.',
  params: providerId,
  body: ExtraHoursInput,
  answers: { 201: ScheduleChange },
  problems: ['resource.not-found', 'reference.unknown', 'appointment.location-required'],
  example: {
    params: provider,
    body: { from: '2027-03-21T10:00:00', to: '2027-03-21T14:00:00', locationId: exampleIds.location },
    answer: extraSunday,
  },
})

export const getExtraHours = route({
  operationId: 'getExtraHours',
  method: 'GET',
  url: '/providers/{providerId}/extra-hours/{extraHoursId}',
  permission: 'schedules.read',
  tag,
  summary: 'Read extra hours',
  description: 'In wall-clock times, as it was added. Vets and groomers read their own.',
  params: Closed({ providerId: Id, extraHoursId: Id }),
  answers: { 200: ScheduleChange },
  problems: ['resource.not-found'],
  example: { params: { ...provider, extraHoursId: exampleIds.scheduleChange }, answer: extraSunday },
})

export const addClosure = route({
  operationId: 'addClosure',
  method: 'POST',
  url: '/locations/{locationId}/closures',
  permission: 'schedules.write',
  tag,
  summary: 'Close a location for a time',
  description: `Beats every working hour there. ${handlingRule}`,
  params: Closed({ locationId: Id }),
  body: ClosureInput,
  answers: { 201: ScheduleChange },
  problems: ['resource.not-found', 'schedule.appointments-affected'],
  example: {
    params: { locationId: exampleIds.location },
    body: holiday,
    answer: { id: exampleIds.scheduleChange, ...holiday, locationId: exampleIds.location },
  },
})

export const getClosure = route({
  operationId: 'getClosure',
  method: 'GET',
  url: '/locations/{locationId}/closures/{closureId}',
  permission: 'schedules.read',
  tag,
  summary: 'Read a closure',
  description: 'In wall-clock times, as it was added.',
  params: Closed({ locationId: Id, closureId: Id }),
  answers: { 200: ScheduleChange },
  problems: ['resource.not-found'],
  example: {
    params: { locationId: exampleIds.location, closureId: exampleIds.scheduleChange },
    answer: { id: exampleIds.scheduleChange, ...holiday, locationId: exampleIds.location },
  },
})
