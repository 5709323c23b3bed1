import { PersonName, Role } from './accounts.ts'
import { Closed, Id, Instant, LocalDate, Nullable, OneOf, Page, pageQuery, Text } from './common.ts'
import { exampleIds } from './examples.ts'
import { Vaccine } from './record-details.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

/** All that may be said of a pet's vaccinations to those who may not read its records. */
export const VaccinationStatus = Closed({
  petId: Id,
  requirements: Type.Array(
    Closed({
      vaccine: Vaccine,
      status: OneOf(['valid', 'expired', 'missing', 'unverified']),
      validThrough: Nullable(LocalDate),
    }),
  ),
})

export const AccessLogEntry = Closed({
  at: Instant,
  name: PersonName,
  role: Role,
  what: Type.String({ description: "The event's name", examples: ['medical-record.read'] }),
  purpose: Nullable(
    Type.String({ description: 'Why: `care`, `owner-request`, `emergency` or `operations`', examples: ['care'] }),
  ),
  recordIds: Type.Array(Id, {
    description: 'Which medical records, for owners who may read them; of what concerns none, and for others, empty',
  }),
  sentence: Type.String({
    description:
      'The same in words, in the language that `Accept-Language` asks for, on the clock of your own time zone',
  }),
})

export const EmergencyAccessRequest = Closed({ reason: Text(500) })

export const EmergencyAccess = Closed({ expiresAt: Instant })

/** An emergency access as those who may read the records are told of it. */
export const EmergencyAccessEntry = Closed({
  id: Id,
  vet: Closed({ id: Id, name: PersonName }),
  reason: Text(500, { description: 'As the vet stated it' }),
  grantedAt: Instant,
  expiresAt: Instant,
})

export type EmergencyAccessEntry = Static<typeof EmergencyAccessEntry>
export type VaccinationStatus = Static<typeof VaccinationStatus>
export type AccessLogEntry = Static<typeof AccessLogEntry>
export type EmergencyAccessRequest = Static<typeof EmergencyAccessRequest>
export type EmergencyAccess = Static<typeof EmergencyAccess>

const petId = Closed({ petId: Id })
const tag = 'Care'
const params = { petId: exampleIds.pet }

export const getVaccinationStatus = route({
  operationId: 'getVaccinationStatus',
  method: 'GET',
  url: '/pets/{petId}/vaccination-status',
  permission: 'vaccination-status.read',
  noStore: true,
  tag,
  summary: 'Read the vaccination status of a pet',
  description:
    'Each vaccination that the locations of its visits require, and whether it is valid. A guideline, not a standard of ' +
    'care; the reading is audited.',
  params: petId,
  answers: { 200: VaccinationStatus },
  problems: ['resource.not-found', 'record.integrity'],
  example: {
    params,
    answer: {
      petId: exampleIds.pet,
      requirements: [{ vaccine: 'rabies', status: 'valid', validThrough: '2027-03-30' }],
    },
  },
})

export const getAccessLog = route({
  operationId: 'getAccessLog',
  method: 'GET',
  url: '/pets/{petId}/access-log',
  permission: 'access-log.read',
  noStore: true,
  tag,
  summary: 'Read who looked at the records of a pet',
  description:
    "For the pet's owners: who looked at its records or changed them or its profile, in which role, when and why, " +
    'newest first; each entry also in words. Times are those of `timeZone` in the notification preferences, else UTC.',
  params: petId,
  query: Closed(pageQuery),
  spoken: true,
  answers: { 200: Page(AccessLogEntry) },
  problems: ['resource.not-found'],
  example: {
    params,
    answer: {
      items: [
        {
          at: '2026-11-22T09:30:00Z',
          name: 'Dr. Lind',
          role: 'veterinarian',
          what: 'medical-record.listed',
          purpose: 'care',
          recordIds: [exampleIds.record],
          sentence:
            'November 22, 2026 at 9:30 AM UTC: Dr. Lind (veterinarian) looked through the medical record (entries shown: 1), for its care.',
        },
      ],
      nextCursor: null,
    },
  },
})

export const requestEmergencyAccess = route({
  operationId: 'requestEmergencyAccess',
  method: 'POST',
  url: '/pets/{petId}/emergency-access',
  permission: 'emergency-access.create',
  noStore: true,
  tag,
  summary: 'Open the records of a pet in an emergency',
  description:
    'Gives a vet this one pet for 60 minutes. The owners are told at once, and it stands out in the audit trail.',
  params: petId,
  body: EmergencyAccessRequest,
  answers: { 201: EmergencyAccess },
  problems: ['resource.not-found', 'resource.conflict', 'record.integrity'],
  example: {
    params,
    body: { reason: 'Hit by a car, brought in unconscious' },
    answer: { expiresAt: '2026-11-22T10:30:00Z' },
  },
})

export const listEmergencyAccesses = route({
  operationId: 'listEmergencyAccesses',
  method: 'GET',
  url: '/pets/{petId}/emergency-access',
  permission: 'medical-records.read',
  noStore: true,
  tag: 'Medical records',
  summary: 'List the emergency accesses to a pet',
  description:
    'Every one there was, newest first, with the reason that the vet stated. A reason may be clinical, so it is for whoever may ' +
    'read the records; the reading is audited.',
  params: petId,
  query: Closed(pageQuery),
  answers: { 200: Page(EmergencyAccessEntry) },
  problems: ['resource.not-found', 'medical-record.no-care', 'record.integrity'],
  example: {
    params,
    answer: {
      items: [
        {
          id: exampleIds.event,
          vet: { id: exampleIds.vet, name: 'Dr. Lind' },
          reason: 'Hit by a car, brought in unconscious',
          grantedAt: '2026-11-22T09:30:00Z',
          expiresAt: '2026-11-22T10:30:00Z',
        },
      ],
      nextCursor: null,
    },
  },
})
