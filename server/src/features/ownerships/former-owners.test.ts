import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { add } from '../medical-records/test-records.ts'
import { addPet, ageOffers, answer, changeRights, end, made, share, transfer } from './test-ownerships.ts'

let house: House
let world: World
/** Maya's, shared with Sam with every right; with a visit, a record, and something to read in its log. */
let petId: string
let visitId: string
let recordId: string

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

/** A day of its own for each visit. */
let day = Temporal.PlainDate.from('2027-03-15')

async function stage(): Promise<void> {
  await ageOffers(house)
  petId = await addPet(house, world.maya, 'Kestrel')
  await share(house, world.maya, petId, world.sam, 'book', 'records', 'manage')
  day = day.add({ weeks: 1 })
  const booking = { petId, service: 'wellness-exam', startsAt: `${day}T10:00`, locationId: world.newYork }
  visitId = made(await house.call('POST', '/appointments', { as: world.maya, body: booking })).id
  recordId = (await add(house, world.maya, petId, { type: 'note', occurredOn: '2026-03-30', description: 'Sneezes' }))
    .id
}

/** Every way to the pet, as a path with the status an owner gets. */
const ways = () =>
  [
    ['GET', `/pets/${petId}`],
    ['GET', `/pets/${petId}/owners`],
    ['GET', `/pets/${petId}/co-owner-invitations`],
    ['GET', `/pets/${petId}/vaccination-status`],
    ['GET', `/pets/${petId}/access-log`],
    ['GET', `/pets/${petId}/medical-records`],
    ['GET', `/pets/${petId}/medical-records?search=sneezes`],
    ['GET', `/pets/${petId}/medical-records/${recordId}`],
    ['GET', `/pets/${petId}/medical-records/${recordId}/history`],
    ['GET', `/appointments/${visitId}`],
    ['PATCH', `/pets/${petId}`, { color: 'black' }],
    ['PUT', `/appointments/${visitId}`, { notes: 'Shy' }],
    ['POST', `/appointments/${visitId}/confirmation`],
    ['POST', '/appointments', { petId, service: 'grooming', startsAt: `${day}T12:00`, locationId: world.newYork }],
    ['POST', `/pets/${petId}/medical-records`, { type: 'note', occurredOn: '2026-03-30', description: 'Coughs' }],
  ] as const

async function statuses(as: string): Promise<number[]> {
  const answers = []
  for (const [method, path, body] of ways()) answers.push(await house.call(method, path, { as, body }))
  return answers.map(({ status }) => status)
}

/** All that the lists show of the pet: by the pets themselves, by visits, and by visits of the pet alone. */
async function listed(as: string): Promise<number[]> {
  const lists = ['/pets?limit=100', '/appointments?limit=100', `/appointments?pet=${petId}`]
  const bodies = await Promise.all(lists.map(async (path) => (await house.call('GET', path, { as })).body.items))
  return bodies.map((items) => JSON.stringify(items).split(petId).length - 1)
}

const allowed = [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 201, 201]

const endings = {
  leaves: () => end(house, world.sam, petId, world.sam),
  'is removed': () => end(house, world.maya, petId, world.sam),
  'hands the pet over': async () => {
    const { id } = made(await transfer(house, world.sam, petId, 'noor@example.test'))
    return answer(house, world.noor, 'pet-transfer', id)
  },
}

describe('a former owner', () => {
  for (const [how, ending] of Object.entries(endings)) {
    it(`who ${how} sees nothing of the pet from then on, by no way and in no list`, async () => {
      await stage()
      assert.deepEqual(await statuses(world.sam), allowed)
      assert.ok((await listed(world.sam)).every((count) => count > 0))
      assert.ok((await ending()).status < 300)
      assert.deepEqual(
        await statuses(world.sam),
        allowed.map(() => 404),
      )
      assert.deepEqual(await listed(world.sam), [0, 0, 0])
      const { body } = await house.call('GET', `/pets/${petId}`, { as: world.ines })
      assert.ok(!body.owners.some(({ id }: { id: string }) => id === world.sam))
    })
  }

  it('gets no mail of its visits any more', async () => {
    await stage()
    await house.drain()
    const mailsToSam = async () =>
      (await house.mails()).filter(({ to, messageId }) => to?.[0]?.name === 'Sam' && messageId?.includes(visitId))
        .length
    assert.equal(await mailsToSam(), 1)
    const move = { as: world.maya, body: { startsAt: `${day}T14:00` } }
    assert.equal((await house.call('PUT', `/appointments/${visitId}`, move)).status, 200)
    await end(house, world.maya, petId, world.sam)
    await house.drain()
    assert.equal(await mailsToSam(), 1)
  })

  it('who comes back has what is given anew, and no more', async () => {
    await stage()
    await end(house, world.maya, petId, world.sam)
    await share(house, world.maya, petId, world.sam)
    const [profile] = await statuses(world.sam)
    assert.equal(profile, 200)
    const path = `/pets/${petId}/medical-records`
    assert.equal((await house.call('GET', path, { as: world.sam })).status, 403)
  })
})

describe('a right that was taken away', () => {
  it('is gone from the same commit on', async () => {
    await stage()
    await changeRights(house, world.maya, petId, world.sam, 'view')
    const [profile, owners, invitations, vaccinations, log, list, search, one, versions, visit, ...changes] =
      await statuses(world.sam)
    assert.deepEqual([profile, owners, vaccinations, log, visit], [200, 200, 200, 200, 200])
    assert.deepEqual([invitations, list, search, one, versions], [403, 403, 403, 403, 403])
    assert.deepEqual(changes, [403, 403, 403, 403, 403])
  })
})
