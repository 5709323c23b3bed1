import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Answer, type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

/** A Monday in New York, far enough ahead for any lead time. */
const MONDAY = '2027-03-15'

describe('many at once', () => {
  let house: House
  let world: World
  let pets: string[]

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '20' })
    world = await populate(house)
    await house.call('GET', '/me', { as: world.maya })
    pets = await Promise.all(Array.from({ length: 200 }, (_, i) => addPet(`Pet ${i}`)))
  })
  after(async () => {
    await assertNothingOverlaps()
    await house[Symbol.asyncDispose]()
  })

  it('give one time to one of 200, and tell the others of three free times, for which nobody asks the database', async (t) => {
    let lookups = 0
    const { rows } = house.context.db
    Object.assign(house.context.db, {
      rows: (statement: { name?: string }) => {
        if (statement.name === 'read-busy') lookups++
        return rows(statement as never)
      },
    })
    const startedAt = performance.now()
    const times: number[] = []
    const answers = await Promise.all(
      pets.map(async (petId) => {
        const answer = await book(petId, `${MONDAY}T10:00`, { providerId: world.drLindAtWork })
        times.push(performance.now() - startedAt)
        return answer
      }),
    )
    t.diagnostic(`p99 of ${times.length} racers: ${Math.round(times[Math.floor(times.length * 0.99)] as number)} ms`)
    Object.assign(house.context.db, { rows })
    assert.deepEqual(countByStatus(answers), { 201: 1, 409: 199 })
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      assert.equal(body.code, 'appointment.slot-taken')
      assert.deepEqual(body.alternatives.map((slot: { startsAt: string }) => slot.startsAt).toSorted(), [
        '2027-03-15T13:15:00Z',
        '2027-03-15T13:30:00Z',
        '2027-03-15T14:30:00Z',
      ])
    }
    assert.equal(lookups, 0)
  })

  it('ask for what is theirs, and are given nothing else', async () => {
    const { maya, mimi, noor, drLind, rex } = world
    const asked = [
      ['/pets?limit=100', maya],
      ['/pets', noor],
      ['/pets', drLind],
      [`/pets/${rex}/medical-records`, maya],
      [`/pets/${mimi}/medical-records`, maya],
      [`/pets/${rex}/medical-records`, drLind],
    ] as const
    const ask = ([path, as]: (typeof asked)[number]) => house.call('GET', path, { as })
    const shown = ({ status, body }: Answer) => ({ status, ...body, requestId: undefined })
    const alone: Answer[] = []
    for (const one of asked) alone.push(await ask(one))
    const together = await Promise.all(Array.from({ length: 20 }, () => asked.map(ask)).flat())
    for (const [index, answer] of together.entries())
      assert.deepEqual(shown(answer), shown(alone[index % asked.length] as Answer))
  })

  it('give overlapping times to one', async () => {
    const times = ['11:00', '11:15']
    const answers = await Promise.all(
      pets.slice(0, 40).map((petId, i) => book(petId, `${MONDAY}T${times[i % 2]}`, { providerId: world.drLindAtWork })),
    )
    assert.deepEqual(countByStatus(answers), { 201: 1, 409: 39 })
  })

  it('give a pet one place to be', async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () =>
        book(world.rex, `${MONDAY}T14:00`, { providerId: world.drLindAtWork }, world.maya),
      ),
      ...Array.from({ length: 5 }, () => book(world.rex, `${MONDAY}T14:00`, { service: 'grooming' }, world.maya)),
    ])
    assert.deepEqual(countByStatus(answers), { 201: 1, 409: 9 })
    assert.ok(answers.filter(({ status }) => status === 409).every(({ body }) => body.code === 'appointment.pet-busy'))
  })

  it('give two rooms to two of three free vets', async () => {
    const locationId = await make('/locations', { name: 'Petra Queens', timeZone: 'America/New_York' })
    await make('/services', {
      slug: 'surgery',
      name: 'Surgery',
      kind: 'veterinary',
      durationMinutes: 60,
      resourceKinds: ['theatre'],
    })
    for (const name of ['A', 'B']) await make(`/locations/${locationId}/resources`, { name, kind: 'theatre' })
    for (const name of ['vet-1', 'vet-2', 'vet-3']) await addVet(name, ['surgery'], locationId)
    const answers = await Promise.all(
      pets.slice(0, 60).map((petId) => book(petId, `${MONDAY}T09:00`, { service: 'surgery', locationId })),
    )
    assert.deepEqual(countByStatus(answers), { 201: 2, 409: 58 })
    const winners = answers.filter(({ status }) => status === 201).map(({ body }) => body.provider.id)
    assert.equal(new Set(winners).size, 2)
    const rooms = await house.sql(
      `select subject_id from reservations r join resources on resources.id = r.subject_id and kind = 'theatre'`,
    )
    assert.equal(new Set(rooms.map(({ subject_id }) => subject_id)).size, 2)
  })

  it('swap two visits back and forth without a deadlock, and leave each with one time', async () => {
    const [a, b] = await Promise.all([
      book(pets[0] as string, '2027-03-16T10:00', { providerId: world.drLindAtWork }),
      book(pets[1] as string, '2027-03-16T11:00', { providerId: world.drLindAtWork }),
    ])
    assert.deepEqual([a.status, b.status], [201, 201])
    const times = ['10:00', '10:30', '11:00', '11:30']
    const startedAt = performance.now()
    for (let round = 0; round < 25; round++) {
      const answers = await Promise.all(
        [a, b, a, b].map(({ body: { id } }, i) =>
          house.call('PUT', `/appointments/${id}`, {
            as: world.maya,
            body: { startsAt: `2027-03-16T${times[(round + i) % 4]}` },
          }),
        ),
      )
      for (const { status, body } of answers)
        assert.ok(status === 200 || body.code === 'appointment.slot-taken', JSON.stringify(body))
    }
    // PostgreSQL finds a deadlock after a second of waiting: 25 rounds with one each could not be done by then.
    assert.ok(performance.now() - startedAt < 15_000)
    const held = await house.sql(
      'select appointment_id, count(*)::int from reservations where appointment_id = any($1) group by 1',
      [[a.body.id, b.body.id]],
    )
    assert.deepEqual(
      held.map(({ count }) => count),
      [2, 2],
    )
  })

  it('cancel once, however many cancel', async () => {
    const { body } = await book(pets[2] as string, '2027-03-17T10:00', { providerId: world.drLindAtWork })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => house.call('DELETE', `/appointments/${body.id}`, { as: world.maya })),
    )
    assert.deepEqual(countByStatus(answers), { 200: 10 })
    const [events] = await house.sql(
      `select count(*)::int from events where name = 'appointment.cancelled' and resource_id = $1`,
      [body.id],
    )
    assert.equal(events.count, 1)
  })

  it('do the work of one Idempotency-Key once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        house.call('POST', '/pets', {
          as: world.sam,
          body: { name: 'Once', species: 'cat' },
          headers: { 'idempotency-key': 'one-pet' },
        }),
      ),
    )
    const made = answers.filter(({ status }) => status === 201)
    assert.equal(new Set(made.map(({ body }) => body.id)).size, 1)
    assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'idempotency.in-progress'))
    const [row] = await house.sql(`select count(*)::int from pets where name = 'Once'`)
    assert.equal(row.count, 1)
  })

  it('book or close the day, but never both unnoticed', async () => {
    for (let day = 1; day <= 5; day++) {
      const date = `2027-04-0${day + 4}`
      const [closed, ...booked] = await Promise.all([
        house.call('POST', `/providers/${world.drLindAtWork}/time-off`, {
          as: world.ada,
          body: { from: `${date}T00:00`, to: `${date}T23:59` },
        }),
        ...pets
          .slice(0, 8)
          .map((petId, i) =>
            book(petId, `${date}T${9 + (i % 4)}:00`.replace('T9', 'T09'), { providerId: world.drLindAtWork }),
          ),
      ])
      const won = booked.filter(({ status }) => status === 201).length
      if (closed?.status === 201) assert.equal(won, 0, 'a time off stands over a visit')
      else assert.ok(won > 0 && closed?.body.code === 'schedule.appointments-affected')
    }
  })

  async function addPet(name: string): Promise<string> {
    const { body } = await house.call('POST', '/pets', { as: world.maya, body: { name, species: 'dog' } })
    return body.id
  }

  function book(petId: string, startsAt: string, more: object, as = world.maya): Promise<Answer> {
    const where = 'locationId' in more ? {} : { locationId: world.newYork }
    return house.call('POST', '/appointments', {
      as,
      body: { petId, service: 'wellness-exam', startsAt, ...where, ...more },
    })
  }

  async function make(path: string, body: unknown): Promise<string> {
    const answer = await house.call('POST', path, { as: world.ada, body })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return answer.body.id
  }

  async function addVet(name: string, services: string[], locationId: string): Promise<void> {
    const accountId = await make('/staff', { email: `${name}@example.test`, name, roles: ['veterinarian'] })
    const id = await make('/providers', { accountId, services, locationIds: [locationId] })
    const weekly = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }))
    await house.call('PUT', `/providers/${id}/working-hours`, { as: world.ada, body: { locationId, weekly } })
  }

  async function assertNothingOverlaps(): Promise<void> {
    const overlaps = await house.sql(`
      select a.subject_id from reservations a join reservations b
          on a.subject_id = b.subject_id and a.during && b.during and (a.appointment_id, a.during) < (b.appointment_id, b.during)`)
    assert.deepEqual(overlaps, [])
    const bare = await house.sql(`
      select id from appointments v
       where (status in ('cancelled', 'declined')) = exists (select from reservations r where r.appointment_id = v.id)`)
    assert.deepEqual(bare, [])
  }
})

function countByStatus(answers: readonly Answer[]): Record<number, number> {
  return Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]),
  )
}
