import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { type Backstage, openBackstage } from '../../../test/backstage.ts'
import { noRedis, type RedisServer, startRedis } from '../../../test/start-redis.ts'
import { openContext } from '../context.ts'
import { type Attempts, openAttempts, type TryLimit } from './attempts.ts'
import { sweepAttempts } from './attempts-in-database.ts'

const limitOf = (subject: string, most = 3, seconds = 60): TryLimit => ({ name: 'test', most, seconds, subject })

/** How many of so many tries at once are let through. */
async function letThrough(attempts: readonly Attempts[], tries: number, ...limits: TryLimit[]): Promise<number> {
  const takes = Array.from({ length: tries }, (_, i) => (attempts[i % attempts.length] as Attempts).take(limits))
  return (await Promise.allSettled(takes)).filter(({ status }) => status === 'fulfilled').length
}

function storeTests(open: () => { here: Attempts; there: Attempts }): void {
  it('lets through as many as the limit says, of many at once in two processes', async () => {
    const { here, there } = open()
    assert.equal(await letThrough([here, there], 40, limitOf('storm', 7)), 7)
    assert.equal(await letThrough([here], 1, limitOf('another', 7)), 1)
  })

  it('says how long to wait, and which limit it is', async () => {
    const { here } = open()
    const limit = limitOf('told', 1, 60)
    await here.take([limit])
    await assert.rejects(here.take([limit]), (error: Error & { status: number; retryAfter: number }) => {
      assert.deepEqual([error.name, error.status], ['Error', 429])
      assert.ok(error.retryAfter > 55 && error.retryAfter <= 60, `${error.retryAfter}`)
      return true
    })
  })

  it('gives back what was no failure, never more than was taken', async () => {
    const { here, there } = open()
    const limit = limitOf('good')
    for (let i = 0; i < 10; i++) {
      await here.take([limit])
      await there.giveBack([limit])
    }
    await here.giveBack([limit])
    assert.equal(await letThrough([here], 10, limit), 3)
  })

  it('takes a try off all limits or none: who is past one wears out no other', async () => {
    const { here } = open()
    const [narrow, wide] = [limitOf('narrow', 1), limitOf('wide', 5)]
    for (let i = 0; i < 10; i++) await here.take([narrow, wide]).catch(() => {})
    assert.equal(await letThrough([here], 10, wide), 4)
  })

  it('begins anew when the window has ended', async () => {
    const { here } = open()
    const limit = limitOf('window', 1, 3)
    assert.equal(await letThrough([here], 3, limit), 1)
    await wait(3_100)
    assert.equal(await letThrough([here], 3, limit), 1)
  })
}

describe('tries counted in PostgreSQL', () => {
  let backstage: Backstage
  before(async () => {
    backstage = await openBackstage()
  })
  after(() => backstage[Symbol.asyncDispose]())

  storeTests(() => ({ here: openAttempts(backstage.context), there: openAttempts(backstage.context) }))

  it('are kept under keyed hashes, and swept when their window has ended', async () => {
    const attempts = openAttempts(backstage.context)
    await attempts.take([limitOf('maya@example.test'), limitOf('brief', 1, 1)])
    const rows = await backstage.sql('select a::text, length(key) from attempts a')
    for (const row of rows) {
      assert.equal(row.length, 32)
      assert.ok(!row.a.includes(Buffer.from('maya').toString('hex')))
    }
    await backstage.setClockAhead('1 day')
    await sweepAttempts(backstage.context.db)
    assert.deepEqual(await backstage.sql('select from attempts'), [])
    await backstage.setClockAhead('0')
  })

  it('are not counted when limits are lifted', async () => {
    const { context } = backstage
    const config = { ...context.config, rateLimit: { ...context.config.rateLimit, on: false } }
    assert.equal(await letThrough([openAttempts({ ...context, config })], 10, limitOf('lifted')), 10)
  })
})

describe('tries counted in Redis', { skip: noRedis }, () => {
  let redis: RedisServer
  let backstage: Backstage
  before(async () => {
    redis = await startRedis()
    backstage = await openBackstage({ REDIS_URL: redis.url, LOG_LEVEL: 'silent' })
  })
  after(async () => {
    await backstage[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
  })

  storeTests(() => ({ here: openAttempts(backstage.context), there: openAttempts(backstage.context) }))

  it('are not in PostgreSQL, and in Redis under keyed hashes that end by themselves', async () => {
    await openAttempts(backstage.context).take([limitOf('maya@example.test')])
    assert.deepEqual(await backstage.sql('select from attempts'), [])
    const client = new Redis(redis.url)
    const keys = await client.keys('*')
    assert.ok(keys.length > 0)
    for (const key of keys) {
      assert.match(key, /^petra:tries:[\w-]{43}$/)
      assert.ok((await client.ttl(key)) > 0)
    }
    client.disconnect()
  })

  it('go on in PostgreSQL while Redis is away, and in Redis once it is back', async () => {
    const attempts = openAttempts(backstage.context)
    await redis.stop()
    const startedAt = performance.now()
    assert.equal(await letThrough([attempts], 10, limitOf('away')), 3)
    assert.ok(performance.now() - startedAt < 5_000, 'none of them waits for it')
    await redis.start()
    const { redis: client } = backstage.context
    while (client?.status !== 'ready') await wait(20)
    assert.equal(await letThrough([attempts], 10, limitOf('away')), 3)
    assert.equal(await letThrough([attempts], 10, limitOf('away')), 0)
  })

  it('need no Redis at the start', async () => {
    await redis.stop()
    await using context = await openContext(backstage.context.config)
    assert.equal(await letThrough([openAttempts(context)], 10, limitOf('start')), 3)
    await redis.start()
  })
})
