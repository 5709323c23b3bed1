import { PersonalToken } from './access-tokens.ts'
import { Account } from './accounts.ts'
import { Appointment } from './appointments.ts'
import { outcomes } from './audit.ts'
import { Closed, Id, Instant, Nullable, OneOf } from './common.ts'
import { exampleAccount, exampleIds } from './examples.ts'
import { MedicalRecord } from './medical-records.ts'
import { messageChannels, NotificationPreferences, optionalMessageKinds } from './notification-preferences.ts'
import { Pet } from './pets.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const AccountExport = Closed({
  id: Id,
  status: OneOf(['pending', 'ready'], { description: '`ready`: its content can be read' }),
  createdAt: Instant,
  expiresAt: Instant,
})

const Rights = Type.Array(OneOf(['view', 'book', 'records', 'manage']))

/** Everything about a person. */
export const ExportContent = Closed({
  madeAt: Instant,
  account: Account,
  sessions: Type.Array(
    Closed({
      id: Id,
      device: Nullable(Type.String()),
      address: Nullable(Type.String({ description: 'IP address it was started from' })),
      createdAt: Instant,
      lastRenewedAt: Instant,
      endedAt: Nullable(Instant),
    }),
  ),
  tokens: Type.Array(Closed({ ...PersonalToken.properties, revokedAt: Nullable(Instant) }), {
    description: 'Every personal access token the account ever had, without its secret',
  }),
  messages: Closed({
    timeZone: NotificationPreferences.properties.timeZone,
    quietHours: NotificationPreferences.properties.quietHours,
    switchedOff: Type.Array(Closed({ kind: OneOf(optionalMessageKinds), channel: OneOf(messageChannels) })),
  }),
  pets: Type.Array(Closed({ pet: Pet, rights: Rights, since: Instant })),
  formerOwnerships: Type.Array(Closed({ petId: Id, rights: Rights, since: Instant, until: Instant })),
  appointments: Type.Array(Appointment),
  medicalRecords: Type.Array(MedicalRecord, { description: 'Of pets whose records the person may read' }),
  damagedRecordIds: Type.Array(Id, { description: 'Medical records whose stored content could not be opened' }),
  activity: Type.Array(
    Closed({
      id: Id,
      at: Instant,
      action: Type.String(),
      resource: Nullable(Closed({ type: Type.String(), id: Nullable(Id) })),
      petId: Nullable(Id),
      outcome: OneOf(outcomes),
      address: Nullable(Type.String()),
      agent: Nullable(Type.String()),
    }),
    { description: 'What the person did, newest first: the last 10,000 entries of the trail' },
  ),
})

export const Erasure = Closed({
  requestedAt: Instant,
  dueAt: Type.String({ ...Instant, description: 'When the account is erased, unless that is withdrawn before' }),
})

export type AccountExport = Static<typeof AccountExport>
export type ExportContent = Static<typeof ExportContent>
export type Erasure = Static<typeof Erasure>

const tag = 'Privacy'
const exportId = Closed({ exportId: Id })
const params = { exportId: exampleIds.export }

const pending = {
  id: exampleIds.export,
  status: 'pending',
  createdAt: '2026-11-22T09:00:00Z',
  expiresAt: '2026-11-23T09:00:00Z',
}

const erasure = { requestedAt: '2026-11-22T09:00:00Z', dueAt: '2026-12-06T09:00:00Z' }

export const requestExport = route({
  operationId: 'requestExport',
  method: 'POST',
  url: '/me/export',
  permission: 'exports.write',
  tag,
  summary: 'Ask for everything about me',
  description:
    'Begins to gather everything Petra holds about whoever is signed in; a mail says when it is ready, and it ' +
    'replaces the one before. While one is being made, asking again answers 409 `resource.conflict`.',
  answers: { 201: AccountExport },
  problems: ['resource.conflict'],
  example: { answer: pending },
})

export const getExport = route({
  operationId: 'getExport',
  method: 'GET',
  url: '/me/exports/{exportId}',
  permission: 'exports.read',
  tag,
  summary: 'Read how an export is getting on',
  description: 'Whether it is ready, and until when it is kept: 7 days from when it was made.',
  params: exportId,
  answers: { 200: AccountExport },
  problems: ['resource.not-found'],
  example: { params, answer: { ...pending, status: 'ready', expiresAt: '2026-11-29T09:00:02Z' } },
})

export const downloadExport = route({
  operationId: 'downloadExport',
  method: 'GET',
  url: '/me/exports/{exportId}/content',
  permission: 'exports.read',
  noStore: true,
  attachment: 'petra-export.json',
  tag,
  summary: 'Download an export',
  description:
    'Everything about whoever is signed in, as it was when the export was made. What they may not see any more, such as a ' +
    'pet that has another owner now, is left out. Every download is audited, and so is each medical record in it.',
  params: exportId,
  answers: { 200: ExportContent },
  problems: ['resource.not-found', 'record.integrity'],
  example: {
    params,
    answer: {
      madeAt: '2026-11-22T09:00:02Z',
      account: exampleAccount,
      sessions: [
        {
          id: exampleIds.session,
          device: 'Firefox',
          address: '203.0.113.7',
          createdAt: '2026-11-22T09:00:00Z',
          lastRenewedAt: '2026-11-22T09:00:00Z',
          endedAt: null,
        },
      ],
      tokens: [],
      messages: { timeZone: null, quietHours: null, switchedOff: [{ kind: 'new-records', channel: 'email' }] },
      pets: [],
      formerOwnerships: [],
      appointments: [],
      medicalRecords: [],
      damagedRecordIds: [],
      activity: [],
    },
  },
})

export const downloadExportArchive = route({
  operationId: 'downloadExportArchive',
  method: 'GET',
  url: '/me/exports/{exportId}/archive',
  permission: 'exports.read',
  noStore: true,
  tag,
  summary: 'Download an export with its files',
  description:
    'A ZIP archive of the same JSON, the photos of the pets and the documents of their records. A file that does not open is named ' +
    'in `unreadable.txt`, and is there as far as it opens or not at all. Audited like the download of the JSON.',
  params: exportId,
  fileAnswer: { mediaTypes: ['application/zip'], made: true, attachment: true },
  answers: { 200: null },
  problems: ['resource.not-found', 'record.integrity'],
  example: { params },
})

export const requestErasure = route({
  operationId: 'requestErasure',
  method: 'POST',
  url: '/me/erasure',
  permission: 'erasure.write',
  tag,
  summary: 'Delete me',
  description:
    'Erases the account in 14 days: name, contact and sign-in go for good, and pets that nobody else manages are archived ' +
    'and their visits cancelled; what the clinic has to keep stays without the name. Other sessions end at once, and a mail says ' +
    'how to withdraw. Staff, and who is asking a second time, get 409 `resource.conflict`.',
  answers: { 201: Erasure },
  problems: ['resource.conflict'],
  example: { answer: erasure },
})

export const getErasure = route({
  operationId: 'getErasure',
  method: 'GET',
  url: '/me/erasure',
  permission: 'erasure.read',
  tag,
  summary: 'Read when I am deleted',
  description: 'The erasure that was asked for; 404 when none was.',
  answers: { 200: Erasure },
  problems: ['resource.not-found'],
  example: { answer: erasure },
})

export const withdrawErasure = route({
  operationId: 'withdrawErasure',
  method: 'DELETE',
  url: '/me/erasure',
  permission: 'erasure.write',
  tag,
  summary: 'Keep me after all',
  description: 'Withdraws the erasure that was asked for; until it is carried out, nothing is lost.',
  answers: { 204: null },
  problems: ['resource.not-found'],
  example: {},
})
