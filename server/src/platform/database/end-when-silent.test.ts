import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { cloneDatabase } from '../../../test/clone-database.ts'
import { openSilentProxy } from '../../../test/silent-proxy.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { openDatabase, transact } from './database.ts'
import type { Queryable } from './tx.ts'

/** Nothing that is well takes so long here. */
const LIMIT_MS = 1_500

test('gives up a connection that does not answer, and makes another', async (t) => {
  const { db, silence, lost } = await openThroughProxy(t)
  const first = await backend(db)
  silence()
  await assert.rejects(backend(db), /has not answered for 1500 ms/)
  assert.notEqual(await backend(db), first)
  assert.equal(lost.length, 1)
})

test('gives up a transaction whose connection falls silent half-way', async (t) => {
  const { db, silence } = await openThroughProxy(t)
  const first = await backend(db)
  await assert.rejects(
    transact(db, async (tx) => {
      await backend(tx)
      silence()
      await backend(tx)
    }),
    /has not answered for 1500 ms/,
  )
  assert.notEqual(await transact(db, backend), first)
})

test('leaves a connection alone that owes no answer, however long it is quiet', async (t) => {
  const { db, lost } = await openThroughProxy(t)
  const first = await backend(db)
  await wait(2 * LIMIT_MS)
  assert.equal(await backend(db), first)
  assert.deepEqual(lost, [])
})

async function backend(db: Queryable): Promise<unknown> {
  return (await db.row<{ pid: number }>({ text: 'select pg_backend_pid() as pid', values: [] }))?.pid
}

async function openThroughProxy(t: TestContext) {
  const { databaseUrl } = await cloneDatabase()
  const { url, silence } = await openSilentProxy(t, databaseUrl)
  const lost: Error[] = []
  const db = openDatabase(url, 1, (error) => lost.push(error), testMarks(), LIMIT_MS)
  t.after(() => db[Symbol.asyncDispose]())
  return { db, silence, lost }
}
