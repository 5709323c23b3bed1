import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Answer, type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { add, eventsOf, visit } from './test-records.ts'

let house: House
let world: World
let groomed: string
let examined: string

before(async () => {
  house = await openHouse({ LOG_LEVEL: 'fatal' })
  world = await populate(house)
  const { rex, tomasAtWork, drLindAtWork, newYork } = world
  groomed = await visit(house, { petId: rex, providerId: tomasAtWork, locationId: newYork, service: 'grooming' })
  examined = await visit(house, { petId: rex, providerId: drLindAtWork, locationId: newYork })
})
after(() => house[Symbol.asyncDispose]())

const alerts = (id: string, as: string) => house.call('GET', `/appointments/${id}/alerts`, { as })

function allergy(details: object, as = world.drLind): Promise<Answer['body']> {
  return add(house, as, world.rex, { type: 'allergy', occurredOn: '2026-03-30', details })
}

/** All that an answer tells whoever looks for a difference, but for what differs with every answer. */
function told({ status, headers, body }: Answer) {
  const fields = Object.fromEntries(headers)
  for (const name of ['x-request-id', 'date', 'ratelimit', 'keep-alive']) delete fields[name]
  return { status, fields, body: { ...body, requestId: null } }
}

describe('an appointment', () => {
  it('tells those who may not read records nothing of alerts, by no field, tag or length', async () => {
    const { tomas, ines, ada, noor } = world
    const asked = async () => {
      const answers: unknown[] = []
      for (const as of [tomas, ines, ada, noor]) {
        for (const path of [`/appointments/${groomed}`, `/appointments/${groomed}/alerts`, '/appointments'])
          answers.push(told(await house.call('GET', path, { as })))
      }
      return answers
    }
    const before = await asked()
    const { id } = await allergy({ substance: 'Penicillin', severity: 'life-threatening', reaction: 'Anaphylaxis' })
    assert.deepEqual(await asked(), before)
    for (const as of [tomas, ines, ada, noor]) {
      const { status, body } = await alerts(groomed, as)
      assert.deepEqual([status, body.code], [403, 'auth.forbidden'])
    }
    const [refused] = (await eventsOf(house, 'access.refused')).slice(-1)
    assert.deepEqual([refused?.pet_id, refused?.resource_id, refused?.outcome], [world.rex, groomed, 'denied'])
    await house.call('DELETE', `/pets/${world.rex}/medical-records/${id}?reason=x`, { as: world.drLind })
  })

  it('tells those who may of active severe allergies, the gravest first, and the trail names the records', async () => {
    const { drLind, maya } = world
    const severe = await allergy({ substance: 'Bee venom', severity: 'severe' }, maya)
    const grave = await allergy({ substance: 'Penicillin', severity: 'life-threatening', reaction: 'Anaphylaxis' })
    await allergy({ substance: 'Beef', severity: 'moderate' })
    await allergy({ substance: 'Grass' })
    await allergy({ substance: 'Latex', severity: 'severe', active: false })
    const { body } = await alerts(groomed, drLind)
    assert.deepEqual(body, {
      appointmentId: groomed,
      petId: world.rex,
      alerts: [
        {
          kind: 'allergy',
          severity: 'life-threatening',
          substance: 'Penicillin',
          reaction: 'Anaphylaxis',
          recordId: grave.id,
          source: 'clinical',
          verified: true,
        },
        {
          kind: 'allergy',
          severity: 'severe',
          substance: 'Bee venom',
          reaction: null,
          recordId: severe.id,
          source: 'owner-reported',
          verified: false,
        },
      ],
    })
    const listed = (await eventsOf(house, 'medical-record.listed')).at(-1)
    assert.deepEqual(listed?.record_ids?.toSorted(), [grave.id, severe.id].toSorted())
    assert.deepEqual([listed?.pet_id, listed?.resource_id, listed?.purpose], [world.rex, groomed, 'care'])
    assert.equal((await alerts(examined, maya)).body.alerts.length, 2)
  })

  it('follows a correction at once', async () => {
    const { id } = await allergy({ substance: 'Ketamine', severity: 'severe' })
    const substances = async () => {
      const { body } = await alerts(examined, world.drLind)
      return body.alerts
        .map(({ substance }: { substance: string }) => substance)
        .filter((name: string) => name === 'Ketamine')
    }
    assert.deepEqual(await substances(), ['Ketamine'])
    const body = { details: { substance: 'Ketamine', severity: 'mild' } }
    await house.call('PUT', `/pets/${world.rex}/medical-records/${id}`, { as: world.drLind, body })
    assert.deepEqual(await substances(), [])
  })

  it('shows no alert while the trail cannot be written', async () => {
    await house.sql('revoke insert on events from petra_app')
    try {
      const { status, body } = await alerts(groomed, world.drLind)
      assert.equal(status, 503)
      assert.doesNotMatch(JSON.stringify(body), /Penicillin/)
    } finally {
      await house.sql('grant insert on events to petra_app')
    }
  })
})
