import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, chown, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { testMarks } from '../../../test/test-marks.ts'
import { openEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.ts'
import { openDatabase } from './database.ts'
import type { Statement } from './statement.ts'

const scratch = await mkdtemp(join(tmpdir(), 'petra-tls-'))
await chmod(scratch, 0o711)
after(() => rm(scratch, { recursive: true }))

test('a database is read over TLS as it is without', async () => {
  const folder = join(scratch, 'postgres')
  await using postgres = await openEmbeddedPostgres(folder)
  await offerTls(join(folder, 'cluster'), postgres.superuserUrl)
  for (const [mode, isOverTls] of [
    ['no-verify', true],
    ['disable', false],
  ] as const) {
    await using db = openDatabase(`${postgres.url}?sslmode=${mode}`, 1, assert.ifError, testMarks())
    assert.deepEqual(await db.row(isEncrypted), { isOverTls })
    for (const _ of ['described', 'known']) {
      const rows = await db.rows<{ bytes: Buffer }>(manyBytes)
      assert.equal(rows.length, 256)
      for (const [index, { bytes }] of rows.entries()) assert.ok(bytes.equals(Buffer.alloc(3_000, index)))
    }
  }
})

async function offerTls(cluster: string, superuserUrl: string): Promise<void> {
  const [key, certificate] = [join(cluster, 'server.key'), join(cluster, 'server.crt')]
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  await promisify(execFile)('openssl', [...args, '-subj', '/CN=localhost', '-keyout', key, '-out', certificate])
  const { uid, gid } = await stat(cluster)
  for (const file of [key, certificate]) await chown(file, uid, gid)
  await chmod(key, 0o600)
  const client = new pg.Client(superuserUrl)
  await client.connect()
  await client.query('alter system set ssl = on')
  await client.query('select pg_reload_conf()')
  while ((await client.query('show ssl')).rows[0].ssl !== 'on') await turn()
  await client.end()
}

const isEncrypted: Statement = {
  text: 'select ssl as "isOverTls" from pg_stat_ssl where pid = pg_backend_pid()',
  values: [],
}

/** More than is read at a time. */
const manyBytes: Statement = {
  name: 'many-bytes',
  text: `select decode(repeat(lpad(to_hex(n), 2, '0'), 3000), 'hex') as bytes from generate_series(0, 255) as n`,
  values: [],
}
