import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { filesInZip } from '../../../test/files-in-zip.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { attach, form, pdf } from '../medical-records/test-documents.ts'
import { add, eventsOf, rabies, visit } from '../medical-records/test-records.ts'
import { photo } from '../pets/test-photos.ts'

let house: House
let world: World
let recordIds: string[]
let visitId: string

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent', PUBLIC_URL: 'https://petra.example' })
  world = await populate(house)
  visitId = await visit(house, { petId: world.rex, providerId: world.drLindAtWork, locationId: world.newYork })
  const made = [
    await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-11-01', description: 'Ate a sock.' }),
    await add(house, world.drLind, world.rex, rabies),
  ]
  recordIds = made.map(({ id }) => id)
  await add(house, world.sam, world.mimi, { type: 'note', occurredOn: '2026-11-01', description: 'Of Mimi alone.' })
})
after(() => house[Symbol.asyncDispose]())

const ask = (as: string) => house.call('POST', '/me/export', { as })
const read = (id: string, as: string) => house.call('GET', `/me/exports/${id}`, { as })
const download = (id: string, as: string) => house.call('GET', `/me/exports/${id}/content`, { as })
const idsOf = (items: { id: string }[]) => items.map(({ id }) => id).sort()

async function made(as: string): Promise<string> {
  const { body } = await ask(as)
  await house.drain()
  return body.id
}

async function run(name: string): Promise<void> {
  await transact(house.context.db, (tx) => enqueue(tx, [{ key: name, name, payload: {} }]))
  await house.drain()
}

describe('an export', () => {
  it('holds everything about me, and of others what I may see', async () => {
    await house.call('PATCH', '/me', { as: world.maya, body: { address: '1 Main Street' } })
    const quiet = { timeZone: 'Europe/Paris', quietHours: { from: '22:00', to: '07:00' } }
    const switchedOff = [{ kind: 'new-records', channel: 'email' }]
    const preferences = switchedOff.map((each) => ({ ...each, enabled: false }))
    await house.call('PUT', '/me/notification-preferences', { as: world.maya, body: { ...quiet, preferences } })
    const { token, ...display } = (
      await house.call('POST', '/me/tokens', {
        as: world.maya,
        body: { name: 'Waiting room display', scopes: ['appointments:read'], expiresInDays: 3 },
      })
    ).body
    const id = await made(world.maya)
    const { status, headers, body, bytes } = await download(id, world.maya)
    assert.deepEqual(body.tokens, [{ ...display, revokedAt: null }])
    assert.ok(!bytes?.includes(token))
    assert.deepEqual(body.messages, { ...quiet, switchedOff })
    assert.equal(status, 200)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('content-disposition'), 'attachment; filename="petra-export.json"')
    assert.deepEqual(body.account, (await house.call('GET', '/me', { as: world.maya })).body)
    assert.equal(body.account.address, '1 Main Street')
    const [{ pet, rights }] = body.pets
    assert.deepEqual(pet, (await house.call('GET', `/pets/${world.rex}`, { as: world.maya })).body)
    assert.deepEqual(rights, ['view', 'book', 'records', 'manage'])
    assert.deepEqual(idsOf(body.appointments), [visitId])
    assert.deepEqual(idsOf(body.medicalRecords), recordIds.toSorted())
    assert.ok(body.medicalRecords.some(({ description }: { description: string }) => description === 'Ate a sock.'))
    assert.deepEqual([body.damagedRecordIds, body.formerOwnerships], [[], []])
    assert.ok(body.sessions.length > 0)
    const actions = body.activity.map(({ action }: { action: string }) => action)
    for (const action of ['export.requested', 'medical-record.added', 'pet.created'])
      assert.ok(actions.includes(action))
  })

  it('comes with photos and documents as one archive, in which what does not open is named', async () => {
    const attaching = async (name: string, content: Buffer) =>
      (await attach(house, world.maya, world.rex, recordIds[0] as string, form(content, name))).body.id
    const [scan, damaged] = [pdf(100_000), pdf(500)]
    await attaching('Scan/../1.pdf', scan)
    const lost = await attaching('lost.pdf', damaged)
    const picture = { body: await photo(64, 64).png().toBuffer(), headers: { 'content-type': 'image/png' } }
    await house.call('PUT', `/pets/${world.rex}/photo`, { as: world.maya, ...picture })
    const id = await made(world.maya)
    const stored = join(house.context.config.dataDir, 'files', lost.slice(-2), lost)
    await writeFile(stored, (await readFile(stored)).fill(0, 100, 110))

    const before = (await eventsOf(house, 'medical-record.exported')).length
    const archive = await house.call('GET', `/me/exports/${id}/archive`, { as: world.maya })
    assert.equal(archive.status, 200)
    assert.equal(
      archive.headers.get('content-disposition'),
      `attachment; filename="petra-export.zip"; filename*=UTF-8''petra-export.zip`,
    )
    const files = filesInZip(archive.bytes as Buffer)
    const record = `documents/2026-11-01 note ${recordIds[0]?.slice(-6)}`
    assert.deepEqual(
      [...files.keys()],
      ['petra-export.json', `photos/Rex ${world.rex.slice(-6)}.webp`, `${record}/1 1.pdf`, 'unreadable.txt'],
    )
    assert.deepEqual(JSON.parse(String(files.get('petra-export.json'))), (await download(id, world.maya)).body)
    assert.ok(files.get(`${record}/1 1.pdf`)?.equals(scan))
    assert.equal(String(files.get('unreadable.txt')), `${record}/2 lost.pdf\n`)
    assert.ok((await eventsOf(house, 'medical-record.exported')).length > before)
    assert.equal((await house.call('GET', `/me/exports/${id}/archive`, { as: world.noor })).status, 404)
  })

  it('goes on after a file that opens only so far, which it names, in the trail too', async () => {
    const attaching = async (name: string, content: Buffer) =>
      (await attach(house, world.sam, world.mimi, recordId, form(content, name))).body.id
    const { id: recordId } = await add(house, world.sam, world.mimi, { type: 'note', occurredOn: '2026-11-02' })
    const [broken, whole] = [pdf(200_000), pdf(500)]
    const lost = await attaching('lost.pdf', broken)
    await attaching('whole.pdf', whole)
    const stored = join(house.context.config.dataDir, 'files', lost.slice(-2), lost)
    await writeFile(stored, (await readFile(stored)).fill(0, 100_000, 100_010))

    const id = await made(world.sam)
    const { bytes } = await house.call('GET', `/me/exports/${id}/archive`, { as: world.sam })
    const files = filesInZip(bytes as Buffer)
    const record = `documents/2026-11-02 note ${recordId.slice(-6)}`
    assert.ok(files.get(`${record}/1 lost.pdf`)?.equals(broken.subarray(0, 65_536)))
    assert.ok(files.get(`${record}/2 whole.pdf`)?.equals(whole))
    assert.equal(String(files.get('unreadable.txt')), `${record}/1 lost.pdf\n`)
    const failed = (await eventsOf(house, 'medical-record.exported')).findLast(({ outcome }) => outcome === 'failed')
    assert.deepEqual([failed?.actor_id, failed?.pet_id, failed?.record_ids], [world.sam, world.mimi, [recordId]])
  })

  it('holds no records for who may only view the pet, and nothing of other people’s pets', async () => {
    const { body } = await download(await made(world.noor), world.noor)
    const event = (await eventsOf(house, 'export.made')).at(-1)
    assert.deepEqual([event?.record_ids, event?.behalf_of], [[], world.noor])
    assert.deepEqual(
      body.pets.map(({ pet }: { pet: { id: string } }) => pet.id),
      [world.rex],
    )
    assert.deepEqual(body.medicalRecords, [])
    assert.doesNotMatch(JSON.stringify(body), /Ate a sock|Of Mimi|maya@/)
  })

  it('says of pets one owned before when, and nothing else', async () => {
    const { body: pet } = await house.call('POST', '/pets', { as: world.sam, body: { name: 'Gone', species: 'cat' } })
    await house.sql('update pets set archived_at = now() where id = $1', [pet.id])
    await house.sql('update ownerships set until = now() where pet_id = $1', [pet.id])
    const { body } = await download(await made(world.sam), world.sam)
    assert.deepEqual(
      body.formerOwnerships.map(({ petId }: { petId: string }) => petId),
      [pet.id],
    )
    assert.doesNotMatch(JSON.stringify(body), /Gone/)
  })

  it('leaves out what was lost between its making and its reading', async (t) => {
    const id = await made(world.maya)
    const mine = [world.rex, world.maya]
    t.after(async () => {
      await house.sql('delete from ownerships where pet_id = $1 and owner_id = $2', mine)
      await house.sql('insert into ownerships (pet_id, owner_id) values ($1, $2)', mine)
    })
    await house.sql(`insert into ownerships (pet_id, owner_id) values ($1, $2)`, [world.rex, world.ines])
    const rights = (text: string) =>
      house.sql('update ownerships set rights = $3 where pet_id = $1 and owner_id = $2', [...mine, text])
    await rights('{view,book,manage}')
    const partly = (await download(id, world.maya)).body
    assert.deepEqual([partly.pets.length, partly.appointments.length, partly.medicalRecords], [1, 1, []])
    await house.sql('update ownerships set until = now() where pet_id = $1 and owner_id = $2', mine)
    const nothing = (await download(id, world.maya)).body
    assert.deepEqual([nothing.pets, nothing.appointments, nothing.medicalRecords], [[], [], []])
  })

  it('is announced by a mail that says nothing of what is inside', async () => {
    const id = await made(world.maya)
    const mail = (await house.mails()).findLast(({ subject }) => subject === 'Your data is ready')
    assert.equal(mail?.to?.[0]?.address, 'maya@example.test')
    assert.match(mail?.text ?? '', new RegExp(`https://petra\\.example/go#account-export=${id}\n`))
    assert.doesNotMatch(`${mail?.text}${mail?.html}`, /Rex|sock|rabies|Main Street/)
    assert.doesNotMatch((await house.mails()).map(({ text }) => text).join(), /Ate a sock/)
  })

  it('is one’s own, and there once it is made', async () => {
    const { status, headers, body } = await ask(world.sam)
    assert.deepEqual([status, body.status], [201, 'pending'])
    assert.deepEqual((await house.call('GET', headers.get('location') as string, { as: world.sam })).body, body)
    assert.equal((await download(body.id, world.sam)).status, 404)
    await house.drain()
    assert.equal((await read(body.id, world.sam)).body.status, 'ready')
    for (const as of [world.maya, world.ada]) {
      assert.equal((await read(body.id, as)).status, 404)
      assert.equal((await download(body.id, as)).status, 404)
    }
  })

  it('is made one at a time for each account', async () => {
    const answers = await Promise.all([ask(world.maya), ask(world.maya), ask(world.maya), ask(world.noor)])
    assert.deepEqual(
      answers
        .slice(0, 3)
        .map(({ status }) => status)
        .sort(),
      [201, 409, 409],
    )
    assert.equal(answers[3]?.status, 201)
    await house.drain()
    assert.equal((await ask(world.maya)).status, 201)
    await house.drain()
  })

  it('replaces the one before', async () => {
    const [first, other, second] = [await made(world.maya), await made(world.noor), await made(world.maya)]
    assert.deepEqual([(await read(first, world.maya)).status, (await read(second, world.maya)).status], [404, 200])
    assert.equal((await read(other, world.noor)).status, 200)
  })

  it('is made once, however often its job runs', async () => {
    const { body } = await ask(world.maya)
    await house.drain()
    const job = { key: 'again', name: 'privacy.make-export', payload: { exportId: body.id } }
    await transact(house.context.db, (tx) => enqueue(tx, [job]))
    await house.drain()
    const [{ count }] = await house.sql(
      `select count(*)::int from events where name = 'export.made' and resource_id = $1`,
      [body.id],
    )
    assert.equal(count, 1)
  })

  it('leaves asking, making and reading in the trail, with every record', async () => {
    const id = await made(world.maya)
    const exported = async () => (await eventsOf(house, 'medical-record.exported')).length
    const before = await exported()
    await download(id, world.maya)
    const [requested, making, reading] = await Promise.all(
      ['export.requested', 'export.made', 'export.read'].map(async (name) =>
        (await eventsOf(house, name)).findLast(({ resource_id }) => resource_id === id),
      ),
    )
    assert.deepEqual([requested?.actor_id, making?.actor_id, reading?.actor_id], [world.maya, null, world.maya])
    assert.deepEqual(making?.record_ids.toSorted(), recordIds.toSorted())
    assert.deepEqual(reading?.record_ids.toSorted(), recordIds.toSorted())
    const listed = (await eventsOf(house, 'medical-record.exported')).at(-1)
    assert.equal(await exported(), before + 1)
    assert.deepEqual([listed?.pet_id, listed?.actor_id, listed?.purpose], [world.rex, world.maya, 'owner-request'])
    assert.deepEqual(listed?.record_ids.toSorted(), recordIds.toSorted())
    const { body: log } = await house.call('GET', `/pets/${world.rex}/access-log`, { as: world.noor })
    assert.deepEqual([log.items[0].what, log.items[0].name], ['medical-record.exported', 'Maya'])
  })

  it('is sealed for its account and row, and nothing of it stands anywhere in the open', async () => {
    const [mine, hers] = [await made(world.maya), await made(world.sam)]
    const [{ content }] = await house.sql('select content from account_exports where id = $1', [mine])
    assert.doesNotMatch(content.toString('latin1'), /Rex|sock|rabies/)
    await house.sql('update account_exports set content = $2 where id = $1', [hers, content])
    const moved = await download(hers, world.sam)
    assert.deepEqual([moved.status, moved.body.code], [500, 'record.integrity'])
    const rows = await house.sql(
      `select e::text as text from events e union all select j::text from graphile_worker._private_jobs j`,
    )
    for (const { text } of rows) assert.doesNotMatch(text, /sock|maya@|Main Street/)
  })

  it('names a record that does not open, and gives the others', async (t) => {
    const [damaged, whole] = recordIds as [string, string]
    const [{ content }] = await house.sql('select content from medical_records where id = $1', [damaged])
    const put = (cell: Buffer) => house.sql('update medical_records set content = $2 where id = $1', [damaged, cell])
    t.after(() => put(content))
    await put(Buffer.from(content).fill(0, 20, 24))
    const { body } = await download(await made(world.maya), world.maya)
    assert.deepEqual([body.damagedRecordIds, idsOf(body.medicalRecords)], [[damaged], [whole]])
    const failed = (await eventsOf(house, 'medical-record.exported')).findLast(({ outcome }) => outcome === 'failed')
    assert.deepEqual(failed?.record_ids, [damaged])
  })

  it('is kept for 7 days, and one that was not made for one', async (t) => {
    t.after(() => house.setClockAhead('0'))
    const id = await made(world.maya)
    const { body: pending } = await ask(world.drLind)
    await house.setClockAhead('1 day 1 minute')
    await run('privacy.sweep-exports')
    assert.equal((await house.sql('select from account_exports where id = $1', [pending.id])).length, 0)
    await house.setClockAhead('6 days 23 hours')
    await run('privacy.sweep-exports')
    assert.equal((await download(id, world.maya)).status, 200)
    await house.setClockAhead('7 days 1 minute')
    assert.deepEqual([(await read(id, world.maya)).status, (await download(id, world.maya)).status], [404, 404])
    await run('privacy.sweep-exports')
    assert.equal((await house.sql('select from account_exports where id = $1', [id])).length, 0)
  })
})
