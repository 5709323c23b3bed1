import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount, populate, type World } from '../../../test/world.ts'

let house: House
let world: World
let location: string
let provider: string

before(async () => {
  house = await openHouse()
  world = await populate(house)
  location = await made('/locations', { name: 'Petra Ferry', timeZone: 'America/New_York' })
  provider = await made('/providers', {
    accountId: await addAccount(house, 'Gil', 'groomer'),
    services: ['grooming'],
    locationIds: [location],
  })
  const weekly = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }))
  const hours = { locationId: location, weekly }
  assert.equal(
    (await house.call('PUT', `/providers/${provider}/working-hours`, { as: world.ada, body: hours })).status,
    200,
  )
})
after(() => house[Symbol.asyncDispose]())

async function made(path: string, body: object): Promise<string> {
  const answer = await house.call('POST', path, { as: world.ada, body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id
}

async function move(timeZone: string): Promise<void> {
  const body = { name: 'Petra Ferry', timeZone }
  assert.equal((await house.call('PUT', `/locations/${location}`, { as: world.ada, body })).status, 200)
}

/** The local times on a day at which the first and the last visit may begin, and how many there are. */
async function open(date: string): Promise<string> {
  const { body } = await house.call('GET', `/availability?service=grooming&location=${location}&date=${date}`)
  const starts = body.slots.map(({ localStart }: { localStart: string }) => localStart.slice(11, 16))
  return starts.length === 0 ? 'closed' : `${starts[0]} to ${starts.at(-1)}, ${starts.length}`
}

describe('another time zone of a location', () => {
  it('leaves every change of the schedule at the local time that it was said for', async () => {
    const ofDay = (date: string, from: string, to: string) => ({ from: `${date}T${from}`, to: `${date}T${to}` })
    await made(`/locations/${location}/closures`, ofDay('2027-03-15', '00:00', '23:00'))
    await made(`/providers/${provider}/time-off`, { ...ofDay('2027-03-16', '09:00', '12:00'), locationId: location })
    await made(`/providers/${provider}/time-off`, ofDay('2027-03-17', '12:00', '17:00'))
    await made(`/providers/${provider}/extra-hours`, ofDay('2027-03-20', '10:00', '14:00'))
    const expected = ['closed', '12:00 to 16:00, 9', '09:00 to 11:00, 5', '09:00 to 16:00, 15', '10:00 to 13:00, 7']
    const week = ['2027-03-15', '2027-03-16', '2027-03-17', '2027-03-18', '2027-03-20']
    for (const timeZone of ['America/New_York', 'America/Los_Angeles', 'Europe/London', 'Pacific/Auckland']) {
      await move(timeZone)
      assert.deepEqual(await Promise.all(week.map(open)), expected, timeZone)
    }
  })

  it('leaves a time off alone that holds at locations of other zones too, and what is over', async () => {
    await move('America/New_York')
    const both = { accountId: world.tomas, services: ['grooming'], locationIds: [location, world.newYork] }
    await house.call('PUT', `/providers/${world.tomasAtWork}`, { as: world.ada, body: both })
    const day = { from: '2027-04-05T00:00', to: '2027-04-06T00:00' }
    const everywhere = await made(`/providers/${world.tomasAtWork}/time-off`, day)
    const over = await made(`/locations/${location}/closures`, { from: '2026-01-01T00:00', to: '2026-01-02T00:00' })
    const spans = () =>
      house.sql(
        `select id, during::text from schedule_exceptions where id = $1
          union all select id, during::text from closures where id = $2`,
        [everywhere, over],
      )
    const before = await spans()
    assert.equal(before.length, 2)
    await move('America/Los_Angeles')
    assert.deepEqual(await spans(), before)
  })
})
