import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, openDesk } from './test-desk.ts'

describe('the list of appointments', () => {
  let house: House
  let desk: Desk
  let groomings: string[]
  let exam: string
  let london: string

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    const { maya, sam, rex, mimi, drOkaforAtWork } = desk.world
    const at = async (startsAt: string, more: Record<string, unknown>, as = maya) =>
      (await desk.book(startsAt, more, as)).body.id
    groomings = []
    for (const start of ['12:00', '09:00', '10:00', '15:00', '11:00'])
      groomings.push(await at(`2027-03-15T${start}`, { petId: rex }))
    exam = await at('2027-03-15T13:00', { petId: rex, service: 'wellness-exam' })
    london = await at(
      '2027-03-16T09:00',
      { petId: mimi, service: 'wellness-exam', providerId: drOkaforAtWork, locationId: desk.world.london },
      sam,
    )
    await house.call('DELETE', `/appointments/${groomings[4]}`, { as: maya })
  })
  after(() => house[Symbol.asyncDispose]())

  const list = (query: string, as: string) => house.call('GET', `/appointments?${query}`, { as })
  const idsOf = async (query: string, as: string): Promise<string[]> =>
    (await list(query, as)).body.items.map((item: { id: string }) => item.id)

  it('is earliest first, and in pages without gaps or repeats', async () => {
    const all = (await list('', desk.world.maya)).body.items
    const starts = all.map((item: { startsAt: string }) => item.startsAt)
    assert.deepEqual([starts.length, starts], [6, starts.toSorted()])
    for (const limit of [1, 2, 4, 5, 6]) {
      const pages: unknown[] = []
      let cursor: string | null = ''
      let reads = 0
      while (cursor !== null) {
        const { body } = await list(`limit=${limit}${cursor && `&cursor=${cursor}`}`, desk.world.maya)
        pages.push(...body.items)
        cursor = body.nextCursor
        reads++
      }
      assert.deepEqual(pages, all, `limit ${limit}`)
      assert.equal(reads, Math.ceil(6 / limit))
    }
  })

  it('keeps its place when visits are booked in between, also at the same instant', async () => {
    const first = (await list('limit=2', desk.world.ines)).body
    const twin = await desk.booked('2027-03-15T09:00', { service: 'wellness-exam' })
    const rest = (await list(`cursor=${first.nextCursor}`, desk.world.ines)).body
    const ids = [...first.items, ...rest.items].map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    for (const id of [...groomings, exam, london]) assert.ok(ids.includes(id))
    await house.call('DELETE', `/appointments/${twin.id}`, { as: desk.world.maya })
  })

  it('is narrowed by time, half-open, by state, pet, provider and location', async () => {
    const { maya, ines, rex, mimi, newYork, drLindAtWork } = desk.world
    assert.deepEqual(await idsOf('from=2027-03-15T14:00:00Z&to=2027-03-15T16:00:00Z', maya), [
      groomings[2],
      groomings[4],
    ])
    assert.deepEqual(await idsOf(`from=2027-03-15T10:00&to=2027-03-15T12:00&location=${newYork}`, maya), [
      groomings[2],
      groomings[4],
    ])
    assert.deepEqual(await idsOf(`from=${encodeURIComponent('2027-03-15T15:00:00-04:00')}`, maya), [groomings[3]])
    assert.deepEqual(await idsOf('from=2027-03-15T13:59:59.5Z&to=2027-03-15T14:00:00.5Z', maya), [groomings[2]])
    assert.deepEqual(await idsOf('from=2027-03-15T14:00:00.5Z&to=2027-03-15T14:30:00Z', maya), [])
    assert.deepEqual(await idsOf(`status=cancelled&pet=${rex}`, ines), [groomings[4]])
    assert.deepEqual(await idsOf(`pet=${mimi}`, ines), [london])
    assert.deepEqual(await idsOf(`provider=${drLindAtWork}&pet=${rex}`, ines), [exam])
    assert.deepEqual(await idsOf(`location=${desk.world.london}`, ines), [london])
    assert.deepEqual(await idsOf(`pet=${mimi}`, maya), [])
    assert.equal((await list('status=lost', maya)).status, 400)
    const nowhere = await list('from=2027-03-15T10:00', maya)
    assert.deepEqual([nowhere.status, nowhere.body.code], [422, 'appointment.location-required'])
  })

  it('reaches as far as each may look', async () => {
    const { maya, noor, sam, tomas, drLind, drOkafor, ines, ada, rex } = desk.world
    const reach = async (as: string) =>
      (await idsOf('', as)).filter((id) => [...groomings, exam, london].includes(id)).length
    assert.deepEqual(
      await Promise.all([maya, noor, sam, tomas, drLind, drOkafor, ines, ada].map(reach)),
      [6, 6, 1, 5, 6, 1, 7, 7],
    )
    assert.deepEqual(await idsOf(`pet=${rex}`, drOkafor), [])
    for (const [as, status] of [
      [noor, 200],
      [sam, 404],
      [tomas, 404],
      [drLind, 200],
      [drOkafor, 404],
      [ada, 200],
    ] as const) {
      assert.equal((await house.call('GET', `/appointments/${exam}`, { as })).status, status)
    }
  })
})
