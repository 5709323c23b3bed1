import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { openNote } from './checkpoint-note.ts'
import { exportTrail } from './export-trail.ts'
import {
  consistencyProof,
  emptyFrontier,
  grow,
  inclusionProof,
  leafOf,
  nodeOf,
  rootOf,
  type TreeNode,
} from './merkle.ts'
import { includes } from './test-check-proof.ts'
import { sealAll } from './test-trail.ts'
import { trailInDatabase } from './trail-in-database.ts'
import { trailInFiles } from './trail-in-files.ts'
import { BrokenTrail, verifyTrail } from './verify-trail.ts'

let house: House
let world: World
before(async () => {
  house = await openHouse({ LOG_LEVEL: 'fatal' })
  world = await populate(house)
  await sealAll(house.context, house.sql)
  for (const color of ['black', 'brown', 'grey']) {
    await house.call('PATCH', `/pets/${world.rex}`, { as: world.maya, body: { color } })
    await sealAll(house.context, house.sql)
  }
})
after(() => house[Symbol.asyncDispose]())

const get = async (path: string) => (await house.call('GET', path, { as: world.ada })).body

describe('a proof', () => {
  it('of each event is accepted by who knows a checkpoint and RFC 6962 only', async () => {
    const { publicKey } = await get('/audit/key')
    const { items } = await get('/audit-events?limit=100&to=2999-01-01T00:00:00Z')
    let proved = 0
    for (const { id } of items) {
      const { status, body: proof } = await house.call('GET', `/audit-events/${id}/proof`, { as: world.ada })
      if (status === 404) continue
      assert.ok(includes(proof, publicKey))
      assert.ok(!includes({ ...proof, event: proof.event.replace('"pet"', '"cat"') }, publicKey))
      assert.ok(!includes({ ...proof, index: proof.index ^ 1 }, publicKey))
      proved++
    }
    const [{ count }] = await house.sql('select max(size)::int as count from checkpoints')
    assert.equal(proved, count)
  })

  it('is none for what is not sealed, or has been altered since', async () => {
    const created = await house.call('POST', '/pets', { as: world.maya, body: { name: 'Bo', species: 'dog' } })
    const [{ id }] = (await get(`/audit-events?pet=${created.body.id}`)).items
    assert.equal((await house.call('GET', `/audit-events/${id}/proof`, { as: world.ada })).status, 404)
    const [{ id: altered }] = (await get(`/audit-events?pet=${world.mimi}&action=pet.created`)).items
    await house.sql(`update events set results = 7 where id = $1`, [altered])
    assert.equal((await house.call('GET', `/audit-events/${altered}/proof`, { as: world.ada })).status, 404)
    await house.sql(`update events set results = null where id = $1`, [altered])
  })

  it('that a checkpoint continues an earlier one is given for every two', async () => {
    const { items } = await get('/audit/checkpoints?limit=2')
    const { items: rest } = await get(`/audit/checkpoints?limit=100`)
    assert.deepEqual(items, rest.slice(0, 2))
    const key = createPublicKey((await get('/audit/key')).publicKey)
    const last = rest[0].number
    for (let from = 1; from <= last; from++) {
      const { hashes, notes } = await get(`/audit/checkpoints/${last}/consistency?from=${from}`)
      const [earlier, later] = notes.map((note: string) => openNote(note, key))
      assert.ok(
        continues(
          earlier,
          later,
          hashes.map((hash: string) => Buffer.from(hash, 'base64')),
        ),
      )
      if (from < last)
        assert.ok(
          !continues(
            { ...earlier, root: later.root },
            later,
            hashes.map((hash: string) => Buffer.from(hash, 'base64')),
          ),
        )
    }
    assert.equal((await house.call('GET', `/audit/checkpoints/1/consistency?from=2`, { as: world.ada })).status, 404)
  })
})

describe('a tree', () => {
  it('of any size proves each leaf, and each smaller tree', () => {
    const leaves = Array.from({ length: 70 }, (_, n) => leafOf(String(n)))
    for (const size of [1, 2, 3, 7, 8, 13, 64, 70]) {
      const nodes = (node: TreeNode) =>
        rootOf(
          grow(emptyFrontier, leaves.slice(node.position * 2 ** node.level, (node.position + 1) * 2 ** node.level)),
        )
      const root = rootOf(grow(emptyFrontier, leaves.slice(0, size)))
      for (let index = 0; index < size; index++) {
        let [at, last, hash] = [index, size - 1, leaves[index] as Buffer]
        for (const other of inclusionProof(index, size, nodes)) {
          if (at % 2 === 1 || at === last) {
            hash = nodeOf(other, hash)
            while (at % 2 === 0 && at !== 0) [at, last] = [at >> 1, last >> 1]
          } else hash = nodeOf(hash, other)
          ;[at, last] = [at >> 1, last >> 1]
        }
        assert.deepEqual(hash, root)
      }
      for (let earlier = 1; earlier <= size; earlier++) {
        const before = { size: earlier, root: rootOf(grow(emptyFrontier, leaves.slice(0, earlier))) }
        assert.ok(continues(before, { size, root }, consistencyProof(earlier, size, nodes)))
      }
    }
  })
})

describe('an export', () => {
  it('is verified with its public key alone, and names what was altered', async () => {
    const folder = await mkdtemp(join(process.env.TEST_FOLDER as string, 'export-'))
    const { db, keyring } = house.context
    const count = await exportTrail(db, keyring, await trailInDatabase(db, [], 1), folder)
    const { publicKey } = keyring.trailKey
    const whole = await verifyTrail(await trailInFiles(folder), { publicKey })
    assert.deepEqual([whole.events, whole.unsealed], [count, 0])
    const { readFile, writeFile } = await import('node:fs/promises')
    const path = join(folder, 'events.ndjson')
    const lines = (await readFile(path, 'utf8')).trim().split('\n')
    const { event } = JSON.parse(lines[5] as string)
    for (const [change, bad] of [
      [lines.toSpliced(5, 1, (lines[5] as string).replace('"allowed"', '"denied"')), event.id],
      [lines.toSpliced(5, 1), event.id],
      [lines.map((line) => line.replaceAll('127.0.0.1', '127.0.0.2')), null],
    ] as const) {
      await writeFile(path, `${change.join('\n')}\n`)
      await assert.rejects(
        async () => verifyTrail(await trailInFiles(folder), { publicKey }),
        (error) => error instanceof BrokenTrail && (bad === null || error.eventId === bad),
      )
    }
  })
})

/** RFC 9162, section 2.1.4.2. */
function continues(
  earlier: { size: number; root: Buffer },
  later: { size: number; root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (earlier.size === later.size) return proof.length === 0 && earlier.root.equals(later.root)
  const path = Number.isInteger(Math.log2(earlier.size)) ? [earlier.root, ...proof] : [...proof]
  let [first, last] = [earlier.size - 1, later.size - 1]
  while (first % 2 === 1) [first, last] = [first >> 1, last >> 1]
  let one = path[0] as Buffer
  let other = one
  for (const hash of path.slice(1)) {
    if (last === 0) return false
    if (first % 2 === 1 || first === last) {
      one = nodeOf(hash, one)
      other = nodeOf(hash, other)
      while (first % 2 === 0 && first !== 0) [first, last] = [first >> 1, last >> 1]
    } else other = nodeOf(other, hash)
    ;[first, last] = [first >> 1, last >> 1]
  }
  return one.equals(earlier.root) && other.equals(later.root) && last === 0
}
