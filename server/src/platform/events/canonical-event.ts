/** An event as it is sealed: what its process knew, and the database's time and transaction. */
export interface CanonicalEvent extends KnownEvent {
  readonly xid: string
  readonly at: string
}

/** An event as the process knows it that writes it. */
export interface KnownEvent {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly outcome: string
  readonly purpose: string
  readonly actorId: string | null
  readonly actorRoles: readonly string[]
  readonly behalfOf: string | null
  readonly sessionId: string | null
  readonly tokenId: string | null
  readonly resourceType: string | null
  readonly resourceId: string | null
  readonly petId: string | null
  readonly recordIds: readonly string[] | null
  readonly results: number | null
  readonly payload: object | null
  readonly requestId: string | null
  /** In hex, with or without `\x`. */
  readonly origin: string | null
  readonly writer: string | null
  readonly counter: number | null
}

/**
 * The bytes of an event: JSON with its keys in order and no spaces (RFC 8785), so that whoever has the fields has the bytes.
 * Written out, because it runs for every event that is written, sealed or verified: 2 µs, against 9 by a general sort.
 */
export function canonicalEvent(event: CanonicalEvent): string {
  return withPlace(partsOf(event), event)
}

/** The same of what was known when it was written: there is no time or transaction yet. */
export function knownEvent(event: KnownEvent): string {
  return withoutPlace(partsOf(event))
}

/** Both, for little more than one of them costs. */
export function canonicalForms(event: CanonicalEvent): { readonly sealed: string; readonly known: string } {
  const parts = partsOf(event)
  return { sealed: withPlace(parts, event), known: withoutPlace(parts) }
}

/** What stands before the time, and between time and transaction. */
type Parts = readonly [string, string]

function partsOf(event: KnownEvent): Parts {
  return [
    `{"action":${text(event.name)},"actor":${id(event.actorId)},"at":`,
    `,"behalfOf":${id(event.behalfOf)},"counter":${event.counter},"id":${id(event.id)},"kind":${id(event.kind)},` +
      `"origin":${bytes(event.origin)},"outcome":${id(event.outcome)},"payload":${sorted(event.payload)},"pet":${id(event.petId)},` +
      `"purpose":${id(event.purpose)},"records":${ids(event.recordIds)},"request":${text(event.requestId)},` +
      `"resourceId":${id(event.resourceId)},"resourceType":${text(event.resourceType)},"results":${event.results},` +
      `"roles":${ids(event.actorRoles)},"session":${id(event.sessionId)},"token":${id(event.tokenId)},` +
      `"writer":${id(event.writer)},"xid":`,
  ]
}

function withPlace([before, between]: Parts, { at, xid }: CanonicalEvent): string {
  return `${before}"${at}"${between}"${xid}"}`
}

function withoutPlace([before, between]: Parts): string {
  return `${before}null${between}null}`
}

/** What needs no escapes. */
function id(value: string | null): string {
  return value === null ? 'null' : `"${value}"`
}

function ids(values: readonly string[] | null): string {
  return values === null ? 'null' : values.length === 0 ? '[]' : `["${values.join('","')}"]`
}

function text(value: string | null): string {
  return JSON.stringify(value)
}

function bytes(hex: string | null): string {
  return hex === null ? 'null' : hex.startsWith('\\x') ? `"${hex.slice(2)}"` : `"${hex}"`
}

/** RFC 8785: keys in the order of their UTF-16 code units, numbers as ECMAScript writes them. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => sorted(item ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  if (members.length > 1) members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sorted(member)}`).join(',')}}`
}
