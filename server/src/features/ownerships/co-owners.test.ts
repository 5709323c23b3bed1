import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { assertProblem } from '../../../test/assert-problem.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import {
  addPet,
  ageOffers,
  changeRights,
  end,
  eventsOf,
  invite,
  made,
  ownersOf,
  share,
  transfer,
} from './test-ownerships.ts'

let house: House
let world: World
/** Maya's, shared with Noor, who may book. */
let petId: string

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off' })
  world = await populate(house)
})
after(() => house[Symbol.asyncDispose]())

beforeEach(async () => {
  await house.setClockAhead('0')
  petId = await addPet(house, world.maya)
  await share(house, world.maya, petId, world.noor, 'book')
  await ageOffers(house)
})

describe('the owners of a pet', () => {
  it('are listed with their rights and since when, longest first', async () => {
    const { body } = await house.call('GET', `/pets/${petId}/owners`, { as: world.noor })
    assert.deepEqual(body, {
      items: [
        { id: world.maya, name: 'Maya', rights: ['view', 'book', 'records', 'manage'], since: body.items[0].since },
        { id: world.noor, name: 'Noor', rights: ['view', 'book'], since: body.items[1].since },
      ],
      nextCursor: null,
    })
  })

  it('get other rights as a new period, and the one before stays as it was', async () => {
    const { status, body } = await changeRights(house, world.maya, petId, world.noor, 'manage', 'records', 'manage')
    assert.equal(status, 200)
    assert.deepEqual([body.id, body.name, body.rights], [world.noor, 'Noor', ['view', 'records', 'manage']])
    const periods = await house.sql(
      `select rights, until, since = lag(until) over (order by since) as follows
         from ownerships where pet_id = $1 and owner_id = $2 order by since`,
      [petId, world.noor],
    )
    assert.deepEqual(
      periods.map(({ rights, until, follows }) => [rights, until === null, follows]),
      [
        [['view', 'book'], false, null],
        [['view', 'records', 'manage'], true, true],
      ],
    )
    assert.deepEqual((await eventsOf(house, petId)).at(-1), [
      'ownership.changed',
      { rightsBefore: ['view', 'book'], rightsAfter: ['view', 'records', 'manage'] },
    ])
  })

  it('have one period after the other, even by a clock that was put back', async () => {
    await house.setClockAhead('-1 day')
    assert.equal((await changeRights(house, world.maya, petId, world.noor, 'records')).status, 200)
    assert.equal((await end(house, world.maya, petId, world.noor)).status, 204)
    await share(house, world.maya, petId, world.noor)
    assert.deepEqual(
      await house.sql(
        `select rights, lag(until) over (order by since) <= since as follows from ownerships
          where pet_id = $1 and owner_id = $2 order by since`,
        [petId, world.noor],
      ),
      [
        { rights: ['view', 'book'], follows: null },
        { rights: ['view', 'records'], follows: true },
        { rights: ['view'], follows: true },
      ],
    )
  })

  it('keep their period when they are given the rights they have', async () => {
    const before = await house.call('GET', `/pets/${petId}/owners`, { as: world.maya })
    const { body } = await changeRights(house, world.maya, petId, world.noor, 'book', 'view')
    assert.deepEqual(body, before.body.items[1])
    assert.ok((await eventsOf(house, petId)).every(([name]) => name !== 'ownership.changed'))
  })

  it('are changed by those who manage, not by others, nor on a reading that is stale', async () => {
    assertProblem(await changeRights(house, world.noor, petId, world.noor, 'manage'), 403, 'auth.forbidden')
    assertProblem(await changeRights(house, world.drLind, petId, world.noor, 'manage'), 403, 'auth.forbidden')
    const { headers } = await changeRights(house, world.maya, petId, world.noor, 'records')
    await changeRights(house, world.ines, petId, world.noor, 'view')
    const stale = { as: world.maya, headers: { 'if-match': headers.get('etag') as string } }
    const path = `/pets/${petId}/owners/${world.noor}`
    assertProblem(await house.call('PUT', path, { ...stale, body: { rights: [] } }), 412, 'resource.stale')
    assertProblem(await house.call('DELETE', path, stale), 412, 'resource.stale')
    assert.deepEqual(await ownersOf(house, petId), ['Maya view book records manage', 'Noor view'])
  })

  it('leave as they like, whichever way their id is written', async () => {
    assert.equal((await end(house, world.noor, petId, world.noor.toUpperCase())).status, 204)
    assert.deepEqual(await ownersOf(house, petId), ['Maya view book records manage'])
    assert.deepEqual((await eventsOf(house, petId)).at(-1), [
      'ownership.ended',
      { rightsBefore: ['view', 'book'], rightsAfter: [] },
    ])
    assertProblem(await end(house, world.maya, petId, world.noor), 404, 'resource.not-found')
  })

  it('are removed by those who manage and by no other', async () => {
    assertProblem(await end(house, world.noor, petId, world.maya), 403, 'auth.forbidden')
    await share(house, world.maya, petId, world.sam, 'manage')
    assert.equal((await end(house, world.sam, petId, world.maya)).status, 204)
    assert.deepEqual(await ownersOf(house, petId), ['Noor view book', 'Sam view manage'])
  })

  it('are told of to nobody who sees the limited profile', async () => {
    await house.call('POST', '/appointments', {
      as: world.maya,
      body: { petId, service: 'grooming', startsAt: '2027-03-15T10:00', locationId: world.newYork },
    })
    for (const ownerId of [world.maya, crypto.randomUUID()]) {
      assertProblem(await end(house, world.tomas, petId, ownerId), 403, 'auth.forbidden')
    }
    assertProblem(await house.call('GET', `/pets/${petId}/owners`, { as: world.tomas }), 403, 'auth.forbidden')
  })
})

describe('the last owner who manages', () => {
  const code = 'ownership.last-manager'

  it('cannot leave, be removed or lose the right', async () => {
    assertProblem(await end(house, world.maya, petId, world.maya), 409, code)
    assertProblem(await end(house, world.ines, petId, world.maya), 409, code)
    assertProblem(await changeRights(house, world.maya, petId, world.maya, 'book', 'records'), 409, code)
    assert.deepEqual(await ownersOf(house, petId), ['Maya view book records manage', 'Noor view book'])
  })

  it('can once another manages', async () => {
    await changeRights(house, world.maya, petId, world.noor, 'manage')
    assert.equal((await changeRights(house, world.maya, petId, world.maya, 'book')).status, 200)
    assert.equal((await end(house, world.maya, petId, world.maya)).status, 204)
    assertProblem(await end(house, world.noor, petId, world.noor), 409, code)
  })

  it('may lose other rights', async () => {
    assert.equal((await changeRights(house, world.maya, petId, world.maya, 'manage')).status, 200)
  })
})

describe('what an owner offered', () => {
  const open = () =>
    house.sql(`select kind from ownership_offers where pet_id = $1 and status = 'open' order by kind`, [petId])

  beforeEach(async () => {
    await changeRights(house, world.maya, petId, world.noor, 'manage')
    made(await invite(house, world.noor, petId, 'friend@example.test', 'manage'))
    made(await transfer(house, world.noor, petId, 'friend@example.test'))
    made(await invite(house, world.maya, petId, 'other@example.test'))
  })

  it('goes with them, and nothing else does', async () => {
    await end(house, world.maya, petId, world.noor)
    assert.deepEqual(await open(), [{ kind: 'co-owner-invitation' }])
    const names = (await eventsOf(house, petId)).slice(-3).map(([name]) => name)
    assert.deepEqual(names.toSorted(), ['co-owner-invitation.withdrawn', 'ownership.ended', 'pet-transfer.withdrawn'])
  })

  it('is not withdrawn once it has run out', async () => {
    await house.setClockAhead('8 days')
    await end(house, world.maya, petId, world.noor)
    assert.ok((await eventsOf(house, petId)).every(([name]) => !name.endsWith('.withdrawn')))
  })

  it('goes with the right to manage', async () => {
    await changeRights(house, world.maya, petId, world.noor, 'manage', 'book')
    assert.equal((await open()).length, 3)
    await changeRights(house, world.maya, petId, world.noor, 'book')
    assert.deepEqual(await open(), [{ kind: 'co-owner-invitation' }])
  })
})

describe('the database refuses', () => {
  const offer = (columns: string, values: string) =>
    `insert into ownership_offers (id, pet_id, offered_by, expires_at, ${columns})
     select new_id(), pet_id, owner_id, clock_now(), ${values} from ownerships where pet_id = $1 and rights @> '{manage}'`
  const sealed = `'\\x00', '\\x00'`
  const refused: Record<string, [constraint: string, text: string]> = {
    'two ownerships of one person at a time': [
      'periods_do_not_overlap',
      `insert into ownerships (pet_id, owner_id, since, until)
       select pet_id, owner_id, since + interval '1 microsecond', since + interval '2 microseconds' from ownerships where pet_id = $1`,
    ],
    'a period that ends before it begins': [
      'ends_after_it_begins',
      `update ownerships set until = since - interval '1 second' where pet_id = $1 and rights <> '{view,book,records,manage}'`,
    ],
    'a transfer of some rights only': [
      'transfer_gives_every_right',
      offer('kind, rights, email, email_index', `'pet-transfer', '{view,manage}', ${sealed}`),
    ],
    'an offer without the right to view': [
      'rights_are_known',
      offer('kind, rights, email, email_index', `'co-owner-invitation', '{book}', ${sealed}`),
    ],
    'an open offer to nobody': ['over_means_forgotten', offer('kind, rights', `'co-owner-invitation', '{view}'`)],
    'an address of an offer that is over': [
      'over_means_forgotten',
      offer(
        'kind, rights, email, email_index, status, ended_at',
        `'co-owner-invitation', '{view}', ${sealed}, 'declined', clock_now()`,
      ),
    ],
    'an end without a time': [
      'over_means_dated',
      offer('kind, rights, status', `'co-owner-invitation', '{view}', 'declined'`),
    ],
    'another kind of offer': [
      'kind_is_known',
      offer('kind, rights, email, email_index', `'loan', '{view}', ${sealed}`),
    ],
    'another end': [
      'status_is_known',
      offer('kind, rights, status, ended_at', `'co-owner-invitation', '{view}', 'lost', clock_now()`),
    ],
  }
  for (const [what, [constraint, text]] of Object.entries(refused)) {
    it(what, async () => {
      await assert.rejects(house.context.db.rows({ text, values: [petId] }), { constraint })
    })
  }

  it('a period that is over to begin anew', async () => {
    await end(house, world.maya, petId, world.noor)
    const text = 'update ownerships set until = null where pet_id = $1 and until is not null'
    await assert.rejects(house.context.db.rows({ text, values: [petId] }), { constraint: 'ended_ownership_stays' })
  })

  it('an offer that is over to be another', async () => {
    const { id } = made(await invite(house, world.maya, petId, 'sam@example.test'))
    await house.call('DELETE', `/pets/${petId}/co-owner-invitations/${id}`, { as: world.maya })
    const text = `update ownership_offers set status = 'accepted' where id = $1`
    await assert.rejects(house.context.db.rows({ text, values: [id] }), { constraint: 'ended_offer_stays' })
  })
})
