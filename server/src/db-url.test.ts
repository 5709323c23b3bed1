import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openEmbeddedPostgres } from './platform/embedded-postgres/embedded-postgres.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'petra-db-url-'))
after(() => rm(dataDir, { recursive: true }))

test('prints the URL of the running database, and one line when there is none', async () => {
  assert.deepEqual(dbUrl(), {
    status: 1,
    stdout: '',
    stderr: `No embedded database is running in ${dataDir}. Start Petra first.\n`,
  })
  await using database = await openEmbeddedPostgres(join(dataDir, 'postgres'))
  assert.deepEqual(dbUrl(), { status: 0, stdout: `${database.superuserUrl}\n`, stderr: '' })
})

function dbUrl() {
  const script = join(import.meta.dirname, 'db-url.ts')
  const env = { ...process.env, DATA_DIR: dataDir }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' })
  return { status, stdout, stderr }
}
