import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import S3rver from 's3rver'
import { anchorsOf } from './anchors.ts'
import { publishCheckpoints } from './publish-checkpoints.ts'
import { openTestTrail, sealAll, type TestTrail, verdict, write } from './test-trail.ts'
import { BrokenTrail } from './verify-trail.ts'

// The way the AWS SDK finds them.
Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' })

describe('checkpoints in a bucket', () => {
  let trail: TestTrail
  before(async () => {
    trail = await openTestTrail()
  })
  after(() => trail[Symbol.asyncDispose]())

  it('are put under object lock for the years that were asked for, with a digest', async () => {
    await using copy = await trail.copy()
    await using s3 = await openS3()
    await publishCheckpoints(copy.db, s3.anchors)
    const [put, ...others] = s3.puts
    assert.ok(put && others.length === 0, 'the newest commits to all before it')
    assert.match(put.url, /^\/petra\/clinic\/trail\/000000000005(\?|$)/)
    assert.equal(put.headers['x-amz-object-lock-mode'], 'COMPLIANCE')
    const years =
      (Date.parse(String(put.headers['x-amz-object-lock-retain-until-date'])) - Date.now()) / (365 * 86_400_000)
    assert.ok(years > 6.99 && years < 7.01, String(years))
    assert.match(String(put.headers['x-amz-checksum-sha256']), /^[A-Za-z0-9+/]{43}=$/)
  })

  it('are read back, and prove the trail by themselves', async () => {
    await using copy = await trail.copy()
    await using s3 = await openS3()
    await publishCheckpoints(copy.db, s3.anchors)
    const [{ note }] = await copy.sql('select note from checkpoints where number = 5')
    const [anchor] = s3.anchors
    assert.deepEqual(await anchor?.read(1), [{ number: 5, note }])
    assert.deepEqual(await anchor?.read(6), [])
    const { keyring } = trail
    assert.ok(!((await verdict({ keyring, anchors: s3.anchors }, copy.db)) instanceof BrokenTrail))
    await copy.sql('delete from checkpoint_anchors')
    await copy.sql('delete from checkpoint_entries where number = 5')
    await copy.sql('delete from checkpoints where number = 5')
    assert.ok((await verdict({ keyring, anchors: s3.anchors }, copy.db)) instanceof BrokenTrail, 'the last is gone')
  })

  it('are put once a minute at the most, and none is left out for good', async () => {
    await using copy = await trail.copy()
    await using s3 = await openS3()
    const seal = async () => {
      await write(copy.db, 1)
      await sealAll({ db: copy.db, keyring: trail.keyring }, copy.sql)
      await publishCheckpoints(copy.db, hourly)
    }
    assert.equal(s3.anchors[0]?.everyMs, 60_000)
    // An hour, for a machine on which this takes longer than a minute.
    const hourly = s3.anchors.map((anchor) => ({ ...anchor, everyMs: 3_600_000 }))
    await seal()
    await seal()
    assert.equal(s3.puts.length, 1)
    await copy.sql(`update test_clock set ahead = '61 minutes'`)
    await seal()
    assert.equal(s3.puts.length, 2)
    const [{ number }] = await copy.sql('select max(number) as number from checkpoints')
    const numbers = (await s3.anchors[0]?.read(1))?.map((published) => published.number)
    assert.equal(numbers?.at(-1), Number(number))
  })

  it('that cannot be put are put later, and the other places have theirs at once', async () => {
    await using copy = await trail.copy()
    await using s3 = await openS3()
    const taken: number[] = []
    const other = {
      place: 'test:',
      everyMs: 0,
      publish: async ({ number }: { number: number }) => void taken.push(number),
      read: async () => [],
    }
    s3.refuse(true)
    await assert.rejects(publishCheckpoints(copy.db, [...s3.anchors, other]), AggregateError)
    assert.deepEqual(taken, [1, 2, 3, 4, 5])
    const anchored = () => copy.sql(`select number from checkpoint_anchors where place like 's3:%'`)
    assert.deepEqual(await anchored(), [])
    s3.refuse(false)
    await publishCheckpoints(copy.db, s3.anchors)
    assert.deepEqual(
      (await anchored()).map(({ number }) => Number(number)),
      [5],
    )
  })
})

/** A server that speaks S3, with one bucket, behind one that notes what is put into it. It keeps no locks: what it was told of them is all it can show. */
async function openS3() {
  const directory = await mkdtemp(join(process.env.TEST_FOLDER as string, 's3-'))
  const s3 = new S3rver({ directory, silent: true, configureBuckets: [{ name: 'petra', configs: [] }] })
  await s3.configureBuckets()
  const puts: { url: string; headers: IncomingHttpHeaders }[] = []
  const serve = s3.callback()
  let isRefusing = false
  const server = createServer((request, response) => {
    if (isRefusing) return response.writeHead(403).end()
    if (request.method === 'PUT') puts.push({ url: request.url ?? '', headers: request.headers })
    return serve(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    puts,
    anchors: anchorsOf([`s3://petra/clinic/trail?endpoint=http://127.0.0.1:${port}&region=eu-west-1&years=7`]),
    refuse(yes: boolean) {
      isRefusing = yes
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
