import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Route, routes } from '@petra/contract'
import fc from 'fast-check'
import { encodeCursor } from '../src/platform/http/cursor.ts'
import { arbitraryOf, fieldsOf, type Known } from './arbitrary-of.ts'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

const SEED = 20_270_315
const RUNS = 8

/** What is archived or cancelled is of no more use to the others. */
const mildestFirst = routes.toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))

describe('whatever is sent', () => {
  let house: House
  let world: World
  let known: Known

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent' })
    world = await populate(house)
    const visit = { petId: world.rex, service: 'grooming', startsAt: '2027-03-16T09:00', locationId: world.newYork }
    const { body: appointment } = await house.call('POST', '/appointments', { as: world.maya, body: visit })
    const note = { type: 'note', occurredOn: '2026-11-01', description: 'Ate a sock.' }
    const { body: record } = await house.call('POST', `/pets/${world.rex}/medical-records`, {
      as: world.maya,
      body: note,
    })
    const { body: made } = await house.call('POST', '/me/export', { as: world.maya })
    await house.drain()
    const pets = [world.rex, world.mimi]
    const locations = [world.newYork, world.london]
    const providers = [world.tomasAtWork, world.drLindAtWork]
    const services = ['grooming', 'wellness-exam']
    known = {
      petId: pets,
      pet: pets,
      locationId: locations,
      location: locations,
      locationIds: locations,
      providerId: providers,
      provider: providers,
      service: services,
      services,
      accountId: [world.tomas, world.drLind, world.maya],
      owner: [world.maya, world.sam],
      ownerId: [world.maya, world.noor],
      appointmentId: [appointment.id],
      recordId: [record.id],
      exportId: [made.id],
      cursor: [
        [world.rex],
        ['2027-03-15T13:00:00Z', world.rex],
        ['2027-03-15', world.rex],
        [world.rex, '2027-03-15'],
        ['7'],
      ].map((key) => encodeCursor(key)),
    }
  })
  after(() => house[Symbol.asyncDispose]())

  for (const role of ['maya', 'ada'] as const) {
    it(`by ${role}, no route fails on its own account, and every answer fits the contract`, async () => {
      for (const route of mildestFirst) {
        const requests = fc.asyncProperty(requestOf(route), async ({ path, body }) => {
          const as = route.operationId === 'signOut' ? null : world[role]
          const { status } = await house.call(route.method, path, {
            as,
            ...(body !== undefined && { body: JSON.stringify(body) }),
          })
          assert.ok(status < 500, `${status}`)
        })
        await fc.assert(requests, { seed: SEED, numRuns: RUNS, endOnFailure: true })
      }
    })
  }

  function requestOf(route: Route): fc.Arbitrary<{ path: string; body: unknown }> {
    const { params, query, body } = route as { params?: object; query?: object; body?: object }
    return fc
      .record({
        params: params ? fieldsOf(params, known) : fc.constant({}),
        query: query ? fieldsOf(query, known) : fc.constant({}),
        body: body ? arbitraryOf(body, known) : fc.constant(undefined),
      })
      .map(({ params, query, body }) => ({ path: pathOf(route.url, params) + queryOf(query), body }))
  }
})

function pathOf(url: string, params: Record<string, unknown>): string {
  return url.replace(/\{(\w+)\}/g, (_, name) => encode(params[name]))
}

function queryOf(query: Record<string, unknown>): string {
  return `?${Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')}`
}

/** A lone surrogate, which no URL can hold, goes as U+FFFD. */
function encode(value: unknown): string {
  return encodeURIComponent(String(typeof value === 'object' ? JSON.stringify(value) : value).toWellFormed())
}
