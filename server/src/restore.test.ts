import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'

test('npm run restore fills nothing while there is no keyring to open it with', async () => {
  const DATA_DIR = await mkdtemp(join(process.env.TEST_FOLDER as string, 'restore-'))
  const script = join(import.meta.dirname, 'restore.ts')
  const env = { ...process.env, DATA_DIR }
  const { status, stderr } = spawnSync(process.execPath, [script, 'data', 'keys'], { env, encoding: 'utf8' })
  const missing = join(DATA_DIR, 'keys', 'keyring.json')
  assert.deepEqual([status, stderr], [1, `There is no ${missing}: put today’s keys there first.\n`])
  assert.ok(!existsSync(join(DATA_DIR, 'postgres')))
})
