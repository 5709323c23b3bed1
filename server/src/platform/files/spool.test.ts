import assert from 'node:assert/strict'
import { mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openSpool } from './spool.ts'

test('what a process that died has left for over an hour is removed at the next start, and nothing younger', async () => {
  const folder = await mkdtemp(join(process.env.TEST_FOLDER ?? tmpdir(), 'spool-'))
  for (const name of ['left', 'arriving']) await writeFile(join(folder, name), 'sealed')
  const before = new Date(Date.now() - 3_601_000)
  await utimes(join(folder, 'left'), before, before)
  using _ = openSpool(folder)
  for (let tries = 0; tries < 500 && (await readdir(folder)).includes('left'); tries++) await wait(10)
  await wait(50)
  assert.deepEqual(await readdir(folder), ['arriving'])
})
