import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { look, type Memory, type WatchedEvent } from './rules.ts'

const account = randomUUID()
const noon = Date.parse('2027-03-15T12:00:00Z')

test('more than 50 pets opened within an hour are many, 50 are not, and one pet is one however often', () => {
  assert.deepEqual(seen(openings(50)), [])
  assert.deepEqual(seen([...openings(50), ...openings(50)].map((event) => ({ ...event, petId: account }))), [])
  const [sighting, ...others] = look(openings(51), memory())
  assert.deepEqual([sighting?.rule, sighting?.accountId, others], ['many-pets-opened', account, []])
  assert.deepEqual(seen([...openings(50), event({ petId: randomUUID(), accountId: randomUUID() })]), [])
})

test('an hour ends for each pet by itself', () => {
  const first = openings(50)
  assert.deepEqual(seen([...first, opening(3_600)]), [], 'the first was an hour ago')
  assert.deepEqual(seen([...first, opening(3_599)]), ['many-pets-opened'])
  const again = { ...opening(1_800), petId: first[0]?.petId as string }
  assert.deepEqual(seen([...first, again, opening(3_600)]), ['many-pets-opened'], 'it was opened again since')
  const late = { ...opening(0), petId: first[0]?.petId as string }
  assert.deepEqual(seen([...first, again, late, opening(3_600)]), ['many-pets-opened'], 'an older look commits late')
})

test('every way to look at records counts, and nothing else does', () => {
  const ways = [
    'medical-record.read',
    'medical-record.listed',
    'medical-record.document-read',
    'medical-record.exported',
  ]
  for (const name of ways as WatchedEvent['name'][])
    assert.deepEqual(seen([...openings(50), { ...opening(60), name }]), ['many-pets-opened'], name)
  for (const other of [
    { name: 'medical-record.added' },
    { name: 'pet.updated' },
    { outcome: 'failed' },
    { petId: null },
  ])
    assert.deepEqual(seen([...openings(50), { ...opening(60), ...other } as WatchedEvent]), [], JSON.stringify(other))
})

test('an emergency access is seen, and its refusal is not', () => {
  const granted = event({ name: 'emergency-access.granted' })
  assert.deepEqual(seen([granted]), ['emergency-access'])
  assert.deepEqual(
    seen([
      { ...granted, outcome: 'failed' },
      { ...granted, name: 'emergency-access.listed' },
    ]),
    [],
  )
})

test('a sign-in from another country is seen, but for the first that is known', () => {
  const from = (country: string | null) => event({ kind: 'access', name: 'session.started', country })
  assert.deepEqual(seen([from(null), from('NL'), from(null), from('NL')]), [])
  assert.deepEqual(seen([from('NL'), from('DE')]), ['new-country'])
  const known = memory()
  assert.equal(look([from('NL'), from('DE')], known).length, 1)
  assert.deepEqual(
    look(
      [
        { ...from('DE'), at: later(4_000) },
        { ...from('NL'), at: later(4_000) },
      ],
      known,
    ),
    [],
  )
  assert.equal(look([{ ...from('FR'), at: later(4_000) }], known).length, 1)
  assert.deepEqual(seen([from('NL'), { ...from('DE'), name: 'session.refreshed' }]), [], 'a renewal is no sign-in')
  assert.deepEqual(seen([from('NL'), { ...from('DE'), accountId: randomUUID() }]), [], 'another account')
})

test('20 refusals in a row are a series', () => {
  assert.deepEqual(seen(refusals(19)), [])
  assert.deepEqual(seen(refusals(20)), ['refusals-in-a-row'])
  assert.deepEqual(seen([...refusals(10), ...refusals(10).map((e) => ({ ...e, accountId: randomUUID() }))]), [])
  assert.deepEqual(seen([{ ...refusal(), count: 20 }]), ['refusals-in-a-row'], 'counted in one event')
})

test('what is allowed ends a row, unless it keeps an account signed in; a conflict neither ends nor adds', () => {
  const between = (other: Partial<WatchedEvent>) => seen([...refusals(19), event(other), refusal()])
  assert.deepEqual(between({ name: 'pet.updated' }), [])
  assert.deepEqual(between({ kind: 'access', name: 'session.refreshed' }), ['refusals-in-a-row'])
  const conflict = { kind: 'access', name: 'access.refused', outcome: 'failed' } as const
  assert.deepEqual(between(conflict), ['refusals-in-a-row'])
  assert.deepEqual(seen([...refusals(19), event(conflict)]), [])
  assert.deepEqual(seen([...refusals(19), { ...refusal(), at: later(3_600) }]), [], 'an hour ends a row')
  assert.deepEqual(seen([...refusals(19), { ...refusal(), at: later(3_599) }]), ['refusals-in-a-row'])
})

test('the same is seen of an account once an hour, of another account and by another rule at once', () => {
  const granted = event({ name: 'emergency-access.granted' })
  const many = [granted, granted, { ...granted, at: later(3_599) }]
  assert.deepEqual(seen(many), ['emergency-access'])
  assert.equal(seen([...many, { ...granted, at: later(3_600) }]).length, 2)
  assert.equal(seen([granted, { ...granted, accountId: randomUUID() }]).length, 2)
  assert.deepEqual(seen([granted, ...refusals(20)]), ['emergency-access', 'refusals-in-a-row'])
})

function memory(): Memory {
  return { opened: new Map(), refusals: new Map(), countries: new Map(), raised: new Map() }
}

function seen(events: readonly WatchedEvent[]): string[] {
  return look(events, memory()).map(({ rule }) => rule)
}

function later(seconds: number): string {
  return new Date(noon + seconds * 1000).toISOString()
}

function event(of: Partial<WatchedEvent>): WatchedEvent {
  return {
    id: randomUUID(),
    kind: 'record',
    name: 'medical-record.read',
    outcome: 'allowed',
    at: later(0),
    accountId: account,
    petId: null,
    country: null,
    count: 1,
    ...of,
  }
}

/** A look at the records of a pet of its own. */
function opening(seconds: number): WatchedEvent {
  return event({ at: later(seconds), petId: randomUUID() })
}

function openings(count: number): WatchedEvent[] {
  return Array.from({ length: count }, (_, second) => opening(second))
}

function refusal(): WatchedEvent {
  return event({ kind: 'access', name: 'access.refused', outcome: 'denied' })
}

function refusals(count: number): WatchedEvent[] {
  return Array.from({ length: count }, refusal)
}
