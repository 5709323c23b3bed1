import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { assertProblem } from '../../../test/assert-problem.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { addPet, ageOffers, answer, eventsOf, invite, made, ownersOf, share, transfer } from './test-ownerships.ts'

let house: House
let world: World
/** Maya's, shared with Noor, who may view. */
let petId: string

const kind = 'pet-transfer'
const all = ['view', 'book', 'records', 'manage']

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

beforeEach(async () => {
  await house.setClockAhead('0')
  await ageOffers(house)
  petId = await addPet(house, world.maya)
  await share(house, world.maya, petId, world.noor)
})

describe('a transfer', () => {
  it('is shown to those who manage the pet while it is open', async () => {
    const { body, headers } = await transfer(house, world.maya, petId, 'sam@example.test')
    assert.equal(headers.get('location'), `/pets/${petId}/transfer`)
    const { id, requestedAt, expiresAt, ...rest } = body
    assert.deepEqual(rest, { petId, email: 'sam@example.test', requestedBy: world.maya })
    assert.equal(Date.parse(expiresAt) - Date.parse(requestedAt), 7 * 86_400_000)
    const shown = await house.call('GET', `/pets/${petId}/transfer`, { as: world.maya })
    assert.deepEqual(shown.body, body)
    assertProblem(await house.call('GET', `/pets/${petId}/transfer`, { as: world.noor }), 403, 'auth.forbidden')
    assert.deepEqual((await eventsOf(house, petId)).at(-1), ['pet-transfer.requested', { expiresAt }])
    assert.deepEqual(await ownersOf(house, petId), ['Maya view book records manage', 'Noor view'])
    assert.ok(id)
  })

  it('ends every ownership and begins one, at one instant, with an event of each', async () => {
    const { id } = made(await transfer(house, world.maya, petId, 'sam@example.test'))
    const { status, body } = await answer(house, world.sam, kind, id)
    assert.deepEqual([status, body.petId, body.rights], [200, petId, all])
    assert.deepEqual(await ownersOf(house, petId), ['Sam view book records manage'])
    const periods = await house.sql(
      `select count(*)::int, count(distinct coalesce(until, since))::int as instants from ownerships where pet_id = $1`,
      [petId],
    )
    assert.deepEqual(periods, [{ count: 3, instants: 1 }])
    assert.deepEqual(await changesOf(petId), {
      [world.maya]: ['ownership.ended', all, []],
      [world.noor]: ['ownership.ended', ['view'], []],
      [id]: ['pet-transfer.accepted', [], all],
    })
    assertProblem(await answer(house, world.sam, kind, id), 404, 'resource.not-found')
  })

  it('to a co-owner gives the rest, and says with which rights they were an owner before', async () => {
    const { id } = made(await transfer(house, world.maya, petId, 'noor@example.test'))
    assert.equal((await answer(house, world.noor, kind, id)).status, 200)
    assert.deepEqual(await ownersOf(house, petId), ['Noor view book records manage'])
    assert.deepEqual(await changesOf(petId), {
      [world.maya]: ['ownership.ended', all, []],
      [id]: ['pet-transfer.accepted', ['view'], all],
    })
  })

  it('leaves the visits with the pet', async () => {
    const booking = { petId, service: 'wellness-exam', startsAt: '2027-03-15T10:00', locationId: world.newYork }
    const { id: visitId } = made(await house.call('POST', '/appointments', { as: world.maya, body: booking }))
    const { id } = made(await transfer(house, world.maya, petId, 'sam@example.test'))
    await answer(house, world.sam, kind, id)
    const visit = await house.call('GET', `/appointments/${visitId}`, { as: world.sam })
    assert.deepEqual([visit.status, visit.body.status], [200, 'booked'])
    assert.equal((await house.call('GET', `/appointments/${visitId}`, { as: world.maya })).status, 404)
  })

  it('withdraws whatever else was offered of the pet, by whomever', async () => {
    const { id } = made(await transfer(house, world.ines, petId, 'sam@example.test'))
    const invited = made(await invite(house, world.maya, petId, 'friend@example.test', 'manage'))
    const elsewhere = made(await invite(house, world.maya, world.rex, 'friend@example.test'))
    await answer(house, world.sam, kind, id)
    const rows = await house.sql('select id, status from ownership_offers where id = any($1)', [
      [id, invited.id, elsewhere.id],
    ])
    assert.deepEqual(
      new Map(rows.map((row) => [row.id, row.status])),
      new Map([
        [id, 'accepted'],
        [invited.id, 'withdrawn'],
        [elsewhere.id, 'open'],
      ]),
    )
    const names = (await eventsOf(house, petId)).map(([name]) => name)
    assert.equal(names.filter((name) => name === 'co-owner-invitation.withdrawn').length, 1)
  })

  it('is one at a time, also when two are asked for at once', async () => {
    const asked = await Promise.all(
      [world.maya, world.ines, world.ada].map((as) => transfer(house, as, petId, 'sam@example.test')),
    )
    assert.deepEqual(asked.map(({ status }) => status).toSorted(), [201, 409, 409])
    await house.setClockAhead('7 days 1 second')
    made(await transfer(house, world.maya, petId, 'sam@example.test'))
  })

  it('changes nothing when it is declined, withdrawn or has run out', async () => {
    const path = `/pets/${petId}/transfer`
    const declined = made(await transfer(house, world.maya, petId, 'sam@example.test'))
    assertProblem(await answer(house, world.noor, kind, declined.id, 'decline'), 403, 'auth.forbidden')
    assert.equal((await answer(house, world.sam, kind, declined.id, 'decline')).status, 204)
    const withdrawn = made(await transfer(house, world.maya, petId, 'sam@example.test'))
    const stale = { as: world.maya, headers: { 'if-match': '"another"' } }
    assertProblem(await house.call('DELETE', path, stale), 412, 'resource.stale')
    assert.equal((await house.call('DELETE', path, { as: world.maya })).status, 204)
    assertProblem(await house.call('DELETE', path, { as: world.maya }), 404, 'resource.not-found')
    const late = made(await transfer(house, world.maya, petId, 'sam@example.test'))
    await house.setClockAhead('7 days 1 second')
    for (const { id } of [declined, withdrawn, late]) {
      assertProblem(await answer(house, world.sam, kind, id), 404, 'resource.not-found')
    }
    assertProblem(await house.call('GET', path, { as: world.maya }), 404, 'resource.not-found')
    assert.deepEqual(await ownersOf(house, petId), ['Maya view book records manage', 'Noor view'])
    const names = (await eventsOf(house, petId)).map(([name]) => name).slice(-5)
    assert.deepEqual(
      names,
      ['requested', 'declined', 'requested', 'withdrawn', 'requested'].map((name) => `${kind}.${name}`),
    )
  })
})

/** By whom or what it is about: what a transfer did to ownerships, with rights before and after. */
async function changesOf(petId: string): Promise<Record<string, unknown[]>> {
  const rows = await house.sql(
    `select resource_id, name, payload from events
      where pet_id = $1 and name in ('ownership.ended', 'pet-transfer.accepted')`,
    [petId],
  )
  return Object.fromEntries(
    rows.map(({ resource_id, name, payload }) => [resource_id, [name, payload.rightsBefore, payload.rightsAfter]]),
  )
}
