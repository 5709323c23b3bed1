import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { type Desk, openDesk } from './test-desk.ts'

const DAY = '2027-03-15'
const bands = [
  { species: 'dog', belowGrams: 10_000, durationMinutes: 30 },
  { species: 'dog', fromGrams: 30_000, durationMinutes: 90 },
]

describe('what a pet is', () => {
  let house: House
  let desk: Desk
  let ann: string
  let bea: string
  let serviceId: string

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    desk = await openDesk(house)
    const wash = { slug: 'wash', kind: 'grooming', durationMinutes: 60, stepMinutes: 30, bufferAfterMinutes: 15 }
    serviceId = await desk.make('/services', { ...wash, durations: bands })
    ann = await desk.addProvider('ann', 'groomer', ['wash'])
    bea = await desk.addProvider('bea', 'groomer', ['wash'])
    await skill(bea, [{ service: 'wash', species: ['cat', 'bird'] }])
  })
  after(() => house[Symbol.asyncDispose]())

  async function skill(providerId: string, skills: unknown[], more: object = {}) {
    const [{ accountId }] = await house.sql('select account_id as "accountId" from providers where id = $1', [
      providerId,
    ])
    const body = { accountId, services: ['wash'], locationIds: [desk.world.newYork], skills, ...more }
    return house.call('PUT', `/providers/${providerId}`, { as: desk.world.ada, body })
  }
  const pet = async (species: string, weightGrams: number | null = null): Promise<string> => {
    const body = { name: 'Bo', species, weightGrams }
    return (await house.call('POST', '/pets', { as: desk.world.maya, body })).body.id
  }
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a body
  const slots = async (petId: string | undefined, path = `?date=${DAY}&`): Promise<any[]> => {
    const query = new URLSearchParams({ service: 'wash', ...(petId && { pet: petId }) })
    return (await house.call('GET', `/availability${path}${query}`, { as: desk.world.maya })).body.slots
  }
  const minutes = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }) =>
    (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000

  it('decides with whom it is offered and booked', async () => {
    const [dog, bird] = [await pet('dog'), await pet('bird')]
    assert.deepEqual((await slots(dog))[0].providerIds, [ann])
    assert.deepEqual((await slots(dog, '/next?'))[0].providerIds, [ann])
    for (const petId of [bird, undefined]) assert.deepEqual((await slots(petId))[0].providerIds, [ann, bea].toSorted())
    const refused = await desk.book(`${DAY}T09:00`, { service: 'wash', petId: dog, providerId: bea })
    assert.deepEqual([refused.status, refused.body.reasons], [422, ['skill']])
    for (const hour of ['09', '11', '13'])
      assert.equal((await desk.booked(`${DAY}T${hour}:00`, { service: 'wash', petId: dog })).provider.id, ann)
    await desk.booked(`${DAY}T09:00`, { service: 'wash', petId: bird, providerId: bea })
    const explain = async (petId: string) => {
      const query = new URLSearchParams({ service: 'wash', startsAt: `${DAY}T15:00`, provider: bea, pet: petId })
      return (await house.call('GET', `/availability/explanation?${query}`, { as: desk.world.maya })).body.reasons
    }
    assert.deepEqual([await explain(dog), await explain(bird)], [['skill'], []])
  })

  it('is no reason for a provider who does not perform the service, whom it is not for any pet', async () => {
    const refused = await desk.book(`${DAY}T09:00`, { service: 'wash', providerId: desk.world.tomasAtWork })
    assert.deepEqual([refused.status, refused.body.reasons], [422, ['skill']])
  })

  it('is not known when a time is held without it, and asked when it is booked', async () => {
    const body = { service: 'wash', startsAt: `${DAY}T12:00`, providerId: bea }
    const { status, body: hold } = await house.call('POST', '/holds', { as: desk.world.maya, body })
    assert.equal(status, 201)
    const refused = await desk.book(`${DAY}T12:00`, { service: 'wash', petId: await pet('dog'), holdId: hold.id })
    assert.deepEqual([refused.status, refused.body.reasons], [422, ['skill']])
    assert.equal((await house.call('DELETE', `/holds/${hold.id}`, { as: desk.world.maya })).status, 204)
  })

  it('is listed with those it leaves without a provider, when a skill is taken away', async () => {
    const bird = await pet('bird')
    const visit = await desk.booked('2027-03-17T09:00', { service: 'wash', petId: bird, providerId: bea })
    const cats = [{ service: 'wash', species: ['cat'] }]
    const refused = await skill(bea, cats)
    assert.equal(refused.status, 409)
    assert.ok(refused.body.appointments.some(({ id }: { id: string }) => id === visit.id))
    const moved = await skill(bea, cats, { appointments: 'move' })
    assert.deepEqual([moved.status, moved.body.skills], [200, cats])
    const { body: after } = await house.call('GET', `/appointments/${visit.id}`, { as: desk.world.maya })
    assert.equal(after.provider.id, ann)
    assert.equal((await skill(bea, [])).body.skills.length, 0)
    assert.deepEqual((await slots(await pet('dog')))[0].providerIds, [bea])
  })

  it('decides how long a visit is, and what is reserved for it', async () => {
    const minutesOf: [string, number | null, number][] = [
      ['dog', 9_999, 30],
      ['dog', 10_000, 60],
      ['dog', 29_999, 60],
      ['dog', 30_000, 90],
      ['dog', null, 90],
      ['cat', null, 60],
    ]
    for (const [index, [species, weightGrams, expected]] of minutesOf.entries()) {
      const petId = await pet(species, weightGrams)
      const startsAt = `2027-03-${22 + index}T09:00`
      assert.equal(minutes((await slots(petId, `?date=${startsAt.slice(0, 10)}&`))[0]), expected)
      assert.equal(minutes((await slots(petId, '/next?'))[0]), expected)
      const visit = await desk.booked(startsAt, { service: 'wash', petId })
      assert.equal(minutes(visit), expected, `${species} ${weightGrams}`)
      const [{ held }] = await house.sql(
        `select max(extract(epoch from upper(during) - lower(during)) / 60)::int as held from reservations where appointment_id = $1`,
        [visit.id],
      )
      assert.equal(held, expected + 15)
    }
    assert.equal(minutes((await slots(undefined))[0]), 60)
  })

  it('is what it is on the day of the move, and by the rules of that day', async () => {
    const petId = await pet('dog', 8_000)
    const { id } = await desk.booked('2027-03-30T09:00', { service: 'wash', petId, providerId: ann })
    const move = async (startsAt: string) =>
      (await house.call('PUT', `/appointments/${id}`, { as: desk.world.maya, body: { startsAt } })).body
    await house.call('PATCH', `/pets/${petId}`, { as: desk.world.maya, body: { weightGrams: 31_000 } })
    assert.equal(minutes(await move('2027-03-30T10:00')), 90)
    await desk.booked('2027-03-30T14:00', { service: 'wash', petId: await pet('dog'), providerId: ann })
    const [{ as }] = await house.sql('select account_id as "as" from providers where id = $1', [ann])
    const change = { as, body: { startsAt: '2027-03-30T14:00' } }
    const { body: lost } = await house.call('PUT', `/appointments/${id}`, change)
    assert.deepEqual([lost.code, ...lost.alternatives.map(minutes)], ['appointment.slot-taken', 90, 90, 90])
    const wash = { slug: 'wash', kind: 'grooming', durationMinutes: 60, stepMinutes: 30, bufferAfterMinutes: 15 }
    const replaced = await house.call('PUT', `/services/${serviceId}`, { as: desk.world.ada, body: wash })
    assert.deepEqual([replaced.status, replaced.body.durations], [200, []])
    assert.equal(minutes((await house.call('GET', `/appointments/${id}`, { as: desk.world.maya })).body), 90)
    assert.equal(minutes(await move('2027-03-30T11:00')), 60)
  })

  it('has one duration: two for one weight are refused, and so is one for no weight', async () => {
    const send = (durations: unknown[], slug = 'clip') =>
      house.call('POST', '/services', {
        as: desk.world.ada,
        body: { slug, kind: 'grooming', durationMinutes: 60, durations },
      })
    const dogs = (fromGrams: number, belowGrams: number) => ({
      species: 'dog',
      fromGrams,
      belowGrams,
      durationMinutes: 45,
    })
    const overlapping = await send([dogs(0, 5_001), dogs(5_000, 9_000)])
    assert.deepEqual([overlapping.status, overlapping.body.code], [409, 'resource.conflict'])
    const empty = await send([dogs(0, 5_000), dogs(5_000, 5_000)])
    assert.deepEqual([empty.status, empty.body.errors[0].pointer], [400, '/body/durations/1/belowGrams'])
    const made = await send([dogs(5_000, 9_000), dogs(0, 5_000)])
    assert.deepEqual([made.status, made.body.durations], [201, [dogs(0, 5_000), dogs(5_000, 9_000)]])
  })

  it('is what skills are about, for services that are performed', async () => {
    const stray = await skill(bea, [{ service: 'grooming', species: ['dog'] }])
    assert.deepEqual([stray.status, stray.body.errors[0].pointer], [422, '/body/skills/0/service'])
    const twice = await skill(
      bea,
      ['dog', 'cat'].map((species) => ({ service: 'wash', species: [species] })),
    )
    assert.deepEqual([twice.status, twice.body.errors[0].pointer], [422, '/body/skills/1/service'])
  })
})
