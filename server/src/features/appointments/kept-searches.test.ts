import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

describe('a search that was answered before', () => {
  let house: House
  let desk: Desk
  let groomer: string

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    groomer = await desk.addProvider('jo', 'groomer', ['grooming'], everyDay('09:00', '11:00'))
    await desk.freeze('2027-03-14T12:00:00Z')
  })
  after(() => house[Symbol.asyncDispose]())

  const path = (date = '2027-03-15') => `/availability?service=grooming&date=${date}&provider=${groomer}`
  const ask = (as: string | null = null, tag?: string, date?: string) =>
    house.call('GET', path(date), { as, headers: tag === undefined ? {} : { 'if-none-match': tag } })
  const starts = async (as: string | null = null, date?: string) =>
    (await ask(as, undefined, date)).body.slots.map(({ localStart }: { localStart: string }) =>
      localStart.slice(11, 16),
    )
  const all = ['09:00', '09:30', '10:00']

  it('is answered alike, under one tag, and not sent again to whoever has it', async () => {
    const [first, second] = [await ask(), await ask(desk.world.sam)]
    assert.deepEqual(first.body, second.body)
    const tag = first.headers.get('etag') as string
    assert.equal(second.headers.get('etag'), tag)
    assert.deepEqual(
      [first, second].map(({ headers }) => headers.get('cache-control')),
      ['no-cache', 'private, no-cache'],
    )
    const unchanged = await ask(null, tag)
    assert.deepEqual([unchanged.status, unchanged.body, unchanged.headers.get('etag')], [304, null, tag])
  })

  it('is answered anew after a booking, and as before once that is cancelled', async () => {
    const before = await ask()
    const visit = await desk.booked('2027-03-15T09:00', { providerId: groomer })
    const tag = before.headers.get('etag') as string
    assert.equal((await ask(null, tag)).status, 200)
    assert.deepEqual(await starts(), ['10:00'])
    await house.call('DELETE', `/appointments/${visit.id}`, { as: desk.world.ines })
    assert.equal((await ask(null, tag)).status, 304)
  })

  it('is answered to each as the holds are for them, for as long as they last', async () => {
    const body = { service: 'grooming', providerId: groomer, startsAt: '2027-03-15T09:00' }
    const { body: hold } = await house.call('POST', '/holds', { as: desk.world.maya, body })
    for (let twice = 0; twice < 2; twice++) {
      assert.deepEqual(await starts(desk.world.maya), all)
      assert.deepEqual(await starts(desk.world.sam), ['10:00'])
    }
    await house.call('POST', `/holds/${hold.id}/extension`, { as: desk.world.maya })
    await desk.freeze('2027-03-14T12:09:59Z')
    assert.deepEqual(await starts(desk.world.sam), ['10:00'])
    await desk.freeze('2027-03-14T12:10:00Z')
    assert.deepEqual(await starts(desk.world.sam), all)
  })

  it('is answered by the clock: without what comes within the lead time, with what comes within the horizon', async () => {
    await desk.freeze('2027-03-15T12:00:00Z')
    assert.deepEqual(await starts(), all)
    await desk.freeze('2027-03-15T12:00:01Z')
    assert.deepEqual(await starts(), ['09:30', '10:00'])
    const day = Temporal.PlainDate.from('2027-03-15').add({ days: 181 }).toString()
    assert.deepEqual(await starts(null, day), [])
    await desk.freeze('2027-03-16T03:59:59Z')
    assert.deepEqual(await starts(null, day), [])
    await desk.freeze('2027-03-16T04:00:00Z')
    assert.deepEqual(await starts(null, day), all)
  })

  it('is answered by the hours that are worked now', async () => {
    const date = '2027-03-22'
    assert.deepEqual(await starts(null, date), all)
    await desk.setHours(groomer, everyDay('09:00', '10:00'))
    assert.deepEqual(await starts(null, date), ['09:00'])
  })
})
