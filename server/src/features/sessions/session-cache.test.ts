import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openWire } from '../../../test/frozen-wire.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { within } from '../../../test/within.ts'
import { addAccount } from '../../../test/world.ts'
import { openApp } from '../../app.ts'
import type { Statement } from '../../platform/database/statement.ts'

const LISTENERS = `select pid from pg_stat_activity where datname = current_database() and application_name = 'petra session_changed'`

describe('what a process remembers of sessions', () => {
  let house: House
  let wire: Awaited<ReturnType<typeof openWire>>
  let app: Awaited<ReturnType<typeof openApp>>
  let url: string
  let queries = 0
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    const { context } = house
    const { db, config } = context
    wire = await openWire(config.databaseUrl)
    const counting =
      <T>(run: (statement: Statement) => Promise<T>) =>
      (statement: Statement) => {
        queries++
        return run(statement)
      }
    app = await openApp({
      ...context,
      db: { ...db, rows: counting(db.rows) as typeof db.rows, row: counting(db.row) as typeof db.row },
      config: { ...config, databaseUrl: wire.url },
    })
    await app.listen({ host: '127.0.0.1', port: 0 })
    url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  })
  after(async () => {
    wire.thaw()
    await app.close()
    wire.close()
    await house[Symbol.asyncDispose]()
  })

  /** Needs no query of its own; its token is checked all the same. */
  const asked = async (token: string, path = '/health/live') => {
    const { status } = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
    return status
  }
  const newSession = async () => house.signIn(await addAccount(house, `Maya ${crypto.randomUUID()}`))
  const end = (token: string) => house.call('POST', '/auth/logout', { headers: { authorization: `Bearer ${token}` } })

  const refusedWithin = (ms: number, token: string) => within(ms, async () => (await asked(token, '/me')) === 401)

  async function rememberedSoon(token: string): Promise<void> {
    const deadline = performance.now() + 30_000
    do {
      assert.ok(performance.now() < deadline, 'remembers nothing')
      await wait(50)
      await asked(token)
      queries = 0
      await asked(token)
    } while (queries > 0)
  }

  it('is enough for the requests of a session without a query', async () => {
    const token = await newSession()
    await asked(token)
    queries = 0
    for (let i = 0; i < 40; i++) {
      await asked(token)
      await wait(50)
    }
    // A machine that stalls for a second and a half may cost one.
    assert.ok(queries <= 1, `${queries}`)
  })

  it('is forgotten when the connection that would tell of changes is ended, and the end of a session is not missed', async () => {
    const token = await newSession()
    assert.equal(await asked(token, '/me'), 200)
    const [{ pid }] = await house.sql(`${LISTENERS} and client_port = $1`, [wire.port()])
    await house.sql('select pg_terminate_backend($1)', [pid])
    await house.sql(`update sessions set ended_at = now(), ended_because = 'test' where account_id = $1`, [idOf(token)])
    await refusedWithin(2_000, token)
    const other = await newSession()
    await rememberedSoon(other)
    assert.equal(await asked(token, '/me'), 401)
    await end(other)
    await refusedWithin(2_000, other)
  })

  it('does not outlive 2 seconds of a connection that is dead without a sign', async () => {
    const token = await newSession()
    assert.equal(await asked(token, '/me'), 200)
    wire.freeze()
    await end(token)
    await refusedWithin(2_000, token)
    wire.thaw()
    const other = await newSession()
    await rememberedSoon(other)
  })
})

function idOf(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()).sub
}
