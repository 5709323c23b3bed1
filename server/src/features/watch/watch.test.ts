import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { type Actor, nobody } from '../../platform/actor.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { eraseAccount } from '../privacy/erase-account.ts'
import { watchAll, watchTrail } from './watch-trail.ts'

let house: House
let world: World

before(async () => {
  house = await openHouse({ TRUST_PROXY: '127.0.0.1', COUNTRY_HEADER: 'CF-IPCountry', LOG_LEVEL: 'silent' })
  world = await populate(house)
  await house.sql(`update accounts set locale = 'de' where id = $1`, [world.ada])
  await house.sql(`update accounts set roles = '{owner,admin}' where id = $1`, [world.ines])
})
after(() => house[Symbol.asyncDispose]())

describe('the watch over the trail', () => {
  it('tells every active admin of an emergency access, once', async () => {
    await house.sql(`update accounts set roles = '{owner,admin}', disabled_at = now() where id = $1`, [world.noor])
    await emergency(world.rex)
    await emergency(world.mimi)
    const [alarm, ...others] = await raised('emergency-access')
    assert.deepEqual(
      [alarm?.resource_type, alarm?.resource_id, alarm?.actor_id, others],
      ['account', world.drOkafor, null, []],
    )
    const [granted] = await house.sql(
      `select id from events where name = 'emergency-access.granted' order by id limit 1`,
    )
    assert.equal(alarm?.payload.eventId, granted.id)
    const mails = await told(alarm?.id)
    assert.deepEqual(mails.map(({ subject }) => subject).sort(), [
      'Das Prüfprotokoll braucht einen Blick',
      'The audit trail needs a look',
    ])
    for (const { text } of mails) {
      assert.match(text ?? '', /Dr\. Okafor/)
      assert.doesNotMatch(text ?? '', /Rex|Mimi|Hit by a car/)
    }
  })

  it('tells it again when an hour is over', async () => {
    await house.setClockAhead('61 minutes')
    await emergency(world.rex)
    assert.equal((await raised('emergency-access')).length, 2)
  })

  it('sees a row of refusals', async () => {
    for (let time = 0; time < 20; time++) {
      assert.equal((await house.call('GET', `/pets/${world.rex}`, { as: world.sam })).status, 404)
      if (time === 18) assert.deepEqual(await raised('refusals-in-a-row'), [])
    }
    assert.deepEqual(await about('refusals-in-a-row'), [world.sam])
  })

  it('sees a sign-in from a country that the proxy names, and believes nobody else and no placeholder', async () => {
    const body = { email: 'una@example.test', password: 'good dog, stay safe', name: 'Una' }
    const { status } = await house.call('POST', '/auth/register', { body })
    assert.ok(status < 300)
    const signIn = async (headers: Record<string, string>) =>
      assert.equal(
        (await house.call('POST', '/auth/login', { body: { email: body.email, password: body.password }, headers }))
          .status,
        200,
      )
    const through = { 'x-forwarded-for': '203.0.113.7' }
    await signIn({})
    await signIn({ ...through, 'cf-ipcountry': 'NL' })
    await signIn({ ...through, 'cf-ipcountry': 'NL' })
    await signIn({ 'cf-ipcountry': 'BR' })
    await signIn({ ...through, 'cf-ipcountry': 'XX' })
    await signIn({ ...through, 'cf-ipcountry': 'ZZ' })
    assert.deepEqual(await raised('new-country'), [])
    await signIn({ ...through, 'cf-ipcountry': 'DE' })
    const [alarm, ...others] = await raised('new-country')
    const [una] = await house.sql(`select id from accounts where name = 'Una'`)
    assert.deepEqual([alarm?.resource_id, others], [una.id, []])
    assert.doesNotMatch(JSON.stringify(alarm?.payload), /NL|DE/)
  })

  it('sees many pets, whichever transaction commits last', async () => {
    const vet = as(world.drLind)
    await transact(house.context.db, async (tx) => {
      look(tx, vet, 25)
    })
    const slow = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const slowly = transact(house.context.db, async (tx) => {
      await tx.rows({ text: 'select pg_current_xact_id()', values: [] })
      look(tx, vet, 1)
      begun.resolve()
      await slow.promise
    })
    await begun.promise
    await transact(house.context.db, async (tx) => {
      look(tx, vet, 25)
    })
    await watchAll(house.context)
    assert.deepEqual(await house.sql(alarms, ['many-pets-opened']), [])
    slow.resolve()
    await slowly
    assert.deepEqual(await about('many-pets-opened'), [world.drLind])
  })

  it('sees each thing once, however many watch', async () => {
    const vets = Array.from({ length: 5 }, () => as(randomUUID()))
    for (const vet of vets)
      for (let commit = 0; commit < 3; commit++)
        await transact(house.context.db, async (tx) => {
          look(tx, vet, 17)
        })
    await Promise.all([1, 2, 3, 4].map(() => watchAll(house.context)))
    assert.deepEqual((await about('many-pets-opened')).slice(1).sort(), vets.map(({ accountId }) => accountId).sort())
  })

  it('raises nothing when it is cut off, and nothing twice when it reads again', async () => {
    const vet = as(randomUUID())
    await house.drain()
    await transact(house.context.db, async (tx) => {
      look(tx, vet, 51)
    })
    const before = await house.sql(alarms, ['many-pets-opened'])
    await house.sql(`alter table log_cursors add constraint stuck check (tail <> 'watch') not valid`)
    // As long as transactions of other tests hold the horizon, there is nothing to fail at.
    while (
      await watchTrail(house.context).then(
        () => true,
        () => false,
      )
    );
    await house.sql('alter table log_cursors drop constraint stuck')
    assert.deepEqual(await house.sql(alarms, ['many-pets-opened']), before)
    assert.deepEqual((await about('many-pets-opened')).at(-1), vet.accountId)
    const all = await house.sql(`select id from events where name = 'watch.raised'`)
    await house.sql(`update log_cursors set xid = '0' where tail = 'watch'`)
    await house.drain()
    assert.equal((await house.sql(`select id from events where name = 'watch.raised'`)).length, all.length)
  })

  it('remembers an hour, and of an erased account nothing', async () => {
    await house.setClockAhead('3 hours')
    await transact(house.context.db, async (tx) => {
      look(tx, as(world.drLind), 1)
    })
    await house.drain()
    const [{ count }] = await house.sql('select count(*)::int from opened_pets where account_id = $1', [world.drLind])
    assert.equal(count, 1)
    const [una] = await house.sql(`select id from accounts where name = 'Una'`)
    const countries = () => house.sql('select country from sign_in_countries where account_id = $1', [una.id])
    assert.equal((await countries()).length, 2)
    await house.sql(`insert into erasure_requests (account_id, requested_at, due_at) values ($1, now(), now())`, [
      una.id,
    ])
    await eraseAccount(house.context, { accountId: una.id })
    assert.deepEqual(await countries(), [])
  })
})

const alarms = `select * from events where name = 'watch.raised' and payload ->> 'rule' = $1 order by xid, id`

async function raised(rule: string) {
  await house.drain()
  return house.sql(alarms, [rule])
}

async function about(rule: string): Promise<string[]> {
  return (await raised(rule)).map(({ resource_id }) => resource_id)
}

async function told(eventId: string) {
  return (await house.mails()).filter(({ messageId }) => messageId?.startsWith(`<watch-raised.${eventId}.`))
}

async function emergency(petId: string): Promise<void> {
  const options = { as: world.drOkafor, body: { reason: 'Hit by a car' } }
  assert.equal((await house.call('POST', `/pets/${petId}/emergency-access`, options)).status, 201)
}

function as(accountId: string): Actor {
  return {
    ...nobody({ id: 'r', address: null, agent: null, country: null }),
    accountId,
    roles: ['owner', 'veterinarian'],
  }
}

/** Looks at the records of so many pets that nobody has looked at before. */
function look(tx: Parameters<typeof record>[0], actor: Actor, pets: number): void {
  for (let pet = 0; pet < pets; pet++)
    record(tx, actor, 'medical-record.listed', { petId: randomUUID(), recordIds: [] })
}
