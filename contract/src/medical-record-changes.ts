import { Closed, confirmUnusual, Id } from './common.ts'
import { exampleIds, exampleRecord, exampleRecordContent } from './examples.ts'
import { ChangeReason, MedicalRecord, RecordContent, RecordKind } from './medical-records.ts'
import { detailsByType } from './record-details.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const MedicalRecordInput = Closed(
  {
    type: RecordKind,
    occurredOn: RecordContent.occurredOn,
    description: Type.Optional(RecordContent.description),
    details: Type.Optional(RecordContent.details),
    appointmentId: Type.Optional(Type.String({ ...Id, description: 'The visit of this pet that it comes from' })),
    confirmUnusual,
  },
  { documented: detailsByType },
)

export const MedicalRecordAmendment = Closed(
  {
    occurredOn: Type.Optional(RecordContent.occurredOn),
    description: Type.Optional(RecordContent.description),
    details: Type.Optional(RecordContent.details),
    reason: Type.Optional(ChangeReason),
    confirmUnusual,
  },
  { minProperties: 1 },
)

export type MedicalRecordInput = Static<typeof MedicalRecordInput>
export type MedicalRecordAmendment = Static<typeof MedicalRecordAmendment>

const usualRule =
  'Values that are hardly possible for the species, such as a cat of 48 kg, answer 422 `medical-record.unusual` with ' +
  '`errors`, unless `confirmUnusual` is true.'

const recordId = Closed({ petId: Id, recordId: Id })
const tag = 'Medical records'
const params = { petId: exampleIds.pet, recordId: exampleIds.record }

export const addMedicalRecord = route({
  operationId: 'addMedicalRecord',
  method: 'POST',
  url: '/pets/{petId}/medical-records',
  permission: 'medical-records.write',
  noStore: true,
  tag,
  summary: 'Add a medical record',
  description:
    "A vet's entry is clinical. An owner's is owner-reported until a vet verifies it, and of the types allergy, " +
    'medication, vaccination, weight, document and note. Details that do not fit the type answer 422 ' +
    `\`medical-record.invalid-details\` with \`errors\`. ${usualRule} A pet whose clinical content was destroyed takes no ` +
    'more: 409 `resource.conflict`.',
  params: Closed({ petId: Id }),
  body: MedicalRecordInput,
  answers: { 201: MedicalRecord },
  problems: [
    'resource.not-found',
    'medical-record.no-care',
    'medical-record.invalid-details',
    'medical-record.unusual',
    'reference.unknown',
    'resource.conflict',
    'record.integrity',
  ],
  example: {
    params: { petId: exampleIds.pet },
    body: { type: 'vaccination', ...exampleRecordContent },
    answer: exampleRecord,
  },
})

export const amendMedicalRecord = route({
  operationId: 'amendMedicalRecord',
  method: 'PUT',
  url: '/pets/{petId}/medical-records/{recordId}',
  permission: 'medical-records.write',
  noStore: true,
  tag,
  summary: 'Amend a medical record',
  description:
    'Adds a version; the ones before stay readable. What is absent stays, `details` are replaced whole. Owners amend ' +
    'their own entries. A record entered in error answers 409 `resource.conflict`; a visit note, or an addendum to one, ' +
    `24 hours after it was written 409 \`medical-record.locked\`: add to it instead. ${usualRule}`,
  params: recordId,
  body: MedicalRecordAmendment,
  answers: { 200: MedicalRecord },
  problems: [
    'resource.not-found',
    'medical-record.no-care',
    'medical-record.invalid-details',
    'medical-record.unusual',
    'medical-record.locked',
    'resource.conflict',
    'resource.stale',
    'record.integrity',
  ],
  example: {
    params,
    body: { description: 'Right shoulder, no reaction.', reason: 'Wrong side noted' },
    answer: { ...exampleRecord, description: 'Right shoulder, no reaction.', version: 2 },
  },
})

export const retractMedicalRecord = route({
  operationId: 'retractMedicalRecord',
  method: 'DELETE',
  url: '/pets/{petId}/medical-records/{recordId}',
  permission: 'medical-records.write',
  noStore: true,
  tag,
  summary: 'Mark a medical record as entered in error',
  description:
    'The record leaves every list and status at once; its history stays readable. Retracting twice is one retraction.',
  params: recordId,
  query: Closed({ reason: ChangeReason }),
  answers: { 204: null },
  problems: ['resource.not-found', 'medical-record.no-care', 'resource.stale', 'record.integrity'],
  example: { params, query: { reason: 'Wrong pet' } },
})

export const verifyMedicalRecord = route({
  operationId: 'verifyMedicalRecord',
  method: 'POST',
  url: '/pets/{petId}/medical-records/{recordId}/verification',
  permission: 'medical-records.verify',
  noStore: true,
  tag,
  summary: 'Verify an owner-reported record',
  description:
    'A vet vouches for what an owner entered; from then on it counts like a clinical record. A record that is clinical ' +
    'or entered in error answers 409 `resource.conflict`.',
  params: recordId,
  answers: { 200: MedicalRecord },
  problems: ['resource.not-found', 'medical-record.no-care', 'resource.conflict', 'record.integrity'],
  example: {
    params,
    answer: {
      ...exampleRecord,
      source: 'owner-reported',
      author: { id: exampleIds.owner, name: 'Maya' },
      verifiedBy: exampleRecord.author,
    },
  },
})
