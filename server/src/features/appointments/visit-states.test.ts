import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { appointmentStatuses } from '@petra/contract'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, openDesk } from './test-desk.ts'

const BEFORE = '2027-03-15T12:59:59Z'
const AT_START = '2027-03-15T13:00:00Z'

/** Where each action leads from each state; whatever is not named is illegal (rule 13). */
const legal: Record<string, Record<string, string>> = {
  confirmation: { booked: 'confirmed' },
  'check-in': { booked: 'checked-in', confirmed: 'checked-in' },
  start: { 'checked-in': 'in-service' },
  completion: { 'in-service': 'completed' },
  'no-show': { booked: 'no-show', confirmed: 'no-show' },
  moving: { requested: 'requested', booked: 'booked', confirmed: 'confirmed' },
  cancelling: { requested: 'cancelled', booked: 'cancelled', confirmed: 'cancelled', cancelled: 'cancelled' },
}

describe('a visit', () => {
  let house: House
  let desk: Desk
  let id: string
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    id = (await desk.booked('2027-03-15T09:00')).id
    await desk.freeze(AT_START)
  })
  after(() => house[Symbol.asyncDispose]())

  function act(action: string, as = desk.world.ines) {
    if (action === 'moving')
      return house.call('PUT', `/appointments/${id}`, { as, body: { startsAt: '2027-03-15T11:00' } })
    if (action === 'cancelling') return house.call('DELETE', `/appointments/${id}`, { as })
    return house.call('POST', `/appointments/${id}/${action}`, { as })
  }

  const put = (status: string) => house.sql('update appointments set status = $2 where id = $1', [id, status])
  const current = async () => (await house.sql('select status from appointments where id = $1', [id]))[0].status

  for (const [action, outcomes] of Object.entries(legal)) {
    it(`takes ${action} from ${Object.keys(outcomes).join(', ')}, and from nowhere else`, async () => {
      for (const from of appointmentStatuses) {
        await put(from)
        const { status, body } = await act(action)
        const to = outcomes[from]
        assert.deepEqual([status, body.status], to ? [200, to] : [409, 409], from)
        if (!to) assert.equal(body.code, 'appointment.illegal-transition')
        assert.equal(await current(), to ?? from)
      }
    })
  }

  it('is no no-show before its start', async () => {
    await put('booked')
    await house.sql(`update appointments set starts_at = $2, ends_at = starts_at + interval '1 hour' where id = $1`, [
      id,
      AT_START,
    ])
    await desk.freeze(BEFORE)
    const early = await act('no-show')
    assert.deepEqual([early.status, early.body.code], [409, 'appointment.illegal-transition'])
    await desk.freeze(AT_START)
    assert.equal((await act('no-show')).body.status, 'no-show')
  })

  it('is confirmed by its owner, and taken on by staff only', async () => {
    const { maya, noor, sam, tomas, drOkafor } = desk.world
    await put('booked')
    assert.equal((await act('confirmation', sam)).status, 404)
    assert.equal((await act('confirmation', maya)).body.status, 'confirmed')
    for (const stranger of [maya, noor, sam]) assert.equal((await act('check-in', stranger)).status, 403)
    assert.equal((await act('check-in', drOkafor)).status, 404)
    for (const [step, status] of [
      ['check-in', 'checked-in'],
      ['start', 'in-service'],
      ['completion', 'completed'],
    ] as const) {
      assert.equal((await act(step, tomas)).body.status, status)
    }
  })

  it('is not checked in by the vet who booked it, for that would be granting care to oneself', async () => {
    const { drLind, drLindAtWork, ines, mimi } = desk.world
    const exam = { petId: mimi, service: 'wellness-exam', providerId: drLindAtWork }
    const { status, body: visit } = await desk.book('2027-03-16T14:00', exam, drLind)
    assert.equal(status, 201)
    const checkIn = (as: string) => house.call('POST', `/appointments/${visit.id}/check-in`, { as })
    const records = async () => (await house.call('GET', `/pets/${mimi}/medical-records`, { as: drLind })).status
    assert.equal((await checkIn(drLind)).status, 403)
    assert.equal(await records(), 403)
    assert.equal((await checkIn(ines)).status, 200)
    assert.equal(await records(), 200)
  })

  it('of a service that needs approval is requested, and holds its time like one that is booked', async () => {
    const terms = { slug: 'show-cut', kind: 'grooming', durationMinutes: 60, requiresApproval: true }
    await desk.make('/services', terms)
    const zoe = await desk.addProvider('zoe', 'groomer', ['show-cut'])
    const requested = await desk.booked('2027-03-16T09:00', { service: 'show-cut', providerId: zoe })
    assert.equal(requested.status, 'requested')
    const second = await desk.book('2027-03-16T09:00', {
      service: 'show-cut',
      providerId: zoe,
      petId: await desk.addPet(),
    })
    assert.equal(second.body.code, 'appointment.slot-taken')
  })
})
