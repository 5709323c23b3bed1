import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Email } from 'postal-mime'
import { type House, openHouse } from '../../../../test/setup.ts'
import { populate, type World } from '../../../../test/world.ts'
import {
  addPet,
  ageOffers,
  answer,
  changeRights,
  end,
  invite,
  made,
  share,
  transfer,
} from '../../ownerships/test-ownerships.ts'

let house: House
let world: World
/** Maya's, shared with Noor, who may view. */
let petId: string
let seen = new Set<string>()

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', PUBLIC_URL: 'https://petra.example' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

beforeEach(async () => {
  petId = await addPet(house, world.maya, 'Kestrel')
  await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view}')`, [petId, world.noor])
  await news()
  await ageOffers(house)
})

/** The mails since the last time, by address. */
async function news(): Promise<Email[]> {
  await house.drain()
  const mails = await house.mails()
  const fresh = mails.filter(({ messageId }) => !seen.has(messageId as string))
  assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, mails.length)
  seen = new Set(mails.map(({ messageId }) => messageId as string))
  return fresh.toSorted((a, b) => addressOf(a).localeCompare(addressOf(b)))
}

function addressOf(mail: Email): string {
  return mail.to?.[0]?.address ?? ''
}

function told(mails: Email[]): [string, string | undefined][] {
  return mails.map((mail) => [addressOf(mail), mail.subject])
}

describe('an invitation', () => {
  it('goes to the address, known or not, and says names and rights and nothing else of the pet', async () => {
    await house.call('PATCH', `/pets/${petId}`, {
      as: world.maya,
      body: { breed: 'Siamese', careNotes: 'Bites', microchip: '276098106123456' },
    })
    made(await invite(house, world.maya, petId, 'sam@example.test', 'book', 'records'))
    made(await invite(house, world.maya, petId, 'zoe@example.test', 'book', 'records'))
    const mails = await news()
    assert.deepEqual(told(mails), [
      ['sam@example.test', 'Maya invites you to look after Kestrel'],
      ['zoe@example.test', 'Maya invites you to look after Kestrel'],
    ])
    const [known, unknown] = mails.map(({ text = '' }) => text.replaceAll(/\w+@example\.test|#.*/g, ''))
    assert.equal(known, unknown)
    assert.match(known ?? '', /see the profile, book visits, and read and add to the medical records\./)
    assert.doesNotMatch(`${known}${mails[0]?.html}`, /Siamese|Bites|2760|maya@|cat\b/i)
  })

  it('carries the link that accepts it, in the fragment', async () => {
    made(await invite(house, world.maya, petId, 'sam@example.test'))
    const [mail] = await news()
    const token = /https:\/\/petra\.example\/go#co-owner-invitation=([\w-]+)/.exec(mail?.text ?? '')?.[1]
    const accepted = await house.call('POST', '/me/co-owner-invitations/acceptance', { as: world.sam, body: { token } })
    assert.equal(accepted.status, 200)
  })

  it('is told to the others who manage the pet, and to the owner when the front desk made it', async () => {
    await changeRights(house, world.maya, petId, world.noor, 'manage')
    made(await invite(house, world.maya, petId, 'a@example.test'))
    const subject = 'Somebody is invited to co-own Kestrel'
    assert.deepEqual(told(await news()).slice(1), [['noor@example.test', subject]])
    made(await invite(house, world.ines, petId, 'b@example.test'))
    assert.deepEqual(told(await news()).slice(1), [
      ['maya@example.test', subject],
      ['noor@example.test', subject],
    ])
  })

  it('is not sent once it is withdrawn, nor when nobody can read the address any more', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test'))
    await house.call('DELETE', `/pets/${petId}/co-owner-invitations/${id}`, { as: world.maya })
    assert.deepEqual(told(await news()), [])
    made(await invite(house, world.ada, petId, 'sam@example.test'))
    await house.sql('update vault.data_keys set subject_id = new_id() where subject_id = $1', [world.ada])
    house.context.dataKeys.forget(world.ada)
    assert.deepEqual((await news()).map(addressOf), ['maya@example.test'])
  })

  it('tells those who manage the pet that it was accepted, by whom, though the front desk made it', async () => {
    await changeRights(house, world.maya, petId, world.noor, 'manage')
    const { id } = made(await invite(house, world.ines, petId, 'sam@example.test', 'manage'))
    await news()
    await answer(house, world.sam, 'co-owner-invitation', id)
    assert.deepEqual(told(await news()), [
      ['maya@example.test', 'Sam is a co-owner of Kestrel now'],
      ['noor@example.test', 'Sam is a co-owner of Kestrel now'],
    ])
  })

  it('tells those who manage the pet, and them alone, that it was declined, and not by whom', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test'))
    await news()
    await answer(house, world.sam, 'co-owner-invitation', id, 'decline')
    const mails = await news()
    assert.deepEqual(told(mails), [['maya@example.test', 'An invitation to co-own Kestrel was declined']])
    assert.doesNotMatch(mails[0]?.text ?? '', /Sam/)
  })

  it('tells nobody who has lost the right to manage meanwhile', async () => {
    await changeRights(house, world.maya, petId, world.noor, 'manage')
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test'))
    await news()
    await answer(house, world.sam, 'co-owner-invitation', id, 'decline')
    const job = {
      name: 'co-owner-invitation-declined',
      eventId: id,
      resourceId: id,
      petId,
      at: '',
      actorId: world.sam,
    }
    await changeRights(house, world.maya, petId, world.noor)
    await house.context.db.rows({
      text: `select graphile_worker.add_job('notifications.send-notice', $1::json)`,
      values: [JSON.stringify({ ...job, recipientId: world.noor })],
    })
    assert.deepEqual((await news()).map(addressOf), ['maya@example.test'])
  })
})

describe('an ownership that ended', () => {
  it('is told to who was removed, and not to who left', async () => {
    await share(house, world.maya, petId, world.sam)
    await news()
    await end(house, world.noor, petId, world.noor)
    assert.deepEqual(told(await news()), [])
    await end(house, world.maya, petId, world.sam)
    const [mail, ...others] = await news()
    assert.deepEqual(others, [])
    assert.deepEqual(
      [mail && addressOf(mail), mail?.subject],
      ['sam@example.test', 'You are no longer an owner of Kestrel'],
    )
    assert.match(mail?.text ?? '', /was ended by somebody who manages it/)
  })

  it('is not told to who is an owner again', async () => {
    await end(house, world.maya, petId, world.noor)
    await share(house, world.maya, petId, world.noor)
    assert.ok((await news()).every(({ subject }) => !subject?.startsWith('You are no longer')))
  })
})

describe('a transfer', () => {
  it('is mailed to the address, and the others who manage the pet are warned', async () => {
    await changeRights(house, world.maya, petId, world.noor, 'manage')
    made(await transfer(house, world.noor, petId, 'sam@example.test'))
    const mails = await news()
    assert.deepEqual(told(mails), [
      ['maya@example.test', 'Kestrel is to be handed over to somebody else'],
      ['sam@example.test', 'Noor would like to hand Kestrel over to you'],
    ])
    const token = /go#pet-transfer=([\w-]+)/.exec(mails[1]?.text ?? '')?.[1]
    const accepted = await house.call('POST', '/me/pet-transfers/acceptance', { as: world.sam, body: { token } })
    assert.equal(accepted.status, 200)
  })

  it('warns the owner when the front desk asked for it', async () => {
    made(await transfer(house, world.ines, petId, 'sam@example.test'))
    assert.deepEqual((await news()).map(addressOf), ['maya@example.test', 'sam@example.test'])
  })

  it('tells both sides that it was accepted: who owned the pet, and who owns it', async () => {
    const { id } = made(await transfer(house, world.maya, petId, 'sam@example.test'))
    await news()
    await answer(house, world.sam, 'pet-transfer', id)
    const mails = await news()
    assert.deepEqual(told(mails), [
      ['maya@example.test', 'You are no longer an owner of Kestrel'],
      ['noor@example.test', 'You are no longer an owner of Kestrel'],
      ['sam@example.test', 'Kestrel is yours now'],
    ])
    assert.match(mails[0]?.text ?? '', /The transfer of Kestrel was accepted/)
    assert.doesNotMatch(mails[1]?.text ?? '', /Sam/)
  })

  it('tells those who manage the pet that it was declined', async () => {
    const { id } = made(await transfer(house, world.maya, petId, 'sam@example.test'))
    await news()
    await answer(house, world.sam, 'pet-transfer', id, 'decline')
    assert.deepEqual(told(await news()), [['maya@example.test', 'The transfer of Kestrel was declined']])
  })
})
