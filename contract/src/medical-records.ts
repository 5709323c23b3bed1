import { PersonName } from './accounts.ts'
import { Closed, Id, Instant, LocalDate, Nullable, OneOf, Page, pageQuery, Text } from './common.ts'
import { exampleIds, exampleRecord, exampleRecordContent } from './examples.ts'
import { detailsByType, type RecordType, recordDetails, recordTypes } from './record-details.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

const fieldsByType = recordTypes
  .map((type) => `\`${type}\`: ${Object.keys(recordDetails[type].properties).join(', ') || 'none'}`)
  .join('; ')

/** Open at the gate; the server holds it against `recordDetails` of the record's type, and answers 422 where it does not fit. */
const Details = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  description: `Fields by \`type\`, the first of them required — ${fieldsByType}`,
  documented: { anyOf: Object.values(recordDetails) },
})

const Person = Closed({ id: Id, name: PersonName })

export const RecordKind = OneOf<readonly RecordType[]>(recordTypes)

export const RecordContent = { occurredOn: LocalDate, description: Nullable(Text(20_000)), details: Details }

export const ChangeReason = Text(500, { description: 'Why; kept with the version' })

export const RecordDocument = Closed({
  id: Id,
  name: Type.String(),
  mediaType: Type.String(),
  bytes: Type.Integer({ minimum: 0 }),
  url: Type.String({ description: 'Where it is downloaded, with the same token' }),
})

export const MedicalRecord = Closed(
  {
    id: Id,
    petId: Id,
    type: RecordKind,
    ...RecordContent,
    documents: Type.Array(RecordDocument),
    source: OneOf(['clinical', 'owner-reported']),
    verifiedBy: Nullable(Person),
    author: Person,
    appointmentId: Nullable(Type.String({ ...Id, description: 'The visit it comes from' })),
    addendumTo: Nullable(Type.String({ ...Id, description: 'The visit note it adds to' })),
    addendumIds: Type.Array(Id, { description: 'What was added to this visit note, oldest first' }),
    signedAt: Nullable(
      Type.String({ ...Instant, description: 'When its author signed this version of the visit note' }),
    ),
    locksAt: Nullable(
      Type.String({ ...Instant, description: 'From when on this visit note, or addendum to one, is amended no more' }),
    ),
    status: OneOf(['current', 'entered-in-error']),
    version: Type.Integer({ minimum: 1 }),
    createdAt: Instant,
    updatedAt: Instant,
  },
  detailsByType,
)

/** One version of a record: what it said, who wrote it so, when and why. */
export const MedicalRecordVersion = Closed({
  version: Type.Integer({ minimum: 1 }),
  ...RecordContent,
  documents: Type.Array(RecordDocument, { description: 'Those that this version had' }),
  status: OneOf(['current', 'entered-in-error']),
  author: Person,
  signedAt: Nullable(Instant),
  reason: Nullable(ChangeReason),
  createdAt: Instant,
})

export type RecordDocument = Static<typeof RecordDocument>
export type MedicalRecord = Static<typeof MedicalRecord>
export type MedicalRecordVersion = Static<typeof MedicalRecordVersion>

const petId = Closed({ petId: Id })
const recordId = Closed({ petId: Id, recordId: Id })
const tag = 'Medical records'
const params = { petId: exampleIds.pet, recordId: exampleIds.record }

export const listMedicalRecords = route({
  operationId: 'listMedicalRecords',
  method: 'GET',
  url: '/pets/{petId}/medical-records',
  permission: 'medical-records.read',
  noStore: true,
  tag,
  summary: 'List the medical records of a pet',
  description:
    'Newest first, without those entered in error; `from` and `to` are the first and last day, `appointment` the visit ' +
    'they come from, `search` looks through description and details. The reading is audited.',
  params: petId,
  query: Closed({
    type: Type.Optional(RecordKind),
    from: Type.Optional(LocalDate),
    to: Type.Optional(LocalDate),
    appointment: Type.Optional(Id),
    search: Type.Optional(Text(80)),
    ...pageQuery,
  }),
  answers: { 200: Page(MedicalRecord) },
  problems: ['resource.not-found', 'medical-record.no-care', 'record.integrity'],
  example: {
    params: { petId: exampleIds.pet },
    query: { type: 'vaccination' },
    answer: { items: [exampleRecord], nextCursor: null },
  },
})

export const getMedicalRecord = route({
  operationId: 'getMedicalRecord',
  method: 'GET',
  url: '/pets/{petId}/medical-records/{recordId}',
  permission: 'medical-records.read',
  noStore: true,
  tag,
  summary: 'Read a medical record',
  description: 'The record as it stands, also when it was entered in error. The reading is audited, a 304 too.',
  params: recordId,
  answers: { 200: MedicalRecord },
  problems: ['resource.not-found', 'medical-record.no-care', 'record.integrity'],
  example: { params, answer: exampleRecord },
})

export const listMedicalRecordVersions = route({
  operationId: 'listMedicalRecordVersions',
  method: 'GET',
  url: '/pets/{petId}/medical-records/{recordId}/history',
  permission: 'medical-records.read',
  noStore: true,
  tag,
  summary: 'List the versions of a medical record',
  description: 'Every version, newest first, with who wrote it, when and why. The reading is audited.',
  params: recordId,
  query: Closed(pageQuery),
  answers: { 200: Page(MedicalRecordVersion) },
  problems: ['resource.not-found', 'medical-record.no-care', 'record.integrity'],
  example: {
    params,
    answer: {
      items: [
        {
          version: 1,
          ...exampleRecordContent,
          documents: [],
          status: 'current',
          author: exampleRecord.author,
          signedAt: null,
          reason: null,
          createdAt: exampleRecord.createdAt,
        },
      ],
      nextCursor: null,
    },
  },
})
