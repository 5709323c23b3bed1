import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { addAccount } from '../../../test/world.ts'
import { checkAlarms } from '../alarms.ts'
import { logLag } from '../events/dispatcher.ts'
import { jobCounts } from '../jobs/job-rows.ts'

describe('what was given up', () => {
  let house: House
  let ada: string
  before(async () => {
    house = await openHouse({ LOG_LEVEL: 'silent' })
    ada = await addAccount(house, 'Ada', 'admin')
    await house.drain()
  })
  after(() => house[Symbol.asyncDispose]())

  it('is listed page by page, by name and code and nothing of what it was about', async () => {
    const maya = await addAccount(house, 'Maya')
    for (const key of ['a', 'b', 'c']) await giveUp(key, { email: 'maya@example.test' })
    // Replaced while it ran: nobody misses it.
    await house.sql(`update graphile_worker._private_jobs set key = null where key = 'b'`)
    const seen = []
    for (let cursor = ''; ; ) {
      const { status, body } = await house.call('GET', `/jobs/parked?limit=1${cursor}`, { as: ada })
      assert.equal(status, 200)
      seen.push(...body.items)
      if (body.nextCursor === null) break
      cursor = `&cursor=${body.nextCursor}`
    }
    assert.deepEqual(
      seen.map(({ kind, name, attempts, fault }) => [kind, name, attempts, fault]),
      Array(2).fill(['job', 'attempts.sweep', 25, 'Error ECONNREFUSED']),
    )
    assert.doesNotMatch(JSON.stringify(seen), /maya/)
    assert.equal((await house.call('GET', '/jobs/parked', { as: maya })).status, 403)
  })

  it('is tried again, once, and the trail tells who said so', async () => {
    const { body } = await house.call('GET', '/jobs/parked', { as: ada })
    for (const { id } of body.items) {
      assert.equal((await house.call('POST', `/jobs/${id}/retry`, { as: ada })).status, 204)
      assert.equal((await house.call('POST', `/jobs/${id}/retry`, { as: ada })).status, 404)
    }
    assert.equal((await jobCounts(house.context.db)).due, 2)
    await house.drain()
    assert.deepEqual((await house.call('GET', '/jobs/parked', { as: ada })).body.items, [])
    assert.equal((await house.sql('select from graphile_worker._private_jobs where key is not null')).length, 0)
    const events = await house.sql(`select actor_id, payload ->> 'job' as job from events where name = 'job.retried'`)
    assert.deepEqual(events, Array(2).fill({ actor_id: ada, job: 'attempts.sweep' }))
  })

  it('raises an alarm until there is none left, told once by however many workers', async () => {
    await giveUp('late', {})
    const { db, log } = house.context
    const alarms = [{ name: 'jobs-parked', isOn: async () => (await jobCounts(db)).parked > 0 }]
    const told = async () =>
      (await house.sql(`select name from events where name like 'alarm.%' order by id`)).map(({ name }) => name)
    await Promise.all([1, 2, 3].map(() => checkAlarms({ db, log, alarms })))
    await checkAlarms({ db, log, alarms })
    assert.deepEqual(await told(), ['alarm.raised'])
    await house.sql(`delete from graphile_worker._private_jobs where key = 'late'`)
    await Promise.all([1, 2].map(() => checkAlarms({ db, log, alarms })))
    assert.deepEqual(await told(), ['alarm.raised', 'alarm.cleared'])
  })

  it('shows in the metrics, as jobs that wait and how late they are; readiness tells when the log is behind', async () => {
    await house.drain()
    await house.sql(
      `select graphile_worker.add_job('attempts.sweep', run_at => now() - interval '90 seconds', job_key => 'x')`,
    )
    await giveUp('y', {})
    const { body } = await house.call('GET', '/metrics')
    const gauge = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1])
    assert.deepEqual([gauge('petra_jobs_due'), gauge('petra_jobs_parked')], [1, 1])
    assert.ok(gauge('petra_jobs_oldest_seconds') >= 90)
    assert.equal((await house.call('GET', '/health/ready')).body.log, 'current')
    await addPet()
    await house.setClockAhead('61 seconds')
    assert.ok((await logLag(house.context.db)) > 60)
    assert.equal((await house.call('GET', '/health/ready')).body.log, 'behind')
  })

  async function addPet(): Promise<void> {
    await house.call('POST', '/pets', { as: ada, body: { name: 'Rita', species: 'dog' } })
  }

  async function giveUp(key: string, payload: object): Promise<void> {
    await house.sql(`select graphile_worker.add_job('attempts.sweep', $2, job_key => $1)`, [key, payload])
    await house.sql(
      `update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'Error ECONNREFUSED', updated_at = clock_timestamp()
        where key = $1`,
      [key],
    )
  }
})
