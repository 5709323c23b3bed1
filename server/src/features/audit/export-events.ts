import { randomUUIDv7 } from 'node:crypto'
import type { AuditEvent } from '@petra/contract'
import type { Db } from '../../platform/database/database.ts'
import type { FoundFile } from '../../platform/http/file-answer.ts'
import { toFhir } from './fhir-audit-event.ts'
import { type EventFilter, listEventsAfter } from './queries/events.ts'

export type ExportFormat = 'ndjson' | 'csv' | 'fhir'

const AT_ONCE = 500
const START = '00000000-0000-0000-0000-000000000000'

const mediaTypes: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  fhir: 'application/fhir+ndjson',
}

/** The events that a filter lets through, oldest first, up to now, a page in memory at a time. */
export function exportEvents(db: Db, filter: EventFilter, format: ExportFormat): FoundFile {
  return {
    id: null,
    bytes: null,
    mediaType: mediaTypes[format],
    name: `audit-events.${format === 'csv' ? 'csv' : 'ndjson'}`,
    open: async () => pages(db, filter, format),
  }
}

async function* pages(db: Db, filter: EventFilter, format: ExportFormat): AsyncGenerator<Buffer> {
  const write = format === 'csv' ? await csvWriter() : jsonWriter(format)
  // What is written while this is read is for the next export: it would have no end.
  const end = randomUUIDv7()
  for (let after = START, isMore = true; isMore; ) {
    const events = (await listEventsAfter(db, filter, after, AT_ONCE)).filter(({ id }) => id < end)
    yield Buffer.from(write(events, after === START))
    after = events.at(-1)?.id ?? after
    isMore = events.length === AT_ONCE
  }
}

type Writer = (events: readonly AuditEvent[], isFirst: boolean) => string

function jsonWriter(format: ExportFormat): Writer {
  return (events) => events.map((event) => `${JSON.stringify(format === 'fhir' ? toFhir(event) : event)}\n`).join('')
}

async function csvWriter(): Promise<Writer> {
  const { stringify } = await import('csv-stringify/sync')
  return (events, isFirst) =>
    stringify(events.map(toRow), { header: isFirst, columns: [...columns], escape_formulas: true })
}

const columns = [
  ...[
    'id',
    'at',
    'actorId',
    'actorName',
    'actorRoles',
    'onBehalfOf',
    'sessionId',
    'tokenId',
    'action',
    'outcome',
    'reason',
    'purpose',
  ],
  ...['resourceType', 'resourceId', 'petId', 'recordIds', 'results', 'payload', 'requestId', 'address', 'agent'],
] as const

function toRow({
  actor,
  onBehalfOf,
  resource,
  recordIds,
  payload,
  ...same
}: AuditEvent): Record<(typeof columns)[number], unknown> {
  return {
    ...same,
    actorId: actor?.id,
    actorName: actor?.name,
    actorRoles: actor?.roles.join(' '),
    onBehalfOf: onBehalfOf?.id,
    resourceType: resource?.type,
    resourceId: resource?.id,
    recordIds: recordIds.join(' '),
    payload: payload === null ? '' : JSON.stringify(payload),
  }
}
