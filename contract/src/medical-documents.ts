import { Closed, Id } from './common.ts'
import { exampleIds } from './examples.ts'
import { RecordDocument } from './medical-records.ts'
import { route } from './route.ts'

/** What a document may be, told by its bytes. */
export const documentTypes = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/tiff',
  'application/dicom',
  'video/mp4',
  'video/quicktime',
] as const

const tag = 'Medical records'
const path = '/pets/{petId}/medical-records/{recordId}/documents'
const params = { petId: exampleIds.pet, recordId: exampleIds.record }

export const addMedicalDocument = route({
  operationId: 'addMedicalDocument',
  method: 'POST',
  url: path,
  permission: 'medical-records.write',
  noStore: true,
  tag,
  summary: 'Add a document to a medical record',
  description:
    'A form with one part, `file`, of up to 25 MiB, which is sealed while it arrives: a PDF, JPEG, PNG, WebP, HEIC, TIFF, DICOM, ' +
    'MP4 or QuickTime file by its bytes, whatever it is called. Who may amend the record may add to it; owners not to one that a ' +
    'vet has verified. A record takes 50, and none once it was entered in error: 409 `resource.conflict`. With an ' +
    '`Idempotency-Key` the file is sent again and compared by name and bytes.',
  params: Closed({ petId: Id, recordId: Id }),
  fileBody: { mediaTypes: documentTypes, mostBytes: 26_214_400, part: 'file' },
  answers: { 201: RecordDocument },
  problems: [
    'resource.not-found',
    'medical-record.no-care',
    'resource.conflict',
    'medical-record.locked',
    'document.infected',
    'record.integrity',
  ],
  example: {
    params,
    answer: {
      id: exampleIds.document,
      name: 'Blood count.pdf',
      mediaType: 'application/pdf',
      bytes: 204_800,
      url: `/pets/${exampleIds.pet}/medical-records/${exampleIds.record}/documents/${exampleIds.document}`,
    },
  },
})

export const getMedicalDocument = route({
  operationId: 'getMedicalDocument',
  method: 'GET',
  url: `${path}/{documentId}`,
  permission: 'medical-records.read',
  noStore: true,
  tag,
  summary: 'Download a document of a medical record',
  description:
    'The file as it came, to be saved under its name; one part of it with `Range`. A document of a record that was entered in error ' +
    'stays readable like its history. Every download is audited before its first byte, a part and a 304 too.',
  params: Closed({ petId: Id, recordId: Id, documentId: Id }),
  fileAnswer: { mediaTypes: documentTypes, ranges: true, attachment: true },
  answers: { 200: null },
  problems: ['resource.not-found', 'medical-record.no-care', 'record.integrity'],
  example: { params: { ...params, documentId: exampleIds.document } },
})
