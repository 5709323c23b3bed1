import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { runningSuperuserUrl } from '../../src/platform/embedded-postgres/embedded-postgres.ts'
import { type Petra, serverPids, startPetra } from './start-petra.ts'
import { signIn } from './visitor.ts'

/** What a busy machine may add to the time that a process counts for itself. */
const SLACK_MS = 10_000

test('finishes a request under way after SIGTERM, with readiness at 503, and exits with 0 within 10 s', async () => {
  await using petra = await startPetra()
  const slow = await lockedRequest(petra)
  const agent = new Agent({ keepAlive: true })
  assert.equal((await get(petra, '/health/ready', agent)).statusCode, 200)
  const idle = connect(Number(new URL(petra.url).port), '127.0.0.1')
  await once(idle, 'connect')
  const idleEnds = once(idle.resume(), 'end')

  const ended = petra.end('SIGTERM')
  let draining = await get(petra, '/health/ready', agent)
  while (draining.statusCode === 200) draining = await get(petra, '/health/ready', agent)
  assert.deepEqual([draining.statusCode, draining.headers.connection], [503, 'close'])
  assert.deepEqual([(await get(petra, '/services')).statusCode], [200], 'the door is still open')
  const isShut = () =>
    get(petra, '/health/ready').then(
      () => false,
      ({ code }) => code === 'ECONNREFUSED',
    )
  while (!(await isShut())) await wait(50)
  await idleEnds

  await slow.unlock()
  const answer = await slow.answer
  assert.deepEqual([answer.statusCode, answer.headers.connection], [200, 'close'])
  // The process itself counts the time, and ends with 1 when it is over.
  assert.equal((await ended).code, 0)
  assert.deepEqual(await serverPids(petra.dataDir), [])
  assert.equal(petra.stderr(), '')
})

test('gives up a request that hangs, exits within 10 s and takes its database along', async () => {
  await using petra = await startPetra()
  const slow = await lockedRequest(petra)
  slow.answer.catch(() => {})
  const { code, ms } = await petra.end('SIGTERM')
  assert.equal(code, 1)
  assert.ok(ms < 9_500 + SLACK_MS, `${ms} ms`)
  for (const deadline = Date.now() + SLACK_MS; Date.now() < deadline && (await serverPids(petra.dataDir)).length > 0; )
    await wait(50)
  assert.deepEqual(await serverPids(petra.dataDir), [])
})

test('ends when its database does, so that whoever watches over it starts it again', async () => {
  await using petra = await startPetra()
  process.kill((await serverPids(petra.dataDir))[0] as number, 'SIGKILL')
  const { code } = await petra.ended
  assert.equal(code, 1)
  assert.match(
    petra.stderr(),
    /^The embedded database ended by itself; .*postgres\.log may say why\. Start Petra again\.\n/m,
  )
})

/** A request that waits for a row that we hold. */
async function lockedRequest(petra: Petra) {
  const owner = await signIn(petra.url, 'owner@petra.example')
  const [pet] = (await owner.call('GET', '/pets')).body.items
  const superuser = new pg.Client(await runningSuperuserUrl(join(petra.dataDir, 'postgres')))
  superuser.on('error', () => {})
  await superuser.connect()
  await superuser.query('begin')
  await superuser.query('select from pets where id = $1 for update', [pet.id])
  const patch = request(`${petra.url}/pets/${pet.id}`, {
    method: 'PATCH',
    agent: new Agent({ keepAlive: true }),
    headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
  })
  const answer = once(patch.end('{"color":"black"}'), 'response').then(([response]) => drained(response))
  const waiting = 'select from pg_locks where not granted'
  while ((await superuser.query(waiting)).rowCount === 0) await wait(10)
  return {
    answer,
    unlock: async () => {
      await superuser.query('commit')
      await superuser.end()
    },
  }
}

async function get(petra: Petra, path: string, agent: Agent | false = false): Promise<IncomingMessage> {
  const [response] = await once(request(petra.url + path, { agent }).end(), 'response')
  return drained(response)
}

async function drained(response: IncomingMessage): Promise<IncomingMessage> {
  await once(response.resume(), 'end')
  return response
}
