import assert from 'node:assert/strict'
import type { Route } from '@petra/contract'
import type { Answer } from '../setup.ts'
import type { Stage } from './stage.ts'
import type { Request } from './table.ts'
import { leavesNone, trail } from './trail.ts'

/** A request of the access tests, and what its event has to say. */
interface Asked {
  readonly route: Route
  readonly requestId: string
  readonly accountId: string | null
  /** It came as somebody made for it, not as the persona. */
  readonly isOwn: boolean
  readonly status: number
  readonly code: string | null
  /** Of the path. */
  readonly petId: string | null
  /** Of a list of records: those it showed. */
  readonly shown: readonly string[] | null
}

const asked: Asked[] = []

/** Notes a request, to be looked for in the trail. */
export function noteAsked(
  route: Route,
  { path, headers: sent }: Request,
  accountId: string | null,
  { status, headers, body }: Answer,
): void {
  const isListOfRecords = route.operationId === 'listMedicalRecords' && status === 200
  asked.push({
    route,
    requestId: headers.get('x-request-id') ?? '',
    accountId,
    isOwn: sent?.authorization !== undefined || path.startsWith('/auth/'),
    status,
    code: status >= 400 ? body?.code : null,
    petId: /^\/pets\/([0-9a-f-]{36})/.exec(path)?.[1] ?? null,
    shown: isListOfRecords ? body.items.map(({ id }: { id: string }) => id).toSorted() : null,
  })
}

/** Every operation of the contract says what it leaves. */
export function assertAllSaid(operationIds: readonly string[]): void {
  assert.deepEqual([...Object.keys(trail), ...leavesNone].toSorted(), operationIds.toSorted())
}

/** Every request has left exactly the event that the table says, with who, of which pet, of which records, and how it came out. */
export async function assertLeftInTrail({ house }: Stage): Promise<void> {
  const rows = await house.sql(
    `select request_id, name, outcome, actor_id, pet_id, record_ids, payload ->> 'code' as code from events
      where request_id = any ($1) and name <> 'answer.replayed' and payload -> 'count' is null order by id`,
    [asked.map(({ requestId }) => requestId)],
  )
  const left = Map.groupBy(rows, ({ request_id }) => request_id)
  const faults = new Set<string>()
  for (const request of asked) {
    const fault = faultOf(request, left.get(request.requestId) ?? [])
    if (fault) faults.add(`${request.route.operationId}, ${request.status}: ${fault}`)
  }
  assert.ok(asked.length > 0)
  assert.deepEqual([...faults], [])
}

interface Left {
  readonly name: string
  readonly outcome: string
  readonly actor_id: string | null
  readonly pet_id: string | null
  readonly record_ids: string[]
  readonly code: string | null
}

function faultOf(
  { route, accountId, isOwn, status, code, petId, shown }: Asked,
  events: readonly Left[],
): string | null {
  const names: string[] = events.map(({ name }) => name)
  // Refusals of who is not signed in, and past a limit, are counted; a malformed request is none.
  const isCounted = status >= 400 && (accountId === null || status === 429 || status === 400)
  const [rule = '', ...companions] = status < 400 ? (trail[route.operationId] ?? '').split(' ') : ['access.refused']
  if (names.length === 0 && (isCounted || rule === '' || rule.endsWith('?'))) return null
  const wanted = rule.replace('?', '').split('|')
  if (names.filter((name) => wanted.includes(name)).length !== 1) return `left ${names.join(' ') || 'nothing'}`
  const odd = names.find((name) => !wanted.includes(name) && !companions.includes(name))
  if (odd) return `left ${odd} too`
  const event = events.find(({ name }) => wanted.includes(name))
  if (!event) return null
  if (status >= 400 && event.code !== code) return `is refused as ${event.code}`
  if (status < 400 && event.outcome !== 'allowed') return `is ${event.outcome}`
  if (accountId !== null && !isOwn && event.actor_id !== accountId) return 'names another actor'
  if (petId !== null && event.pet_id !== petId) return 'names another pet'
  if (shown && JSON.stringify(event.record_ids.toSorted()) !== JSON.stringify(shown)) return 'names other records'
  return null
}
