import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Route, recordTypes, routes } from '@petra/contract'
import { rabies } from '../src/features/medical-records/test-records.ts'
import { everythingKept } from './everything-kept.ts'
import { type Answer, type House, openHouse } from './setup.ts'
import { addAccount, populate, type World } from './world.ts'

const someone = '01980a6e-0c00-7000-8000-000000000000'

/** What is not the client's to say, with a value that would pay. */
const fields: Readonly<Record<string, unknown>> = {
  roles: ['admin'],
  permissions: ['audit.read'],
  scopes: ['audit:read'],
  rights: ['manage'],
  id: someone,
  accountId: someone,
  ownerId: someone,
  owners: [{ id: someone, name: 'Mallory' }],
  authorId: someone,
  bookedBy: someone,
  createdAt: '2020-01-01T00:00:00Z',
  updatedAt: '2020-01-01T00:00:00Z',
  archivedAt: null,
  disabledAt: null,
  passwordHash: 'x',
  emailVerified: true,
  status: 'completed',
  source: 'clinical',
  verifiedBy: { id: someone, name: 'Dr. Lind' },
  version: 7,
  isAdmin: true,
  constructor: 'x',
}

/** What takes a file takes no fields at all. */
const writes = routes.filter(({ method, fileBody }) => method !== 'GET' && !fileBody)

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: boolean
  readonly anyOf?: readonly Schema[]
}

describe('a field that is not the client’s to set', () => {
  let house: House
  let world: World
  let everybody: string

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent' })
    world = await populate(house)
    everybody = await addAccount(house, 'Everybody', 'receptionist', 'groomer', 'veterinarian', 'admin')
  })
  after(() => house[Symbol.asyncDispose]())

  const send = (route: Route, body: unknown): Promise<Answer> =>
    house.call(route.method, pathOf(route), { as: 'permission' in route ? everybody : null, body })

  for (const route of writes) {
    it(`is refused by ${route.operationId}, and changes nothing`, async () => {
      const before = await everythingKept(house)
      for (const [pointer, objectAt, schema] of closedObjects(route)) {
        for (const [name, value] of Object.entries(fields)) {
          if (Object.hasOwn(schema.properties ?? {}, name)) continue
          const answer = await send(route, objectAt({ [name]: value }))
          const told = `${pointer}/${name}: ${JSON.stringify(answer.body)}`
          assert.deepEqual([answer.status, answer.body.code], [400, 'request.invalid'], told)
          const pointers = answer.body.errors.map((error: { pointer: string }) => error.pointer)
          assert.ok(pointers.includes(route.body ? `${pointer}/${name}` : pointer), told)
        }
        const poisoned = [
          JSON.parse('{"__proto__":{"roles":["admin"]}}'),
          { constructor: { prototype: { roles: ['admin'] } } },
        ]
        for (const poison of poisoned) {
          const answer = await send(route, objectAt(poison))
          assert.deepEqual([answer.status, answer.body.code], [400, 'request.malformed'], pointer)
        }
      }
      assert.deepEqual(await everythingKept(house), before)
      assert.equal(({} as { roles?: unknown }).roles, undefined)
    })
  }

  it('is refused in the details of a record of any type, the one place that is not closed on the wire', async () => {
    const open = writes.flatMap((route) => openObjects(route.body as Schema, route.operationId))
    assert.deepEqual(open, ['addMedicalRecord/details', 'amendMedicalRecord/details'])
    const path = `/pets/${world.rex}/medical-records`
    const reason = { as: everybody, body: { reason: 'Hit by a car' } }
    await house.call('POST', `/pets/${world.rex}/emergency-access`, reason)
    const { body: made } = await house.call('POST', path, { as: everybody, body: rabies })
    const before = await everythingKept(house)
    for (const name of Object.keys(fields)) {
      const details = { [name]: fields[name] }
      const answers = await Promise.all([
        ...recordTypes
          .filter((type) => !(type === 'diagnosis' && name === 'status'))
          .map((type) =>
            house.call('POST', path, { as: everybody, body: { type, occurredOn: '2026-03-30', details } }),
          ),
        house.call('PUT', `${path}/${made.id}`, {
          as: everybody,
          body: { details: { ...rabies.details, ...details } },
        }),
      ])
      for (const { status, body } of answers) {
        assert.deepEqual([status, body.code], [422, 'medical-record.invalid-details'], name)
        const pointers = body.errors.map((error: { pointer: string }) => error.pointer)
        assert.ok(pointers.includes(`/body/details/${name}`), JSON.stringify(body))
      }
    }
    assert.deepEqual(await everythingKept(house), before)
  })
})

type Place = readonly [pointer: string, objectAt: (more: object) => unknown, schema: Schema]

/** Every closed object of a body that fits, with a way to put more into it; for a route without a body, the whole of one. */
function closedObjects(route: Route): Place[] {
  const schema = route.body as Schema | undefined
  if (!schema) return [['/body', (more) => more, {}]]
  return placesIn(schema, route.example.body, '/body', (value) => value)
}

function placesIn(schema: Schema, value: unknown, pointer: string, within: (value: unknown) => unknown): Place[] {
  if (Array.isArray(value)) {
    const [first, ...others] = value
    return first === undefined
      ? []
      : placesIn(schema.items ?? {}, first, `${pointer}/0`, (changed) => within([changed, ...others]))
  }
  if (value === null || typeof value !== 'object') return []
  const here: Place = [pointer, (more) => within(merged(value, more)), schema]
  const below = Object.entries(value).flatMap(([name, part]) =>
    placesIn(schema.properties?.[name] ?? {}, part, `${pointer}/${name}`, (changed) =>
      within({ ...value, [name]: changed }),
    ),
  )
  return schema.additionalProperties === false ? [here, ...below] : below
}

/** With `__proto__` as a field like any other, which JSON.stringify then writes. */
function merged(value: object, more: object): object {
  const both = { ...value }
  for (const [name, part] of Object.entries(more))
    Object.defineProperty(both, name, { value: part, enumerable: true, configurable: true, writable: true })
  return both
}

/** The objects of a body that take fields nobody has named. */
function openObjects(schema: Schema | undefined, pointer: string): string[] {
  const { properties = {}, items, anyOf = [], additionalProperties } = schema ?? {}
  return [
    ...(additionalProperties === true ? [pointer] : []),
    ...Object.entries(properties).flatMap(([name, part]) => openObjects(part, `${pointer}/${name}`)),
    ...[...anyOf, ...(items ? [items] : [])].flatMap((part) => openObjects(part, pointer)),
  ]
}

function pathOf({ url, query, example }: Route): string {
  const path = url.replace(/\{(\w+)\}/g, (_, name) => String(example.params?.[name]))
  const needsQuery = (query as { required?: string[] } | undefined)?.required?.length
  return needsQuery ? `${path}?${new URLSearchParams(example.query as Record<string, string>)}` : path
}
