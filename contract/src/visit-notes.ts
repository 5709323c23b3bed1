import { Closed, Id, Text } from './common.ts'
import { exampleIds, exampleRecord } from './examples.ts'
import { MedicalRecord, RecordContent } from './medical-records.ts'
import { route } from './route.ts'
import type { Static } from './type.ts'

export const Addendum = Closed({
  occurredOn: RecordContent.occurredOn,
  description: Text(20_000, { description: 'What there is to add' }),
})

export type Addendum = Static<typeof Addendum>

const recordId = Closed({ petId: Id, recordId: Id })
const tag = 'Medical records'
const params = { petId: exampleIds.pet, recordId: exampleIds.record }

const exampleNote = {
  ...exampleRecord,
  type: 'visit-note',
  description: null,
  details: {
    subjective: 'Limping since Sunday.',
    objective: 'Left hind, no swelling.',
    plan: 'Rest, recheck in a week.',
  },
  signedAt: '2026-03-30T16:00:00Z',
  locksAt: '2026-03-31T15:00:00Z',
}

export const signVisitNote = route({
  operationId: 'signVisitNote',
  method: 'POST',
  url: '/pets/{petId}/medical-records/{recordId}/signature',
  permission: 'medical-records.sign',
  noStore: true,
  tag,
  summary: 'Sign a visit note',
  description:
    'Its author stands by a visit note, or an addendum to one, as it is now; an amendment has to be signed anew. Signed or ' +
    'not, it is locked 24 hours after it was written. Signing twice is one signature; anything else, and what was entered ' +
    'in error, answers 409 `resource.conflict`.',
  params: recordId,
  answers: { 200: MedicalRecord },
  problems: ['resource.not-found', 'medical-record.no-care', 'resource.conflict', 'record.integrity'],
  example: { params, answer: exampleNote },
})

export const addAddendum = route({
  operationId: 'addAddendum',
  method: 'POST',
  url: '/pets/{petId}/medical-records/{recordId}/addenda',
  permission: 'medical-records.sign',
  noStore: true,
  tag,
  summary: 'Add to a visit note',
  description:
    'Adds a record of type `note` that belongs to a visit note and its visit: what came to light once the note was locked, or ' +
    'what a colleague has to say. It is signed and locked like the note. A vet who treats the pet may; a record that is no ' +
    'visit note, or was entered in error, answers 409 `resource.conflict`.',
  params: recordId,
  body: Addendum,
  answers: { 201: MedicalRecord },
  problems: [
    'resource.not-found',
    'medical-record.no-care',
    'medical-record.invalid-details',
    'resource.conflict',
    'record.integrity',
  ],
  example: {
    params,
    body: { occurredOn: '2026-04-01', description: 'Radiographs came back clear.' },
    answer: {
      ...exampleRecord,
      id: exampleIds.addendum,
      type: 'note',
      occurredOn: '2026-04-01',
      description: 'Radiographs came back clear.',
      details: {},
      addendumTo: exampleIds.record,
      locksAt: '2026-04-02T09:00:00Z',
    },
  },
})
