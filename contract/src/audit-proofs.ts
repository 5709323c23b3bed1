import { AuditFilter } from './audit.ts'
import { Closed, Id, Instant, OneOf, Page, pageQuery } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

const tag = 'Audit'
const Hash = Type.String({ description: 'SHA-256, in base64' })
const Note = Type.String({
  description: 'The signed checkpoint, a C2SP tlog-checkpoint: what is published, and what a verifier needs',
})
const CheckpointNumber = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

export const AuditCheckpoint = Closed({
  number: CheckpointNumber,
  size: Type.Integer({ description: 'Events sealed so far' }),
  sealedAt: Instant,
  note: Note,
})

export const AuditProof = Closed({
  eventId: Id,
  event: Type.String({
    description:
      'The event as it is sealed: JSON in canonical form (RFC 8785). Its leaf is SHA-256(0x00 ‖ these bytes)',
  }),
  index: Type.Integer({ description: 'Of its leaf, from 0' }),
  size: Type.Integer({ description: 'Of the tree that the proof leads to' }),
  hashes: Type.Array(Hash, { description: 'The inclusion proof of RFC 6962, section 2.1.1' }),
  note: Note,
})

export const AuditConsistency = Closed({
  from: CheckpointNumber,
  to: CheckpointNumber,
  hashes: Type.Array(Hash, { description: 'The consistency proof of RFC 6962, section 2.1.2' }),
  notes: Type.Array(Note, { description: 'Of both checkpoints' }),
})

export const AuditKey = Closed({
  publicKey: Type.String({ description: 'Ed25519, as PEM' }),
  verifierKey: Type.String({ description: 'The same as tools for C2SP signed notes take it' }),
})

export type AuditCheckpoint = Static<typeof AuditCheckpoint>
export type AuditProof = Static<typeof AuditProof>
export type AuditConsistency = Static<typeof AuditConsistency>
export type AuditKey = Static<typeof AuditKey>

const hash = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg='
const note = `petra/audit\n4096\n${hash}\nnumber 1\nprevious -\nsealed 2026-11-22T09:30:00Z\nfirst 900 ${exampleIds.event}\nlast 4995 ${exampleIds.event}\nentries ${hash}\n\n— petra/audit ${hash}\n`

export const listAuditCheckpoints = route({
  operationId: 'listAuditCheckpoints',
  method: 'GET',
  url: '/audit/checkpoints',
  permission: 'audit.read',
  tag,
  summary: 'List checkpoints of the trail',
  description: 'The signed checkpoints under which the trail is sealed, newest first.',
  query: Closed(pageQuery),
  answers: { 200: Page(AuditCheckpoint) },
  problems: [],
  example: { answer: { items: [{ number: 1, size: 4096, sealedAt: '2026-11-22T09:30:00Z', note }], nextCursor: null } },
})

export const proveAuditEvent = route({
  operationId: 'proveAuditEvent',
  method: 'GET',
  url: '/audit-events/{eventId}/proof',
  permission: 'audit.read',
  noStore: true,
  tag,
  summary: 'Prove that an event is in the trail',
  description:
    'What proves an event to somebody who trusts only a published checkpoint. An event is sealed within seconds; until then there is no proof, 404.',
  params: Closed({ eventId: Id }),
  answers: { 200: AuditProof },
  problems: ['resource.not-found'],
  example: {
    params: { eventId: exampleIds.event },
    answer: {
      eventId: exampleIds.event,
      event: '{"action":"medical-record.read"}',
      index: 17,
      size: 4096,
      hashes: [hash],
      note,
    },
  },
})

export const proveAuditConsistency = route({
  operationId: 'proveAuditConsistency',
  method: 'GET',
  url: '/audit/checkpoints/{number}/consistency',
  permission: 'audit.read',
  tag,
  summary: 'Prove that a checkpoint continues an earlier one',
  description: 'That the trail as of a checkpoint begins with all that it was as of an earlier one.',
  params: Closed({ number: CheckpointNumber }),
  query: Closed({ from: CheckpointNumber }),
  answers: { 200: AuditConsistency },
  problems: ['resource.not-found'],
  example: {
    params: { number: 2 },
    query: { from: 1 },
    answer: { from: 1, to: 2, hashes: [hash], notes: [note, note] },
  },
})

export const getAuditKey = route({
  operationId: 'getAuditKey',
  method: 'GET',
  url: '/audit/key',
  permission: 'audit.read',
  tag,
  summary: 'Get the public key of the trail',
  description:
    'The key that checkpoints are signed with. A verifier takes it from somewhere else than from whom they verify.',
  answers: { 200: AuditKey },
  problems: [],
  example: {
    answer: { publicKey: '-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n', verifierKey: 'petra/audit+…' },
  },
})

export const exportAuditEvents = route({
  operationId: 'exportAuditEvents',
  method: 'GET',
  url: '/audit/export',
  permission: 'audit.read',
  noStore: true,
  tag,
  summary: 'Export audit events',
  description:
    'All events that the filters of the list let through, oldest first, streamed: a line of JSON each (`ndjson`), `csv`, or FHIR R4 ' +
    'AuditEvents, a line each (`fhir`). The export is itself audited.',
  query: Closed({ ...AuditFilter, format: Type.Optional(OneOf(['ndjson', 'csv', 'fhir'], { default: 'ndjson' })) }),
  fileAnswer: {
    mediaTypes: ['application/x-ndjson', 'text/csv; charset=utf-8', 'application/fhir+ndjson'],
    made: true,
    attachment: true,
  },
  answers: { 200: null },
  problems: [],
  example: { query: { pet: exampleIds.pet, format: 'csv' } },
})
