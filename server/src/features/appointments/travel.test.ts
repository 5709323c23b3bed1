import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertSoundBooks } from '../../../test/assert-sound-books.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, everyDay, openDesk } from './test-desk.ts'

describe('a provider of two locations', () => {
  let house: House
  let desk: Desk
  let harlem: string
  let queens: string
  let vic: string
  let day = Temporal.PlainDate.from('2027-03-15')

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '20' })
    desk = await openDesk(house)
    const terms = { durationMinutes: 60, stepMinutes: 15, bufferAfterMinutes: 15 }
    await desk.make('/services', { slug: 'trim', kind: 'grooming', ...terms })
    const zone = { timeZone: 'America/New_York' }
    harlem = await desk.make('/locations', { name: 'Petra Harlem', ...zone, travelMinutes: 20 })
    queens = await desk.make('/locations', { name: 'Petra Queens', ...zone, travelMinutes: 10 })
    const accountId = await desk.make('/staff', { email: 'vic@example.test', name: 'Vic', roles: ['groomer'] })
    vic = await desk.make('/providers', { accountId, services: ['trim'], locationIds: [harlem, queens] })
    for (const location of [harlem, queens]) await desk.setHours(vic, everyDay('09:00', '15:00'), location)
  })
  after(async () => {
    await assertSoundBooks(house)
    await house[Symbol.asyncDispose]()
  })

  const at = (locationId: string, more: object = {}) => ({ service: 'trim', locationId, providerId: vic, ...more })
  const nextDay = () => {
    day = day.add({ days: 1 })
    return day.toString()
  }
  const starts = (date: string, location: string) => desk.starts(`service=trim&date=${date}&location=${location}`)
  const replaceQueens = (travelMinutes: number) =>
    house.call('PUT', `/locations/${queens}`, {
      as: desk.world.ada,
      body: { name: 'Petra Queens', timeZone: 'America/New_York', travelMinutes },
    })

  it('needs the time of both between visits there, beside the buffers, and none between visits at one', async () => {
    const date = nextDay()
    await desk.booked(`${date}T11:00`, at(harlem))
    // 11:00 to 12:15 with its buffer; 30 minutes of way; a visit before ends 15 minutes before the way begins.
    assert.deepEqual(await starts(date, queens), [
      '09:00',
      '09:15',
      '12:45',
      '13:00',
      '13:15',
      '13:30',
      '13:45',
      '14:00',
    ])
    assert.deepEqual((await starts(date, harlem)).slice(0, 5), ['09:00', '09:15', '09:30', '09:45', '12:15'])
    for (const time of ['09:30', '12:30']) {
      const { status, body } = await desk.book(`${date}T${time}`, at(queens, { petId: await desk.addPet() }))
      assert.deepEqual([status, body.reasons], [409, ['travel']], time)
      assert.equal(body.alternatives.length, 3)
    }
    await desk.booked(`${date}T12:45`, at(queens))
    await desk.booked(`${date}T09:15`, at(queens))
  })

  it('is not given two visits that are too far apart by two who ask at once', async () => {
    const pets = await Promise.all(Array.from({ length: 6 }, () => desk.addPet()))
    for (let round = 0; round < 8; round++) {
      const date = nextDay()
      const answers = await Promise.all(
        pets.map((petId, index) => {
          const [time, location] = index % 2 ? ['12:30', queens] : ['11:00', harlem]
          return desk.book(`${date}T${time}`, at(location as string, { petId }))
        }),
      )
      const won = answers.filter(({ status }) => status === 201)
      assert.equal(won.length, 1, JSON.stringify(answers.map(({ status, body }) => [status, body.reasons])))
      for (const { status, body } of answers) if (status !== 201) assert.equal(body.code, 'appointment.slot-taken')
    }
  })

  it('is held too, until the hold is their own or over', async () => {
    const date = nextDay()
    const body = { ...at(harlem), startsAt: `${date}T11:00` }
    const { status } = await house.call('POST', '/holds', { as: desk.world.maya, body })
    assert.equal(status, 201)
    const petId = await desk.addPet()
    const others = await desk.book(`${date}T12:30`, at(queens, { petId }), desk.world.ines)
    assert.deepEqual([others.status, others.body.reasons], [409, ['held']])
    const query = new URLSearchParams({ service: 'trim', startsAt: `${date}T12:30`, location: queens, provider: vic })
    const explained = await house.call('GET', `/availability/explanation?${query}`, { as: desk.world.ines })
    assert.deepEqual(explained.body.reasons, ['held'])
    await desk.booked(`${date}T12:30`, at(queens, { petId }))
    assert.deepEqual(await house.sql('select id from holds'), [])
  })

  it('moves within the way that only their own visit is in', async () => {
    const date = nextDay()
    const { id } = await desk.booked(`${date}T11:00`, at(harlem))
    await desk.booked(`${date}T13:00`, at(queens))
    const move = (time: string) =>
      house.call('PUT', `/appointments/${id}`, { as: desk.world.maya, body: { startsAt: `${date}T${time}` } })
    assert.equal((await move('11:15')).status, 200)
    const tooNear = await move('11:30')
    assert.deepEqual([tooNear.status, tooNear.body.reasons], [409, ['travel']])
  })

  it('is judged by the way as it is now, whatever it was when the other visit was booked', async () => {
    const date = nextDay()
    await replaceQueens(40)
    await desk.booked(`${date}T11:00`, at(queens))
    for (const [minutes, first] of [
      [60, '13:45'],
      [40, '13:15'],
      [0, '12:45'],
    ] as const) {
      assert.equal((await replaceQueens(minutes)).status, 200)
      const [before, after] = [await starts(date, harlem), first]
      assert.ok(before.includes(after) && !before.some((time) => time > '11:00' && time < after), String(before))
    }
    await desk.booked(`${date}T12:45`, at(harlem))
    await replaceQueens(10)
  })

  it('has where they are written down by whatever gives them a visit', async () => {
    const rows = await house.sql(
      `select v.id from appointments v join reservations r on r.appointment_id = v.id and r.subject_id = v.provider_id
        where r.location_id is distinct from v.location_id`,
    )
    assert.deepEqual(rows, [])
    const [{ constraint }] = await house.sql(
      `select conname as constraint from pg_constraint where conname = 'provider_has_time_to_travel'`,
    )
    assert.equal(constraint, 'provider_has_time_to_travel')
  })
})
