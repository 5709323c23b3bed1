import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addAccount } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { add as addRecord } from '../medical-records/test-records.ts'
import { add, house, makeDue, me, news, recordNews, smtp, unknown, world } from './test-channels.ts'

describe('an address that takes no mail', () => {
  it('is switched off when its server says so for good, is shown, and comes back when it is confirmed again', async () => {
    smtp.refuse('maya@example.test', unknown)
    assert.deepEqual(await recordNews(), [])
    assert.ok((await me(world.maya)).emailUndeliverableSince)
    const { body } = await house.call('GET', '/owners?search=Maya', { as: world.ines })
    assert.ok(body.items[0].emailUndeliverableSince)
    const [{ waiting }] = await house.sql(
      `select count(*)::int as waiting from graphile_worker.jobs where key like 'new-record%'`,
    )
    assert.equal(waiting, 0, 'it is not tried again')
    smtp.refuse('maya@example.test', null)
    assert.deepEqual(await recordNews(), [], 'nothing is sent')
    await house.call('POST', '/auth/email-verification/resend', { body: { email: 'maya@example.test' } })
    const [mail] = await news()
    const token = /#email-verification=([\w-]+)/.exec(mail?.text ?? '')?.[1]
    assert.ok(token, 'but what was asked for to confirm the address')
    await house.call('POST', '/auth/email-verification', { body: { token } })
    assert.equal((await me(world.maya)).emailUndeliverableSince, undefined)
    assert.equal((await recordNews()).length, 1)
  })

  it('comes back when it is changed', async () => {
    const una = await addAccount(house, 'Una')
    await house.sql(`insert into ownerships (pet_id, owner_id, rights) values ($1, $2, '{view,records}')`, [
      world.rex,
      una,
    ])
    smtp.refuse('una@example.test', unknown)
    await recordNews()
    assert.ok((await me(una)).emailUndeliverableSince)
    const { replaceEmail } = await import('../accounts/lookup.ts')
    await transact(house.context.db, (tx) => replaceEmail(tx, house.context, una, 'una2@example.test'))
    assert.equal((await me(una)).emailUndeliverableSince, undefined)
    const mails = await recordNews()
    assert.ok(mails.some(({ to }) => to?.[0]?.address === 'una2@example.test'))
    await house.sql('update ownerships set until = now() where owner_id = $1', [una])
  })

  it('stays on for what is ours to mend, and for what passes', async () => {
    for (const answer of [
      { responseCode: 550, message: '5.7.1 Relaying denied' },
      { responseCode: 450, message: '4.2.0 Greylisted' },
      { responseCode: 552, message: '5.2.2 Mailbox full' },
    ]) {
      smtp.refuse('maya@example.test', answer)
      assert.deepEqual(await recordNews(), [])
      assert.equal((await me(world.maya)).emailUndeliverableSince, undefined)
      smtp.refuse('maya@example.test', null)
      await house.sql(`update graphile_worker._private_jobs set run_at = now() where attempts > 0`)
      assert.equal((await news()).length, 1, 'and is tried again')
    }
  })
})

describe('a mail', () => {
  it('is not sent of an entry that was retracted meanwhile', async () => {
    // What was told before was told longer ago.
    await house.sql(`update medical_records set created_at = created_at - interval '1 hour'`)
    const entry = { type: 'note', occurredOn: '2026-11-01', description: 'Of another pet.' }
    const { id } = await addRecord(house, world.drLind, world.rex, entry)
    await house.drain()
    await house.call('DELETE', `/pets/${world.rex}/medical-records/${id}?reason=Wrong%20pet`, { as: world.drLind })
    await makeDue('new-record:')
    assert.deepEqual(await news(), [])
  })

  it('is sent of a vet’s entry, whatever an owner adds meanwhile, and though the vet retracts the one after it', async () => {
    const entry = { type: 'note', occurredOn: '2026-11-01', description: 'Of this pet.' }
    await addRecord(house, world.drLind, world.rex, entry)
    await house.drain()
    await addRecord(house, world.maya, world.rex, { ...entry, description: 'Ate a sock.' })
    await house.drain()
    await makeDue('new-record:')
    assert.equal((await news()).length, 1)

    await addRecord(house, world.drLind, world.rex, entry)
    const { id } = await addRecord(house, world.drLind, world.rex, { ...entry, description: 'Of another pet.' })
    await house.drain()
    await house.call('DELETE', `/pets/${world.rex}/medical-records/${id}?reason=Wrong%20pet`, { as: world.drLind })
    await makeDue('new-record:')
    assert.equal((await news()).length, 1)
  })

  it('is sent once, however often and however many at a time its job runs', async () => {
    const [mail] = await recordNews()
    const eventId = /^<new-record\.([\w-]{36})/.exec(mail?.messageId ?? '')?.[1] as string
    const [record] = await house.sql('select id from medical_records where pet_id = $1 order by id desc limit 1', [
      world.rex,
    ])
    const payload = {
      name: 'new-record',
      eventId,
      resourceId: record.id,
      petId: world.rex,
      actorId: world.drLind,
      at: new Date().toISOString(),
      expiresAt: null,
      recipientId: world.maya,
    }
    for (const key of ['a', 'b', 'c']) await add({ key, name: 'notifications.send-notice', payload })
    assert.deepEqual(await news(), [])
    await house.sql('delete from mails')
    for (const key of ['a', 'b', 'c', 'd']) await add({ key, name: 'notifications.send-notice', payload })
    assert.equal((await news()).length, 1)
    await house.sql(`delete from graphile_worker._private_jobs where key in ('a', 'b', 'c', 'd')`)
  })

  it('that nobody knows the end of is sent again under its Message-ID, and counted', async () => {
    smtp.swallow(true)
    const [first] = await recordNews()
    smtp.swallow(false)
    await house.sql(`update graphile_worker._private_jobs set run_at = now() where attempts > 0`)
    const [again, ...others] = await news()
    assert.deepEqual([again?.messageId, others], [first?.messageId, []])
    const [{ repeats }] = await house.sql('select sum(repeats)::int as repeats from mails')
    assert.equal(repeats, 1)
    const metrics = await (await fetch(`${house.url}/metrics`)).text()
    assert.match(metrics, /^petra_mails_perhaps_repeated 1$/m)
  })
})
