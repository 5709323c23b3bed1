import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { cloneDatabase } from '../clone-database.ts'
import { newDataDir, startPetra } from './start-petra.ts'

const password = 'good dog, stay safe'

test('a look at a record is in the trail when the process dies between its commit and the first byte of the answer', async () => {
  const { databaseUrl, superuserUrl } = await cloneDatabase()
  await using wire = await openHoldingWire(databaseUrl)
  await using admin = await connectedTo(superuserUrl)
  const dataDir = await newDataDir()
  await using petra = await startPetra({ DATABASE_URL: wire.url, DATA_DIR: dataDir, PROCESS: 'api' })
  const body = { email: 'una@example.test', password, name: 'Una' }
  await call(petra.url, 'POST', '/auth/register', { body })
  const una = await signIn(petra.url)
  const { id: petId } = await call(petra.url, 'POST', '/pets', { as: una, body: { name: 'Bo', species: 'dog' } })
  const path = `/pets/${petId}/medical-records`
  const note = { type: 'note', occurredOn: '2026-03-30', description: 'Sneezes' }
  const { id: recordId } = await call(petra.url, 'POST', path, { as: una, body: note })

  wire.holdAnswersTo('medical-record.read')
  let isAnswered = false
  const reading = fetch(`${petra.url}${path}/${recordId}`, { headers: { authorization: `Bearer ${una}` } })
  const settled = reading.then(
    () => {
      isAnswered = true
    },
    () => {},
  )
  const looks = async () =>
    (await admin.query(`select record_ids from events where name = 'medical-record.read'`)).rows.map(
      (row) => row.record_ids,
    )
  while ((await looks()).length === 0 && !isAnswered) await wait(20)
  assert.equal(isAnswered, false, 'the answer did not wait for its event')
  await petra.end('SIGKILL')
  await settled
  assert.equal(isAnswered, false)

  await using again = await startPetra({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PROCESS: 'api' })
  assert.deepEqual(await looks(), [[recordId]])
  const { items } = await call(again.url, 'GET', `/pets/${petId}/access-log`, { as: await signIn(again.url) })
  assert.deepEqual([items[0].what, items[0].recordIds], ['medical-record.read', [recordId]])
})

async function signIn(url: string): Promise<string> {
  const { accessToken } = await call(url, 'POST', '/auth/login', { body: { email: 'una@example.test', password } })
  return accessToken
}

async function call(
  url: string,
  method: string,
  path: string,
  { as = '', body }: { as?: string; body?: unknown } = {},
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a body
): Promise<any> {
  const headers = {
    ...(as && { authorization: `Bearer ${as}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const answer = await fetch(url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  const text = await answer.text()
  assert.ok(answer.ok, `${method} ${path}: ${text}`)
  return text === '' ? null : JSON.parse(text)
}

async function connectedTo(connectionString: string): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

/** A wire to PostgreSQL that, once it is told to, lets through what is asked and keeps the answer to what says so, and all after it. */
async function openHoldingWire(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const ends: Socket[] = []
  let held: string | null = null
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    ends.push(near, far)
    near.on('data', (bytes) => {
      if (held !== null && bytes.includes(held)) far.unpipe(near)
      far.write(bytes)
    })
    far.pipe(near)
    near.on('close', () => far.destroy())
    for (const end of [near, far]) end.on('error', () => {})
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href,
    holdAnswersTo(statement: string) {
      held = statement
    },
    async [Symbol.asyncDispose]() {
      server.close()
      for (const end of ends) end.destroy()
    },
  }
}
