import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { whileLocked } from './file-lock.ts'

const folder = await mkdtemp(join(tmpdir(), 'petra-lock-'))
const path = join(folder, 'file')
after(() => rm(folder, { recursive: true }))

test('one works at a time, and the next goes on after a failure', async () => {
  let working = 0
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, (_, i) =>
      whileLocked(path, async () => {
        assert.equal(++working, 1)
        await wait(10)
        working--
        if (i % 2) throw new Error('failed')
      }),
    ),
  )
  assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 3)
  assert.deepEqual(await readdir(folder), [])
})

test('what somebody left behind when they died is named, not taken', async () => {
  await writeFile(`${path}.lock`, '')
  await assert.rejects(
    whileLocked(path, async () => assert.fail('worked'), 100),
    { name: 'StartupError', message: /remove \S+file\.lock, which was left behind/ },
  )
  assert.deepEqual(await readdir(folder), ['file.lock'])
})
