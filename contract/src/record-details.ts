import { Closed, LocalDate, OneOf, Text } from './common.ts'
import Type, { type Static } from './type.ts'

export const vaccines = [
  'rabies',
  'dap',
  'leptospirosis',
  'bordetella',
  'lyme',
  'canine-influenza',
  'fvrcp',
  'felv',
  'other',
] as const

export const Vaccine = OneOf(vaccines)
export type Vaccine = Static<typeof Vaccine>

const { Optional } = Type

const Coding = {
  code: Optional(Text(60, { description: 'The code in `system`' })),
  system: Optional(Text(200, { description: 'The code system', examples: ['http://snomed.info/sct'] })),
}

export const LabValue = Closed({
  name: Text(120),
  value: Optional(Type.Union([Type.Number(), Text(200)], { description: 'A number in `unit`, or words' })),
  unit: Optional(Text(40, { description: 'UCUM', examples: ['mmol/L'] })),
  low: Optional(Type.Number({ description: "The reference range's lower end, in `unit`" })),
  high: Optional(Type.Number({ description: "The reference range's upper end, in `unit`" })),
})

export const VaccinationDetails = Closed({
  vaccine: Vaccine,
  product: Optional(Text(120)),
  manufacturer: Optional(Text(120)),
  lotNumber: Optional(Text(60)),
  lotExpiresOn: Optional(LocalDate),
  dose: Optional(OneOf(['primary', 'booster'])),
  licensedYears: Optional(Type.Integer({ minimum: 1, maximum: 10, description: 'Years, as the label says' })),
  nextDueOn: Optional(LocalDate),
})

export const AllergyDetails = Closed({
  substance: Text(200),
  reaction: Optional(Text(1000)),
  severity: Optional(OneOf(['mild', 'moderate', 'severe', 'life-threatening'])),
  active: Optional(Type.Boolean({ description: 'Absent means that it is' })),
})

/** When a medication is given: at these times of the day, or every so many hours. */
export const MedicationSchedule = Closed({
  timesOfDay: Optional(
    Type.Array(Type.String({ format: 'wall-time', examples: ['08:00'] }), {
      minItems: 1,
      maxItems: 24,
      description: 'By the clock where the pet is',
    }),
  ),
  everyHours: Optional(Type.Integer({ minimum: 1, maximum: 720, description: 'Hours; instead of `timesOfDay`' })),
  everyDays: Optional(Type.Integer({ minimum: 1, maximum: 366, description: 'Days; absent means daily' })),
  asNeeded: Optional(Type.Boolean({ description: 'Only when it is needed, and no more often than that' })),
})

export const MedicationDetails = Closed({
  name: Text(200),
  dose: Optional(Text(120)),
  route: Optional(Text(120)),
  frequency: Optional(Text(120)),
  startsOn: Optional(LocalDate),
  endsOn: Optional(LocalDate),
  schedule: Optional(MedicationSchedule),
  refillsAllowed: Optional(
    Type.Integer({ minimum: 0, maximum: 99, description: 'How often it may be dispensed again' }),
  ),
})

export const WeightDetails = Closed({
  grams: Type.Integer({ minimum: 1, maximum: 2_000_000, description: 'Grams' }),
  bodyConditionScore: Optional(Type.Integer({ minimum: 1, maximum: 9, description: 'WSAVA scale of 9; 5 is ideal' })),
})

/** The ranges span every species: a torpid hamster is near 4 °C, a hummingbird's heart passes 1,200 beats. */
export const VitalsDetails = Closed({
  temperatureCelsius: Type.Number({ minimum: 0, maximum: 50, description: '°C' }),
  heartRate: Optional(Type.Integer({ minimum: 0, maximum: 1500, description: 'Beats per minute' })),
  respiratoryRate: Optional(Type.Integer({ minimum: 0, maximum: 600, description: 'Breaths per minute' })),
})

export const LabResultDetails = Closed({
  panel: Text(120),
  results: Optional(Type.Array(LabValue, { maxItems: 200 })),
})

export const DiagnosisDetails = Closed({
  name: Text(300),
  ...Coding,
  active: Optional(Type.Boolean({ description: 'Absent means that it is' })),
})

export const ProcedureDetails = Closed({ name: Text(300), ...Coding })

export const VisitNoteDetails = Closed({
  subjective: Text(20_000),
  objective: Optional(Text(20_000)),
  assessment: Optional(Text(20_000)),
  plan: Optional(Text(20_000)),
})

export const DocumentDetails = Closed({ title: Text(200) })

export const NoteDetails = Closed({})

/** What `details` of a medical record holds, by the record's type; the first field is the one that is required. */
export const recordDetails = {
  vaccination: VaccinationDetails,
  allergy: AllergyDetails,
  medication: MedicationDetails,
  weight: WeightDetails,
  vitals: VitalsDetails,
  'lab-result': LabResultDetails,
  diagnosis: DiagnosisDetails,
  procedure: ProcedureDetails,
  'visit-note': VisitNoteDetails,
  document: DocumentDetails,
  note: NoteDetails,
} as const

export const recordTypes = Object.keys(recordDetails) as RecordType[]

export type RecordType = keyof typeof recordDetails
export type RecordDetails = { [T in RecordType]: Static<(typeof recordDetails)[T]> }

/** Ties `details` to `type`: goes into the schema of an object that has both. */
export const detailsByType = {
  oneOf: recordTypes.map((type) => ({
    properties: { type: { const: type }, details: recordDetails[type] },
    required: type === 'note' ? ['type'] : ['type', 'details'],
  })),
}
