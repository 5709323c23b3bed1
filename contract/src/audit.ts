import { PersonName, Role } from './accounts.ts'
import { Closed, Id, Instant, Nullable, OneOf, Page, pageQuery, Text } from './common.ts'
import { eventNames } from './events.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const outcomes = ['allowed', 'denied', 'failed'] as const

export const AuditEvent = Closed({
  id: Id,
  at: Instant,
  actor: Nullable(
    Closed(
      { id: Id, name: PersonName, roles: Type.Array(Role) },
      { description: 'Who acted, in the roles held then; null for nobody signed in, and for Petra itself' },
    ),
  ),
  action: Type.String({ description: "The event's name", examples: ['medical-record.read'] }),
  resource: Nullable(Closed({ type: Type.String(), id: Nullable(Id) })),
  recordIds: Type.Array(Id, { description: 'Every medical record that was shown or changed' }),
  petId: Nullable(Id),
  outcome: OneOf(outcomes),
  reason: Nullable(Type.String({ description: 'The problem code that a refusal was answered with' })),
  results: Nullable(Type.Integer({ description: 'How many items were shown' })),
  onBehalfOf: Nullable(Closed({ id: Id }, { description: 'The account that was acted for, where it is another' })),
  sessionId: Nullable(Id),
  tokenId: Nullable(Type.String({ format: 'uuid', description: 'Of the personal access token it was done with' })),
  purpose: Nullable(Type.String()),
  payload: Nullable(
    Type.Object(
      {},
      {
        additionalProperties: true,
        description: 'What else there is to say, such as roles before and after; never a text',
      },
    ),
  ),
  requestId: Nullable(Type.String()),
  address: Nullable(Type.String({ description: 'IP address the request came from, unless it has been forgotten' })),
  agent: Nullable(Type.String({ description: 'The User-Agent it came with, unless it has been forgotten' })),
})

/** What narrows the trail. */
export const AuditFilter = {
  actor: Type.Optional(Id),
  pet: Type.Optional(Id),
  action: Type.Optional(OneOf(eventNames)),
  resource: Type.Optional(Text(80)),
  outcome: Type.Optional(OneOf(outcomes)),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
}

export type Outcome = (typeof outcomes)[number]
export type AuditEvent = Static<typeof AuditEvent>

export const listAuditEvents = route({
  operationId: 'listAuditEvents',
  method: 'GET',
  url: '/audit-events',
  permission: 'audit.read',
  noStore: true,
  tag: 'Audit',
  summary: 'List audit events',
  description:
    'The whole trail, newest first: who did, read or was refused what. `resource` is the type of a resource or its id, ' +
    '`from` and `to` are instants, the end exclusive. Reading the trail is itself audited.',
  query: Closed({ ...AuditFilter, ...pageQuery }),
  answers: { 200: Page(AuditEvent) },
  problems: [],
  example: {
    query: { pet: exampleIds.pet, outcome: 'allowed' },
    answer: {
      items: [
        {
          id: exampleIds.event,
          at: '2026-11-22T09:30:00Z',
          actor: { id: exampleIds.vet, name: 'Dr. Lind', roles: ['owner', 'veterinarian'] },
          action: 'medical-record.read',
          resource: { type: 'medical-record', id: exampleIds.record },
          recordIds: [exampleIds.record],
          petId: exampleIds.pet,
          outcome: 'allowed',
          reason: null,
          results: 1,
          onBehalfOf: null,
          sessionId: exampleIds.session,
          tokenId: null,
          purpose: 'care',
          payload: null,
          requestId: exampleIds.request,
          address: '203.0.113.7',
          agent: 'Mozilla/5.0',
        },
      ],
      nextCursor: null,
    },
  },
})
