import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { species as allSpecies, type Pet, recordDetails } from '@petra/contract'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { AppError } from '../../platform/errors.ts'
import { usualRanges } from '../pets/usual-ranges.ts'
import { type Findings, requirePlausible } from './plausible-details.ts'
import { add } from './test-records.ts'

/** The code and the fields that are complained of; none when all is well. */
function complaints(species: Pet['species'], type: Findings['type'], details: object, confirmed = false): string[] {
  try {
    requirePlausible({ type, species, occurredOn: '2026-03-30', details } as Findings, confirmed)
    return []
  } catch (error) {
    assert.ok(error instanceof AppError)
    const { errors } = error.more as { errors: { pointer: string }[] }
    return [error.code, ...errors.map(({ pointer }) => pointer.replace('/body/details/', ''))]
  }
}

const unusual = (...fields: string[]) => ['medical-record.unusual', ...fields]
const impossible = (...fields: string[]) => ['medical-record.invalid-details', ...fields]

describe('plausible details', () => {
  it('have a weight that the species has, both ends included', () => {
    assert.deepEqual(complaints('cat', 'weight', { grams: 48_000 }), unusual('grams'))
    assert.deepEqual(complaints('dog', 'weight', { grams: 48_000 }), [])
    assert.deepEqual(complaints('hamster', 'weight', { grams: 4_000 }), unusual('grams'))
    for (const species of allSpecies) {
      const ranges = usualRanges[species]
      if (!ranges) continue
      const [low, high] = ranges.grams
      for (const grams of [low, high]) assert.deepEqual(complaints(species, 'weight', { grams }), [], species)
      for (const grams of [low - 1, high + 1])
        assert.deepEqual(complaints(species, 'weight', { grams }), unusual('grams'), species)
    }
    assert.deepEqual(complaints('other', 'weight', { grams: 2_000_000 }), [])
  })

  it('have vitals that the species has, and name each that it has not', () => {
    const vitals = { temperatureCelsius: 102, heartRate: 90, respiratoryRate: 20 }
    assert.deepEqual(complaints('dog', 'vitals', vitals), unusual('temperatureCelsius'))
    assert.deepEqual(complaints('dog', 'vitals', { ...vitals, temperatureCelsius: 38.9 }), [])
    assert.deepEqual(complaints('cat', 'vitals', { temperatureCelsius: 29.9, heartRate: 20, respiratoryRate: 201 }), [
      'medical-record.unusual',
      'temperatureCelsius',
      'heartRate',
      'respiratoryRate',
    ])
    assert.deepEqual(complaints('reptile', 'vitals', { temperatureCelsius: 12, heartRate: 20 }), [])
  })

  it('have ranges that lie within what the schema lets through', () => {
    const { grams } = recordDetails.weight.properties
    const { temperatureCelsius, heartRate, respiratoryRate } = recordDetails.vitals.properties
    const most = { grams, temperatureCelsius, heartRate, respiratoryRate } as const
    for (const species of allSpecies)
      for (const [field, [low, high]] of Object.entries(usualRanges[species] ?? {})) {
        const { minimum = 0, maximum = 0 } = most[field as keyof typeof most] as { minimum?: number; maximum?: number }
        assert.ok(minimum <= low && low < high && high <= maximum, `${species} ${field}`)
      }
  })

  it('have a vaccine of the species, from a lot that was good, due after it was given', () => {
    assert.deepEqual(complaints('dog', 'vaccination', { vaccine: 'felv' }), unusual('vaccine'))
    assert.deepEqual(complaints('cat', 'vaccination', { vaccine: 'felv' }), [])
    assert.deepEqual(complaints('rabbit', 'vaccination', { vaccine: 'other' }), [])
    const lot = (lotExpiresOn: string) => complaints('dog', 'vaccination', { vaccine: 'rabies', lotExpiresOn })
    assert.deepEqual(lot('2026-03-30'), [])
    assert.deepEqual(lot('2026-03-29'), unusual('lotExpiresOn'))
    const due = (nextDueOn: string) => complaints('dog', 'vaccination', { vaccine: 'rabies', nextDueOn }, true)
    assert.deepEqual(due('2026-03-31'), [])
    assert.deepEqual(due('2026-03-30'), impossible('nextDueOn'))
  })

  it('end a medication no sooner than it starts, and give it in one way', () => {
    const given = (details: object) => complaints('dog', 'medication', { name: 'Carprofen', ...details }, true)
    assert.deepEqual(given({ startsOn: '2026-03-30', endsOn: '2026-03-30' }), [])
    assert.deepEqual(given({ startsOn: '2026-03-30', endsOn: '2026-03-29' }), impossible('endsOn'))
    assert.deepEqual(given({ schedule: { timesOfDay: ['08:00', '20:00'], everyDays: 2 } }), [])
    assert.deepEqual(given({ schedule: { timesOfDay: ['08:00'], everyHours: 12 } }), impossible('schedule/everyHours'))
    assert.deepEqual(given({ schedule: { everyDays: 2, everyHours: 12 } }), impossible('schedule/everyDays'))
  })

  it('have a reference range with its ends in order, and no value that has lost its decimal point', () => {
    const results = (...values: object[]) =>
      complaints('cat', 'lab-result', { panel: 'CBC', results: values.map((value) => ({ name: 'K', ...value })) })
    assert.deepEqual(results({ value: 4.2, low: 3.5, high: 5.8 }, { value: 'haemolysed' }, { value: -3 }), [])
    assert.deepEqual(results({ low: 5.8, high: 3.5 }, { low: 1, high: 1 }), impossible('results/0/high'))
    assert.deepEqual(results({ value: 580, high: 5.8 }), [])
    assert.deepEqual(results({ value: 4 }, { value: 581, high: 5.8 }), unusual('results/1/value'))
    assert.deepEqual(results({ value: -0.1, low: 0 }), unusual('results/0/value'))
  })

  it('may be unusual when they are confirmed, and never impossible', () => {
    assert.deepEqual(complaints('cat', 'weight', { grams: 48_000 }, true), [])
    assert.deepEqual(complaints('dog', 'lab-result', { panel: 'x', results: [{ name: 'K', low: 2, high: 1 }] }, true), [
      'medical-record.invalid-details',
      'results/0/high',
    ])
  })
})

describe('a cat of 48 kg', () => {
  let house: House
  let world: World

  before(async () => {
    house = await openHouse()
    world = await populate(house)
  })
  after(() => house[Symbol.asyncDispose]())

  it('is refused, unless it is confirmed, when it is written and when it is amended', async () => {
    const { mimi, sam } = world
    const path = `/pets/${mimi}/medical-records`
    const heavy = { type: 'weight', occurredOn: '2026-03-30', details: { grams: 48_000 } }
    const refused = await house.call('POST', path, { as: sam, body: heavy })
    assert.deepEqual([refused.status, refused.body.code], [422, 'medical-record.unusual'])
    assert.deepEqual(refused.body.errors, [
      { pointer: '/body/details/grams', message: 'is unusual for a cat, who has 40 to 20000 g' },
    ])
    const { id } = await add(house, sam, mimi, { ...heavy, confirmUnusual: true })
    const amend = (body: object) => house.call('PUT', `${path}/${id}`, { as: sam, body })
    const kept = await amend({ description: 'A big one.' })
    assert.deepEqual([kept.status, kept.body.details], [200, { grams: 48_000 }])
    assert.equal((await amend({ details: { grams: 47_000 } })).body.code, 'medical-record.unusual')
    assert.equal((await amend({ details: { grams: 47_000 }, confirmUnusual: true })).status, 200)
    assert.equal((await amend({ details: { grams: 4_700 } })).status, 200)
  })

  it('is no more usual on another day, and what becomes unusual by the day is asked about', async () => {
    const { mimi, sam } = world
    const amend = (id: string, body: object) =>
      house.call('PUT', `/pets/${mimi}/medical-records/${id}`, { as: sam, body })
    const heavy = { type: 'weight', occurredOn: '2026-03-30', details: { grams: 48_000 }, confirmUnusual: true }
    const weight = await add(house, sam, mimi, heavy)
    assert.equal((await amend(weight.id, { occurredOn: '2026-03-29' })).status, 200)

    const details = { vaccine: 'rabies', lotNumber: 'A1', lotExpiresOn: '2026-03-01' }
    const { id } = await add(house, sam, mimi, { type: 'vaccination', occurredOn: '2026-01-10', details })
    const later = await amend(id, { occurredOn: '2026-06-01' })
    assert.deepEqual(
      [later.body.code, later.body.errors],
      [
        'medical-record.unusual',
        [{ pointer: '/body/details/lotExpiresOn', message: 'was over on the day of the vaccination' }],
      ],
    )
    assert.equal((await amend(id, { occurredOn: '2026-06-01', confirmUnusual: true })).status, 200)
    assert.equal((await amend(id, { occurredOn: '2026-06-02' })).status, 200)
  })

  it('is told of in the document, with the details of every type', async () => {
    const { body } = await house.call('GET', '/openapi.json')
    const { MedicalRecordInput, MedicalRecord, WeightDetails } = body.components.schemas
    for (const { oneOf } of [MedicalRecordInput, MedicalRecord]) {
      assert.equal(oneOf.length, Object.keys(recordDetails).length)
      const weight = oneOf.find(({ properties }: { properties: { type: object } }) => {
        return JSON.stringify(properties.type) === '{"const":"weight"}'
      })
      assert.deepEqual(weight.properties.details, { $ref: '#/components/schemas/WeightDetails' })
    }
    assert.equal(WeightDetails.additionalProperties, false)
  })
})
