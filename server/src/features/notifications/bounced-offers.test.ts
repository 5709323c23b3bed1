import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { addPet, invite, made, transfer } from '../ownerships/test-ownerships.ts'
import { openTestSmtp, type TestSmtp } from './test-smtp.ts'

let smtp: TestSmtp
let house: House
let world: World
let petId: string

before(async () => {
  smtp = await openTestSmtp()
  house = await openHouse({ SMTP_URL: smtp.url, RATE_LIMIT: 'off', LOG_LEVEL: 'silent' })
  world = await populate(house)
  petId = await addPet(house, world.maya)
})
after(async () => {
  await house[Symbol.asyncDispose]()
  await smtp[Symbol.asyncDispose]()
})

test('shows who made an offer that its mail was refused for good, and says so in the trail', async () => {
  smtp.refuse('nobody@example.test', { responseCode: 550, message: '5.1.1 No such mailbox' })
  const invitation = made(await invite(house, world.maya, petId, 'nobody@example.test', 'book'))
  const other = made(await invite(house, world.maya, petId, 'somebody@example.test', 'book'))
  made(await transfer(house, world.maya, petId, 'nobody@example.test'))
  await house.drain()
  const { body } = await house.call('GET', `/pets/${petId}/co-owner-invitations`, { as: world.maya })
  const isUndelivered = new Map(
    body.items.map((item: { id: string; undeliverableSince?: string }) => [item.id, 'undeliverableSince' in item]),
  )
  assert.deepEqual([isUndelivered.get(invitation.id), isUndelivered.get(other.id)], [true, false])
  assert.ok((await house.call('GET', `/pets/${petId}/transfer`, { as: world.maya })).body.undeliverableSince)
  const bounced = await house.sql(
    `select resource_type, outcome from events where name = 'email.bounced' and pet_id = $1`,
    [petId],
  )
  assert.deepEqual(bounced.map((event) => `${event.resource_type} ${event.outcome}`).sort(), [
    'co-owner-invitation failed',
    'pet-transfer failed',
  ])
})

test('leaves an offer as it is whose mail may still get through', async () => {
  const pet = await addPet(house, world.maya)
  smtp.refuse('full@example.test', { responseCode: 552, message: '5.2.2 Mailbox full' })
  made(await invite(house, world.maya, pet, 'full@example.test', 'book'))
  await house.drain()
  const { body } = await house.call('GET', `/pets/${pet}/co-owner-invitations`, { as: world.maya })
  assert.equal('undeliverableSince' in body.items[0], false)
})
