import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { MedicationList, ProblemList } from '@petra/contract'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { add, eventsOf, visitDrLind } from './test-records.ts'

let house: House
let world: World
let path: string

before(async () => {
  house = await openHouse()
  world = await populate(house)
  path = `/pets/${world.rex}/medical-records`
  await visitDrLind(house, world)
})
after(() => house[Symbol.asyncDispose]())

beforeEach(() => house.sql('truncate medication_refills, medical_record_versions, medical_records cascade'))

async function prescribe(details: object, as = world.drLind, occurredOn = '2026-03-30'): Promise<string> {
  const medication = { type: 'medication', occurredOn, details: { name: 'Carprofen', ...details } }
  return (await add(house, as, world.rex, medication)).id
}

async function medications(as = world.maya): Promise<MedicationList['medications']> {
  const { status, body } = await house.call('GET', `/pets/${world.rex}/medications`, { as })
  assert.equal(status, 200)
  return body.medications
}

async function refill(id: string, as = world.drLind) {
  const { status, body } = await house.call('POST', `${path}/${id}/refills`, { as })
  return [status, body.code ?? [body.number, body.refillsLeft]]
}

describe('medications', () => {
  it('are those that have not ended, with their schedule, and the trail names them', async () => {
    const today = Temporal.Now.plainDateISO('UTC')
    const schedule = { timesOfDay: ['08:00', '20:00'], everyDays: 2 }
    const days = { startsOn: '2026-04-01', endsOn: today.add({ days: 1 }).toString() }
    const taken = await prescribe({ dose: '50 mg', route: 'by mouth', frequency: 'with food', schedule, ...days })
    const older = await prescribe({ name: 'Omega 3' }, world.maya, '2026-01-30')
    await prescribe({ name: 'Amoxicillin', endsOn: today.subtract({ days: 2 }).toString() })
    const unknown = { refillsAllowed: 0, refillsLeft: 0, lastRefilledAt: null }
    assert.deepEqual(await medications(), [
      {
        name: 'Carprofen',
        dose: '50 mg',
        route: 'by mouth',
        frequency: 'with food',
        schedule,
        ...days,
        ...unknown,
        recordId: taken,
        source: 'clinical',
        verified: true,
      },
      {
        name: 'Omega 3',
        dose: null,
        route: null,
        frequency: null,
        schedule: null,
        startsOn: '2026-01-30',
        endsOn: null,
        ...unknown,
        recordId: older,
        source: 'owner-reported',
        verified: false,
      },
    ])
    assert.deepEqual((await eventsOf(house, 'medical-record.listed')).at(-1)?.record_ids, [taken, older])
  })

  it('are refilled as often as the prescription says, and each leaves an event', async () => {
    const id = await prescribe({ refillsAllowed: 2 })
    assert.deepEqual(await refill(id), [201, [1, 1]])
    assert.deepEqual(await refill(id), [201, [2, 0]])
    assert.deepEqual(await refill(id), [409, 'medical-record.no-refills'])
    const [{ refillsAllowed, refillsLeft, lastRefilledAt } = {}] = await medications()
    assert.deepEqual([refillsAllowed, refillsLeft], [2, 0])
    assert.ok(Math.abs(Date.parse(lastRefilledAt as string) - Date.now()) < 60_000)
    const events = (await eventsOf(house, 'medical-record.refilled')).filter((event) => event.resource_id === id)
    assert.deepEqual(
      events.map(({ payload, record_ids, purpose }) => [payload, record_ids, purpose]),
      [
        [{ number: 1 }, [id], 'care'],
        [{ number: 2 }, [id], 'care'],
      ],
    )
    await house.call('PUT', `${path}/${id}`, { as: world.drLind, body: { details: { name: 'x', refillsAllowed: 1 } } })
    assert.equal((await medications())[0]?.refillsLeft, 0)
  })

  it('are given the last refill once, however many ask at the same moment', async () => {
    const id = await prescribe({ refillsAllowed: 3 })
    const answers = await Promise.all(Array.from({ length: 8 }, () => refill(id)))
    const given = answers.filter(([status]) => status === 201).map(([, numbers]) => numbers)
    assert.deepEqual(given.toSorted(), [
      [1, 2],
      [2, 1],
      [3, 0],
    ])
    assert.ok(answers.every(([status]) => status === 201 || status === 409))
  })

  it('are refilled by a vet who treats the pet, when a vet stands behind them and they run', async () => {
    const { maya, drLind, drOkafor } = world
    const none = await prescribe({})
    assert.deepEqual(await refill(none), [409, 'medical-record.no-refills'])
    const ended = await prescribe({ refillsAllowed: 1, startsOn: '2020-01-01', endsOn: '2020-02-01' })
    assert.deepEqual(await refill(ended), [409, 'resource.conflict'])
    const reported = await prescribe({ refillsAllowed: 1 }, maya)
    assert.deepEqual(await refill(reported), [409, 'resource.conflict'])
    await house.call('POST', `${path}/${reported}/verification`, { as: drLind })
    assert.deepEqual(await refill(reported, drOkafor), [403, 'medical-record.no-care'])
    assert.deepEqual(await refill(reported, maya), [403, 'auth.forbidden'])
    assert.deepEqual(await refill(reported), [201, [1, 0]])
    const mistaken = await prescribe({ refillsAllowed: 1 })
    await house.call('DELETE', `${path}/${mistaken}?reason=x`, { as: drLind })
    assert.deepEqual(await refill(mistaken), [409, 'resource.conflict'])
    const note = await add(house, drLind, world.rex, { type: 'note', occurredOn: '2026-03-30' })
    assert.deepEqual(await refill(note.id), [409, 'resource.conflict'])
  })

  it('are not dispensed for a pet that has died', async () => {
    const id = await prescribe({ refillsAllowed: 1 })
    await house.sql('update pets set deceased_on = current_date where id = $1', [world.rex])
    assert.deepEqual(await refill(id), [409, 'pet.deceased'])
    await house.sql('update pets set deceased_on = null where id = $1', [world.rex])
    assert.deepEqual(await refill(id), [201, [1, 0]])
  })
})

describe('the problem list', () => {
  it('is the active diagnoses, newest first, and follows their amendments', async () => {
    const { drLind, rex, maya } = world
    const diagnose = async (name: string, occurredOn: string, more: object = {}): Promise<string> =>
      (await add(house, drLind, rex, { type: 'diagnosis', occurredOn, details: { name, ...more } })).id
    const coded = { code: '52781000', system: 'http://snomed.info/sct', active: true }
    const old = await diagnose('Hip dysplasia', '2024-01-10', coded)
    const recent = await diagnose('Otitis externa', '2026-03-30')
    await diagnose('Kennel cough', '2025-11-02', { active: false })
    const problems = async () => {
      const { body } = await house.call('GET', `/pets/${rex}/problems`, { as: maya })
      return (body as ProblemList).problems
    }
    const origin = { source: 'clinical', verified: true }
    const dysplasia = { name: 'Hip dysplasia', code: coded.code, system: coded.system, since: '2024-01-10' }
    assert.deepEqual(await problems(), [
      { name: 'Otitis externa', code: null, system: null, since: '2026-03-30', recordId: recent, ...origin },
      { ...dysplasia, recordId: old, ...origin },
    ])
    assert.deepEqual((await eventsOf(house, 'medical-record.listed')).at(-1)?.record_ids, [recent, old])
    const cured = { details: { name: 'Otitis externa', active: false } }
    await house.call('PUT', `${path}/${recent}`, { as: drLind, body: cured })
    assert.deepEqual(
      (await problems()).map(({ recordId }) => recordId),
      [old],
    )
  })
})
