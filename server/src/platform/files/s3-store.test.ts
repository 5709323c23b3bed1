import assert from 'node:assert/strict'
import { mkdtemp, readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import S3rver from 's3rver'
import { openHouse } from '../../../test/setup.ts'
import { populate } from '../../../test/world.ts'
import { attach, form, pdf } from '../../features/medical-records/test-documents.ts'
import { add } from '../../features/medical-records/test-records.ts'

describe('files in a bucket', () => {
  it('are stored whole, read in parts, removed, and on the disk only while they arrive', async () => {
    await using s3 = await openS3()
    await using house = await openHouse({ RATE_LIMIT: 'off', FILES_URL: s3.url })
    const world = await populate(house)
    const { id } = await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })
    const content = pdf(300_000)
    const { status, body } = await attach(house, world.maya, world.rex, id, form(content))
    assert.equal(status, 201)
    assert.deepEqual(await s3.names(), [body.id])
    assert.deepEqual(await readdir(join(house.context.config.dataDir, 'files', 'spool')), [])

    const get = (headers = {}) => house.call('GET', body.url, { as: world.maya, headers })
    assert.ok((await get()).bytes?.equals(content))
    const part = await get({ range: 'bytes=131000-140000' })
    assert.ok(part.status === 206 && part.bytes?.equals(content.subarray(131_000, 140_001)))

    await attach(house, world.maya, world.rex, id, form(Buffer.from('no document')))
    assert.deepEqual(await s3.names(), [body.id])
    const vain = await house.context.files.receive(world.rex, [pdf(1_000)])
    assert.equal((await s3.names()).length, 2)
    await house.context.files.abandon(vain)
    await house.context.files.sweep()
    assert.deepEqual(await s3.names(), [body.id])
  })

  it('that cannot be reached, or are gone, are told as such', async () => {
    const s3 = await openS3()
    await using house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent', FILES_URL: s3.url })
    const world = await populate(house)
    const { id } = await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })
    const { body } = await attach(house, world.maya, world.rex, id, form(pdf()))
    await s3.empty()
    const gone = await house.call('GET', body.url, { as: world.maya })
    assert.deepEqual([gone.status, gone.body.code], [500, 'record.integrity'])
    await s3[Symbol.asyncDispose]()
    const sent = await attach(house, world.maya, world.rex, id, form(pdf()))
    const asked = await house.call('GET', body.url, { as: world.maya })
    for (const { status, body, headers } of [sent, asked])
      assert.deepEqual([status, body.code, headers.get('retry-after')], [503, 'service.unavailable', '1'])
    const keys = await house.sql('select document_id from vault.document_keys')
    assert.equal(keys.length, 1, 'what was not stored has no key')
  })
})

/** A server that speaks S3, with one bucket; keys and signatures are checked. */
async function openS3() {
  const directory = await mkdtemp(join(process.env.TEST_FOLDER as string, 's3-'))
  const s3 = new S3rver({ directory, silent: true, configureBuckets: [{ name: 'petra', configs: [] }] })
  await s3.configureBuckets()
  const server = createServer(s3.callback())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const { S3Client, ListObjectsV2Command, DeleteObjectCommand } = await import('@aws-sdk/client-s3')
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  })
  const keys = async () => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'petra' }))
    return Contents.map(({ Key }) => Key as string)
  }
  return {
    url: `s3://S3RVER:S3RVER@petra/clinic/files?endpoint=http://127.0.0.1:${port}&region=eu-west-1`,
    /** The names of what is in the bucket, all of it below the prefix. */
    names: async () =>
      (await keys()).map((key) => {
        assert.ok(key.startsWith('clinic/files/'))
        return key.slice('clinic/files/'.length)
      }),
    async empty() {
      for (const Key of await keys()) await client.send(new DeleteObjectCommand({ Bucket: 'petra', Key }))
    },
    async [Symbol.asyncDispose]() {
      client.destroy()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
