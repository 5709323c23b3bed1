import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { appendFile, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { childEnv } from '../../../test/child-env.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { openContext } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { isOurReceipt, readReceipt } from '../../platform/keys/destruction-receipts.ts'
import { destroyClinicalContent } from './destroy-clinical-content.ts'
import { add, eventsOf } from './test-records.ts'

let house: House
let world: World
let record: string
before(async () => {
  house = await openHouse({ LOG_LEVEL: 'silent' })
  world = await populate(house)
  record = (await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30', description: 'Limps.' }))
    .id
  await add(house, world.sam, world.mimi, { type: 'note', occurredOn: '2026-03-30', description: 'Sneezes.' })
})
after(() => house[Symbol.asyncDispose]())

const ledger = () => join(house.context.config.dataDir, 'keys', 'destroyed-keys')
const keys = (...words: string[]) =>
  promisify(execFile)(process.execPath, [fileURLToPath(new URL('../../keys.ts', import.meta.url)), ...words], {
    env: {
      ...childEnv(),
      DATA_DIR: house.context.config.dataDir,
      DATABASE_URL: house.context.config.databaseUrl,
      LOG_LEVEL: 'silent',
    },
  })
const keyOf = async (subjectId: string) =>
  (await house.sql('select id, wrapped, destroyed_at from vault.data_keys where subject_id = $1', [subjectId]))[0]

test('an operator destroys what was sealed for an archived pet, for good and in so many words only', async () => {
  await assert.rejects(keys('destroy-pet', world.rex), { code: 1, stderr: /^Say what to do: .*PET-ID --for-good/ })
  await assert.rejects(keys('destroy-pet', '-'.repeat(36), '--for-good'), { code: 1, stderr: /^Say what to do: / })
  await assert.rejects(destroyClinicalContent(house.context, world.rex), { message: /not archived/ })
  await transact(house.context.db, (tx) =>
    house.context.dataKeys.createDocumentKey(tx, world.rex, randomUUIDv7(), 'x-ray'),
  )
  await house.call('DELETE', `/pets/${world.rex}`, { as: world.maya })
  const { id } = await keyOf(world.rex)

  const { stdout } = await keys('destroy-pet', world.rex, '--for-good')

  const receipt = String(stdout.trim().split('\n').at(-1))
  assert.ok(await isOurReceipt(house.context.keyring.trailKey, receipt))
  const { destroyedAt, ...said } = readReceipt(receipt) as NonNullable<ReturnType<typeof readReceipt>>
  const { environment } = house.context.keyring
  assert.deepEqual(said, { environment, keyId: id, purpose: 'pet-clinical', subjectId: world.rex, documents: 1 })
  assert.ok(Math.abs(Date.parse(destroyedAt) - Date.now()) < 60_000)
  assert.equal((await keyOf(world.rex)).wrapped, null)
  assert.deepEqual(await house.sql('select blob from blobs_to_delete'), [{ blob: 'x-ray' }])
  assert.ok((await readFile(ledger(), 'utf8')).includes(receipt))
  assert.equal((await stat(ledger())).mode & 0o777, 0o600)
  const [event] = await eventsOf(house, 'clinical-content.destroyed')
  assert.deepEqual([event?.actor_id, event?.pet_id], [null, world.rex])
  await assert.rejects(destroyClinicalContent(house.context, world.rex), { message: /destroyed already/ })
})

test('a database from before has it destroyed again when a process starts, and by signed receipts only', async () => {
  const { id, destroyed_at: destroyedAt } = await keyOf(world.rex)
  const { id: mimis } = await keyOf(world.mimi)
  const other = await openHouse()
  const forged = await transact(other.context.db, async (tx) => {
    await other.context.dataKeys.createDataKey(tx, 'pet-clinical', world.mimi)
    return other.context.dataKeys.destroyDataKey(tx, 'pet-clinical', world.mimi)
  })
  await other[Symbol.asyncDispose]()
  const [header, , signature] = String(forged).split('.')
  const claim = Buffer.from(JSON.stringify({ ...readReceipt(String(forged)), keyId: mimis })).toString('base64url')
  await appendFile(ledger(), `\n{\n${header}.${claim}.${signature}\n`)
  await house.sql(`update vault.data_keys set wrapped = '\\x00', destroyed_at = null where id = $1`, [id])
  await house.sql('delete from vault.destruction_receipts')
  await house.sql(
    `insert into vault.document_keys (document_id, id, pet_key_id, wrapped, blob) values ($1, $1, $2, '\\x00', 'restored')`,
    [randomUUIDv7(), id],
  )

  await using restarted = await openContext(house.context.config)

  assert.equal((await keyOf(world.rex)).wrapped, null)
  assert.deepEqual((await keyOf(world.rex)).destroyed_at, destroyedAt)
  assert.deepEqual(await house.sql('select from vault.document_keys where pet_key_id = $1', [id]), [])
  assert.equal((await house.sql(`select from blobs_to_delete where blob = 'restored'`)).length, 1)
  assert.notEqual((await keyOf(world.mimi)).wrapped, null)
  assert.equal((await house.sql('select from vault.destruction_receipts')).length, 1)
  assert.ok(record && restarted)
})

test('an erasure leaves its receipt in the ledger as well, and is made again where the person is back without a key', async () => {
  const eraseDue = async () => {
    await house.sql(`select graphile_worker.add_job('privacy.start-due-erasures')`)
    await house.drain()
  }
  await house.sql('insert into erasure_requests (account_id, due_at) values ($1, clock_now())', [world.maya])
  await eraseDue()
  await house.sql(`update accounts set name = 'Maya', erased_at = null where id = $1`, [world.maya])
  await eraseDue()
  const [{ name }] = await house.sql('select name from accounts where id = $1', [world.maya])
  assert.equal(name, 'Former client')
  const lines = (await readFile(ledger(), 'utf8')).split('\n').filter(Boolean)
  const subjects = lines.map((line) => readReceipt(line)?.subjectId)
  assert.ok(subjects.includes(world.maya))
})

test('whatever a person is found by or has sealed goes with their key, whichever way that goes, and nobody else’s', async () => {
  const { sam, mimi, maya, noor } = world
  const offer = { email: 'kim@example.test', rights: ['view'] }
  const { status } = await house.call('POST', `/pets/${mimi}/co-owner-invitations`, { as: sam, body: offer })
  assert.equal(status, 201)
  for (const person of [sam, noor]) {
    await house.sql('insert into account_exports (account_id, content) values ($1, $2)', [
      person,
      Buffer.from('sealed'),
    ])
    await house.sql(
      `insert into email_changes (account_id, id, addresses, expires_at) values ($1, gen_random_uuid(), 'sealed', now() + interval '1 hour')`,
      [person],
    )
    await house.sql(
      `insert into challenges (email_index, purpose, id, expires_at)
        select email_index, 'password-reset', gen_random_uuid(), now() + interval '1 hour' from account_contacts where account_id = $1`,
      [person],
    )
  }
  const [{ email_index: index }] = await house.sql('select email_index from account_contacts where account_id = $1', [
    sam,
  ])
  const left = async (person: string) => {
    const [row] = await house.sql(
      `select (select count(*) from account_contacts where account_id = $1)::int as contacts,
              (select count(*) from account_exports where account_id = $1)::int as exports,
              (select count(*) from email_changes where account_id = $1)::int as changes,
              (select count(*) from ownership_offers where offered_by = $1 and num_nonnulls(email, email_index) > 0)::int as offers`,
      [person],
    )
    return row
  }
  const ofNoor = await left(noor)
  assert.deepEqual(await left(sam), { contacts: 1, exports: 1, changes: 1, offers: 1 })
  const destroyed = (person: string, purpose: string) =>
    house.sql(
      'update vault.data_keys set wrapped = null, destroyed_at = now() where subject_id = $1 and purpose = $2 returning id',
      [person, purpose],
    )
  assert.equal((await destroyed(mimi, 'pet-clinical')).length, 1)
  assert.deepEqual(await left(sam), { contacts: 1, exports: 1, changes: 1, offers: 1 })

  assert.equal((await destroyed(sam, 'owner-personal')).length, 1)

  assert.deepEqual(await left(sam), { contacts: 0, exports: 0, changes: 0, offers: 0 })
  assert.deepEqual(await house.sql('select from challenges where email_index = $1', [index]), [])
  assert.deepEqual(await left(noor), ofNoor)
  assert.equal((await house.sql('select from challenges')).length, 1)
  assert.equal((await left(maya)).contacts, 0, 'erased before')
})
