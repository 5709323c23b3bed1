import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { openHouse } from '../../../test/setup.ts'
import { populate } from '../../../test/world.ts'

test('tries a refused mail again by itself, and mails the other owners once', async (t) => {
  const { url, received, refuse } = await smtp(t)
  await using house = await openHouse({ SMTP_URL: url, LOG_LEVEL: 'silent' })
  const world = await populate(house)
  await house.sql(`update ownerships set rights = '{view,book}' where owner_id = $1`, [world.noor])
  refuse('noor@example.test')
  const body = { petId: world.rex, service: 'wellness-exam', startsAt: soon(), locationId: world.newYork }
  const { body: visit } = await house.call('POST', '/appointments', { as: world.maya, body })
  await house.drain()
  assert.deepEqual(received, ['maya@example.test'])

  const key = `booked-mail:${visit.id}:0:${world.noor}`
  const [job] = await house.sql(
    'select attempts, last_error, run_at > now() as waits from graphile_worker.jobs where key = $1',
    [key],
  )
  assert.deepEqual([job.attempts, job.waits], [1, true])
  assert.equal(job.last_error, 'MailNotAccepted EENVELOPE, SMTP 450', 'names no address')

  refuse(null)
  await house.sql('update graphile_worker._private_jobs set run_at = now() where key = $1', [key])
  await house.drain()
  assert.deepEqual(received, ['maya@example.test', 'noor@example.test'])
  assert.deepEqual(await house.sql('select from graphile_worker.jobs where key = $1', [key]), [])
})

test('sends what a worker had begun as soon as that one must be dead, however many tries there were', async (t) => {
  const { url, received, refuse } = await smtp(t)
  await using house = await openHouse({ SMTP_URL: url, LOG_LEVEL: 'silent' })
  const world = await populate(house)
  refuse('maya@example.test')
  const body = { petId: world.rex, service: 'wellness-exam', startsAt: soon(), locationId: world.newYork }
  await house.call('POST', '/appointments', { as: world.maya, body })
  await house.drain()
  refuse(null)

  await house.sql('update mails set begun_at = now() where sent_at is null')
  await house.sql('update graphile_worker._private_jobs set attempts = 9, run_at = now() where attempts > 0')
  await house.drain()
  assert.ok(!received.includes('maya@example.test'))
  const [again, ...others] = await house.sql(`
    select attempts, run_at between now() + interval '10 seconds' and now() + interval '30 seconds' as waits
      from graphile_worker.jobs where attempts > 0 or key like 'held:%'`)
  assert.deepEqual([again, others], [{ attempts: 0, waits: true }, []])

  await house.sql(`update mails set begun_at = begun_at - interval '31 seconds' where sent_at is null`)
  await house.sql(`update graphile_worker._private_jobs set run_at = now() where key like 'held:%'`)
  await house.drain()
  assert.equal(received.filter((address) => address === 'maya@example.test').length, 1)
  assert.deepEqual(await house.sql('select repeats from mails where repeats > 0'), [{ repeats: 1 }])
})

async function smtp(t: TestContext) {
  const received: string[] = []
  let refused: string | null = null
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      if (address !== refused) return done()
      done(Object.assign(new Error(`<${address}> has no room`), { responseCode: 450 }))
    },
    async onData(stream, { envelope }, done) {
      for await (const _ of stream);
      received.push(...envelope.rcptTo.map(({ address }) => address))
      done()
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  t.after(() => new Promise<void>((done) => server.close(() => done())))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, received, refuse: (address: string | null) => (refused = address) }
}

function soon(): string {
  const today = Temporal.Now.plainDateISO('America/New_York')
  return `${today.add({ days: 15 - today.dayOfWeek })}T10:00`
}
