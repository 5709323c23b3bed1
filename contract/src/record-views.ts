import { Closed, Id, Instant, LocalDate, Nullable, OneOf } from './common.ts'
import { exampleIds } from './examples.ts'
import { DiagnosisDetails, MedicationDetails, MedicationSchedule, WeightDetails } from './record-details.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

const { name, dose, route: way, frequency } = MedicationDetails.properties

/** Of which record something comes, and who stands behind it. */
const Origin = {
  recordId: Id,
  source: OneOf(['clinical', 'owner-reported']),
  verified: Type.Boolean({ description: 'A vet wrote it or vouches for it' }),
}

export const WeightHistory = Closed({
  petId: Id,
  points: Type.Array(
    Closed({
      on: LocalDate,
      grams: WeightDetails.properties.grams,
      bodyConditionScore: Nullable(Type.Integer({ minimum: 1, maximum: 9 })),
      ...Origin,
    }),
    { description: 'Oldest first, the newest 2,000' },
  ),
})

export const ProblemList = Closed({
  petId: Id,
  problems: Type.Array(
    Closed({
      name: DiagnosisDetails.properties.name,
      code: Nullable(Type.String()),
      system: Nullable(Type.String()),
      since: Type.String({ ...LocalDate, description: 'The day of the diagnosis' }),
      ...Origin,
    }),
    { description: 'Newest first' },
  ),
})

export const MedicationList = Closed({
  petId: Id,
  medications: Type.Array(
    Closed({
      name,
      dose: Nullable(dose),
      route: Nullable(way),
      frequency: Nullable(frequency),
      schedule: Nullable(MedicationSchedule),
      startsOn: Type.String({ ...LocalDate, description: 'The day of the record, where it says no other' }),
      endsOn: Nullable(LocalDate),
      refillsAllowed: Type.Integer({ minimum: 0 }),
      refillsLeft: Type.Integer({ minimum: 0 }),
      lastRefilledAt: Nullable(Instant),
      ...Origin,
    }),
    { description: 'Newest first' },
  ),
})

export const Refill = Closed({
  recordId: Id,
  number: Type.Integer({ minimum: 1, description: 'The first refill is 1' }),
  refillsLeft: Type.Integer({ minimum: 0 }),
  dispensedAt: Instant,
})

export const AppointmentAlerts = Closed({
  appointmentId: Id,
  petId: Id,
  alerts: Type.Array(
    Closed({
      kind: OneOf(['allergy']),
      severity: OneOf(['severe', 'life-threatening']),
      substance: Type.String(),
      reaction: Nullable(Type.String()),
      ...Origin,
    }),
    { description: 'The gravest first' },
  ),
})

export type WeightHistory = Static<typeof WeightHistory>
export type ProblemList = Static<typeof ProblemList>
export type MedicationList = Static<typeof MedicationList>
export type Refill = Static<typeof Refill>
export type AppointmentAlerts = Static<typeof AppointmentAlerts>

const petId = Closed({ petId: Id })
const tag = 'Medical records'
const params = { petId: exampleIds.pet }
const origin = { recordId: exampleIds.record, source: 'clinical', verified: true }

export const getWeightHistory = route({
  operationId: 'getWeightHistory',
  method: 'GET',
  url: '/pets/{petId}/weights',
  permission: 'medical-records.read',
  noStore: true,
  tag,
  summary: 'Read how the weight of a pet went',
  description:
    'Its weight records as a series for a chart, from the day `from` to the day `to`. The weight in the profile is the last ' +
    'of those that a vet made or verified. It is for whoever may read the records; the reading is audited.',
  params: petId,
  query: Closed({ from: Type.Optional(LocalDate), to: Type.Optional(LocalDate) }),
  answers: { 200: WeightHistory },
  problems: ['resource.not-found', 'medical-record.no-care', 'record.integrity'],
  example: {
    params,
    query: { from: '2026-01-01' },
    answer: {
      petId: exampleIds.pet,
      points: [{ on: '2026-03-30', grams: 18400, bodyConditionScore: 5, ...origin }],
    },
  },
})

export const listProblems = route({
  operationId: 'listProblems',
  method: 'GET',
  url: '/pets/{petId}/problems',
  permission: 'medical-records.read',
  noStore: true,
  tag,
  summary: 'List the problems of a pet',
  description: 'Its diagnoses that are active. The reading is audited.',
  params: petId,
  answers: { 200: ProblemList },
  problems: ['resource.not-found', 'medical-record.no-care', 'record.integrity'],
  example: {
    params,
    answer: {
      petId: exampleIds.pet,
      problems: [{ name: 'Hip dysplasia', code: null, system: null, since: '2026-03-30', ...origin }],
    },
  },
})

export const listMedications = route({
  operationId: 'listMedications',
  method: 'GET',
  url: '/pets/{petId}/medications',
  permission: 'medical-records.read',
  noStore: true,
  tag,
  summary: 'List the medications of a pet',
  description:
    'Those that have not ended, with their schedule and what is left of their refills. The reading is audited.',
  params: petId,
  answers: { 200: MedicationList },
  problems: ['resource.not-found', 'medical-record.no-care', 'record.integrity'],
  example: {
    params,
    answer: {
      petId: exampleIds.pet,
      medications: [
        {
          name: 'Carprofen',
          dose: '50 mg',
          route: 'by mouth',
          frequency: null,
          schedule: { timesOfDay: ['08:00', '20:00'] },
          startsOn: '2026-03-30',
          endsOn: null,
          refillsAllowed: 3,
          refillsLeft: 2,
          lastRefilledAt: '2026-04-20T15:00:00Z',
          ...origin,
        },
      ],
    },
  },
})

export const refillMedication = route({
  operationId: 'refillMedication',
  method: 'POST',
  url: '/pets/{petId}/medical-records/{recordId}/refills',
  permission: 'medical-records.refill',
  noStore: true,
  tag,
  summary: 'Refill a medication',
  description:
    'Dispenses a medication once more, by a vet who treats the pet, while refills are left; the last is given once, however ' +
    'many ask. Without any it answers 409 `medical-record.no-refills`, for a pet that has died 409 `pet.deceased`; a record that is no medication, has ended, was entered in ' +
    'error, or that no vet stands behind, 409 `resource.conflict`.',
  params: Closed({ petId: Id, recordId: Id }),
  answers: { 201: Refill },
  problems: [
    'resource.not-found',
    'medical-record.no-care',
    'medical-record.no-refills',
    'pet.deceased',
    'resource.conflict',
    'record.integrity',
  ],
  example: {
    params: { petId: exampleIds.pet, recordId: exampleIds.record },
    answer: { recordId: exampleIds.record, number: 1, refillsLeft: 2, dispensedAt: '2026-04-20T15:00:00Z' },
  },
})

export const listAppointmentAlerts = route({
  operationId: 'listAppointmentAlerts',
  method: 'GET',
  url: '/appointments/{appointmentId}/alerts',
  permission: 'medical-records.read',
  noStore: true,
  tag,
  summary: 'List the alerts of an appointment',
  description:
    "The pet's active allergies that are severe or life-threatening, for whoever may read its records. The appointment itself " +
    'says nothing of them, so that nobody else can tell. The reading is audited.',
  params: Closed({ appointmentId: Id }),
  answers: { 200: AppointmentAlerts },
  problems: ['resource.not-found', 'medical-record.no-care', 'record.integrity'],
  example: {
    params: { appointmentId: exampleIds.appointment },
    answer: {
      appointmentId: exampleIds.appointment,
      petId: exampleIds.pet,
      alerts: [
        { kind: 'allergy', severity: 'life-threatening', substance: 'Penicillin', reaction: 'Anaphylaxis', ...origin },
      ],
    },
  },
})
