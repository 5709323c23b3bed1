import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

describe('the search for free times', () => {
  let house: House
  let desk: Desk
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
  })
  after(() => house[Symbol.asyncDispose]())

  const MONDAY = '2027-03-15'

  it('offers a start exactly when the booking accepts it', async () => {
    await desk.make('/services', {
      slug: 'trim',
      kind: 'grooming',
      durationMinutes: 45,
      bufferAfterMinutes: 10,
      stepMinutes: 15,
    })
    const ann = await desk.addProvider('ann', 'groomer', ['trim'], everyDay('09:00', '12:00'))
    await desk.booked(`${MONDAY}T10:00`, { service: 'trim', providerId: ann })
    await desk.make(`/providers/${ann}/time-off`, { from: `${MONDAY}T11:30`, to: `${MONDAY}T11:45` })
    const offered = new Set(await desk.starts(`service=trim&date=${MONDAY}&provider=${ann}`))
    assert.deepEqual([...offered], ['09:00'])
    const everyQuarter = Array.from(
      { length: 40 },
      (_, i) => `${String(8 + Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}`,
    )
    for (const start of everyQuarter) {
      const answer = await desk.book(`${MONDAY}T${start}`, {
        service: 'trim',
        providerId: ann,
        petId: await desk.addPet(),
      })
      assert.equal(answer.status === 201, offered.has(start), `${start} ${answer.body.code}`)
    }
    assert.deepEqual(await desk.starts(`service=trim&date=${MONDAY}&provider=${ann}`), [])
  })

  it('offers a whole day that can be booked from end to end', async () => {
    const bea = await desk.addProvider('bea', 'groomer', ['grooming'], everyDay('09:00', '13:00'))
    const query = `service=grooming&date=2027-03-16&provider=${bea}`
    for (let free = await desk.starts(query); free.length > 0; free = await desk.starts(query)) {
      await desk.booked(`2027-03-16T${free[0]}`, { providerId: bea })
    }
    const [row] = await house.sql(`select count(*)::int from appointments where provider_id = $1`, [bea])
    assert.equal(row.count, 4)
  })

  it('leaves out, for a pet, the times at which it has another visit', async () => {
    const petId = await desk.addPet('Ida')
    await desk.booked('2027-03-24T10:00', { petId, service: 'wellness-exam' })
    const search = (as?: string) =>
      house.call('GET', `/availability?service=grooming&date=2027-03-24&pet=${petId}`, { as: as ?? null })
    const starts = (await search(desk.world.maya)).body.slots.map((slot: { localStart: string }) =>
      slot.localStart.slice(11, 16),
    )
    assert.ok(starts.includes('09:00') && starts.includes('10:30'))
    assert.ok(!starts.includes('09:30') && !starts.includes('10:00'))
    assert.deepEqual([(await search()).status, (await search(desk.world.sam)).status], [401, 404])
  })

  it('names a service by slug or id, counts days, and refuses what it does not know', async () => {
    const [service] = await house.sql(`select id from services where slug = 'grooming'`)
    const bySlug = await house.call(
      'GET',
      `/availability?service=grooming&date=${MONDAY}&days=3&provider=${desk.world.tomasAtWork}`,
    )
    const byId = await house.call(
      'GET',
      `/availability?service=${service.id.toUpperCase()}&date=${MONDAY}&days=3&provider=${desk.world.tomasAtWork}`,
    )
    assert.deepEqual(byId.body, bySlug.body)
    const days = new Set(bySlug.body.slots.map((slot: { localStart: string }) => slot.localStart.slice(0, 10)))
    assert.deepEqual([...days], [MONDAY, '2027-03-16', '2027-03-17'])
    for (const query of [
      'service=nothing',
      `service=grooming&location=${service.id}`,
      `service=grooming&provider=${service.id}`,
    ]) {
      const { status, body } = await house.call('GET', `/availability?date=${MONDAY}&${query}`)
      assert.deepEqual([status, body.code], [422, 'reference.unknown'], query)
    }
    for (const days of ['0', '32']) {
      assert.equal((await house.call('GET', `/availability?service=grooming&date=${MONDAY}&days=${days}`)).status, 400)
    }
  })
})
