import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { storedFiles } from '../../../test/stored-files.ts'
import { populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { attach, form, pdf } from './test-documents.ts'
import { add, eventsOf, rabies } from './test-records.ts'

describe('a document that is stored', () => {
  let house: House
  let world: World
  let recordId: string
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    world = await populate(house)
    recordId = (await add(house, world.maya, world.rex, rabies)).id
  })
  after(() => house[Symbol.asyncDispose]())

  const records = () => `/pets/${world.rex}/medical-records`
  const get = (url: string, as: string | null = world.maya, headers = {}) => house.call('GET', url, { as, headers })

  it('sent again with its Idempotency-Key is one document, and another one is not taken for it', async () => {
    const { id } = await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })
    const content = pdf()
    const send = (body: FormData, key = 'upload-1') =>
      attach(house, world.maya, world.rex, id, body, { 'idempotency-key': key })
    const first = await send(form(content))
    const again = await send(form(content))
    assert.deepEqual([again.status, again.body, again.headers.get('idempotency-replayed')], [201, first.body, 'true'])
    assert.equal(again.headers.get('location'), first.body.url)
    for (const other of [form(pdf()), form(content, 'other.pdf')])
      assert.deepEqual((await send(other)).body.code, 'idempotency.mismatch')
    const { documents } = (await get(`${records()}/${id}`)).body
    assert.deepEqual(documents, [first.body])
    await house.context.files.sweep()
    const keys = await house.sql('select document_id from vault.document_keys order by 1')
    assert.deepEqual(
      await storedFiles(house),
      keys.map((key) => key.document_id),
    )
  })

  it('that was altered on the disk is not shown, and the trail says so', async () => {
    const content = pdf(200_000)
    const { body } = await attach(house, world.maya, world.rex, recordId, form(content))
    const path = join(house.context.config.dataDir, 'files', body.id.slice(-2), body.id)
    const sealed = await readFile(path)
    sealed[100] = (sealed[100] as number) ^ 1
    await writeFile(path, sealed)
    const damaged = await get(body.url)
    assert.deepEqual([damaged.status, damaged.body.code], [500, 'record.integrity'])
    const [event] = (await eventsOf(house, 'medical-record.document-read')).slice(-1)
    assert.partialDeepStrictEqual(event, { outcome: 'failed', record_ids: [recordId] })
    assert.equal((await get(body.url, world.maya, { range: 'bytes=-10' })).status, 206, 'other chunks still open')
    sealed[100] = (sealed[100] as number) ^ 1
    sealed[150_000] = (sealed[150_000] as number) ^ 1
    await writeFile(path, sealed)
    await assert.rejects(get(body.url), 'broken off where it does not open')
    assert.equal((await get(`${records()}/${recordId}`)).status, 200)
  })

  it("is gone with its pet's key, on the disk too", async () => {
    const { id } = await add(house, world.sam, world.mimi, { type: 'note', occurredOn: '2026-03-30' })
    const { body } = await attach(house, world.sam, world.mimi, id, form(pdf()))
    const { db, dataKeys } = house.context
    await transact(db, (tx) => dataKeys.destroyDataKey(tx, 'pet-clinical', world.mimi))
    assert.equal((await get(body.url, world.sam)).status, 404)
    await house.context.files.sweep()
    assert.ok(!(await storedFiles(house)).includes(body.id))
    assert.deepEqual(await house.sql('select from medical_documents where id = $1', [body.id]), [])
  })
})
