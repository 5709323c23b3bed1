import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type AppointmentStatus, appointmentStatuses } from '@petra/contract'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, openDesk } from './test-desk.ts'

const BEFORE = '2027-03-15T12:59:59Z'
const AT_START = '2027-03-15T13:00:00Z'

/** Where each action leads from each state, whatever is not named being illegal, and the event it leaves (rule 13). */
const legal = {
  approval: { event: 'approved', to: { requested: 'booked' } },
  decline: { event: 'declined', to: { requested: 'declined' } },
  confirmation: { event: 'confirmed', to: { booked: 'confirmed' } },
  'check-in': { event: 'checked-in', to: { booked: 'checked-in', confirmed: 'checked-in' } },
  start: { event: 'started', to: { 'checked-in': 'in-service' } },
  completion: { event: 'completed', to: { 'in-service': 'completed' } },
  'no-show': { event: 'no-show-marked', to: { booked: 'no-show', confirmed: 'no-show' } },
  reopening: { event: 'reopened', to: { 'no-show': 'confirmed' } },
  moving: { event: 'moved', to: { requested: 'requested', booked: 'booked', confirmed: 'confirmed' } },
  cancelling: {
    event: 'cancelled',
    to: { requested: 'cancelled', booked: 'cancelled', confirmed: 'cancelled', cancelled: 'cancelled' },
  },
} as const satisfies Record<string, { event: string; to: Partial<Record<AppointmentStatus, AppointmentStatus>> }>

type Action = keyof typeof legal

/** What each answers whom, where it is not the action's own: Maya owns Rex, Noor may only look, Tomas is the provider, Dr. Lind works there. */
const staffOnly = { maya: 403, noor: 403, sam: 403, drOkafor: 404 }
const alsoOwners = { noor: 403, sam: 404, drOkafor: 404 }
const refused: Record<Action, Record<string, number>> = {
  approval: { ...staffOnly, drLind: 403 },
  decline: { ...staffOnly, drLind: 403 },
  confirmation: alsoOwners,
  'check-in': staffOnly,
  start: staffOnly,
  completion: staffOnly,
  'no-show': staffOnly,
  reopening: staffOnly,
  moving: alsoOwners,
  cancelling: { ...alsoOwners, tomas: 403 },
}
const people = ['maya', 'noor', 'sam', 'tomas', 'drLind', 'drOkafor', 'ines', 'ada'] as const

describe('a visit', () => {
  let house: House
  let desk: Desk
  let id: string
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    id = (await desk.book('2027-03-15T09:00')).body.id
    await desk.freeze(AT_START)
  })
  after(() => house[Symbol.asyncDispose]())

  function act(action: Action, as = desk.world.ines) {
    const path = `/appointments/${id}`
    if (action === 'moving') return house.call('PUT', path, { as, body: { startsAt: '2027-03-15T11:00' } })
    if (action === 'cancelling') return house.call('DELETE', path, { as })
    if (action === 'reopening') return house.call('DELETE', `${path}/no-show`, { as })
    return house.call('POST', `${path}/${action}`, { as })
  }

  const put = (status: string) =>
    house.sql(
      `update appointments set status = $2, no_show_from = 'confirmed', no_show_at = clock_now(),
                               starts_at = '${AT_START}', ends_at = timestamptz '${AT_START}' + interval '1 hour'
        where id = $1`,
      [id, status],
    )
  const current = async () => (await house.sql('select status from appointments where id = $1', [id]))[0].status
  const events = async () =>
    (
      await house.sql(
        `select name, outcome from events where resource_id = $1 and name <> 'access.refused' order by id`,
        [id],
      )
    ).map(({ name }) => name)

  for (const [action, { event, to: outcomes }] of Object.entries(legal) as [Action, (typeof legal)[Action]][]) {
    it(`takes ${action} from ${Object.keys(outcomes).join(', ')}, from nowhere else, and from those who may`, async () => {
      for (const from of appointmentStatuses) {
        for (const who of people) {
          await put(from)
          const before = await events()
          const { status, body } = await act(action, desk.world[who])
          const to = (outcomes as Partial<Record<AppointmentStatus, AppointmentStatus>>)[from]
          const isRefused = refused[action][who]
          assert.equal(status, isRefused ?? (to ? 200 : 409), `${who}, ${from}`)
          if (!isRefused && !to) assert.equal(body.code, 'appointment.illegal-transition')
          const isDone = to !== undefined && !isRefused
          assert.equal(await current(), isDone ? to : from, `${who}, ${from}`)
          const isEvent = isDone && !(action === 'cancelling' && from === 'cancelled')
          assert.deepEqual((await events()).slice(before.length), isEvent ? [`appointment.${event}`] : [])
        }
      }
    })
  }

  it('is no no-show before its start', async () => {
    await put('booked')
    await desk.freeze(BEFORE)
    const early = await act('no-show')
    assert.deepEqual([early.status, early.body.code], [409, 'appointment.illegal-transition'])
    await desk.freeze(AT_START)
    assert.equal((await act('no-show')).body.status, 'no-show')
  })

  it('is reopened by whoever has seen it last', async () => {
    await put('booked')
    await desk.freeze(AT_START)
    const { headers } = await act('no-show')
    const reopen = (etag: string) =>
      house.call('DELETE', `/appointments/${id}/no-show`, { as: desk.world.ines, headers: { 'if-match': etag } })
    assert.equal((await reopen('"other"')).status, 412)
    assert.equal((await reopen(headers.get('etag') ?? '')).body.status, 'booked')
  })

  it('that was a no-show is for two hours what it was before, exactly then included', async () => {
    for (const from of ['booked', 'confirmed']) {
      for (const [instant, status] of [
        ['2027-03-15T15:00:00Z', 200],
        ['2027-03-15T15:00:00.000001Z', 409],
      ] as const) {
        await put(from)
        await desk.freeze(AT_START)
        await act('no-show')
        const held = await desk.reservationsOf(id)
        await desk.freeze(instant)
        assert.equal((await act('reopening')).status, status, instant)
        assert.equal(await current(), status === 200 ? from : 'no-show')
        assert.deepEqual(await desk.reservationsOf(id), held)
      }
    }
    await desk.freeze(AT_START)
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
    const decide = (decision: string) =>
      house.call('POST', `/appointments/${requested.id}/${decision}`, { as: desk.world.ines })
    const both = await Promise.all([decide('approval'), decide('decline')])
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [200, 409])
    const isDeclined = both[1]?.status === 200
    assert.equal((await desk.reservationsOf(requested.id)).length, isDeclined ? 0 : 2)
  })

  it('that is declined gives its time back', async () => {
    const asked = await desk.booked('2027-03-17T09:00', { service: 'show-cut' })
    await house.call('POST', `/appointments/${asked.id}/decline`, { as: desk.world.ines })
    assert.deepEqual(await desk.reservationsOf(asked.id), [])
    await desk.booked('2027-03-17T09:00', { service: 'show-cut' })
  })
})
