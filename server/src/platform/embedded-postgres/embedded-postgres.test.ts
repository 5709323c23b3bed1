import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedPostgres, openEmbeddedPostgres, runningSuperuserUrl } from './embedded-postgres.ts'

const isRoot = process.getuid?.() === 0
const scratch = await mkdtemp(join(tmpdir(), 'petra-postgres-'))
await chmod(scratch, 0o711)
after(() => rm(scratch, { recursive: true }))

describe('a cluster that was made before', () => {
  const folder = join(scratch, 'made', 'postgres')
  const cluster = join(folder, 'cluster')
  let database: EmbeddedPostgres

  before(async () => {
    database = await openEmbeddedPostgres(folder)
  })
  after(() => database.stop())

  test('signs the application and the owner in to petra, neither as a superuser', async () => {
    const role = `
      select current_user as name, current_database() as database, rolsuper, rolcreaterole,
        pg_get_userbyid(datdba) as owner, current_setting('timezone') as timezone, current_setting('server_encoding') as encoding
      from pg_roles, pg_database where rolname = current_user and datname = current_database()`
    const common = { database: 'petra', rolsuper: false, owner: 'petra_owner', timezone: 'UTC', encoding: 'UTF8' }
    assert.deepEqual(await query(database.url, role), [{ ...common, name: 'petra_app', rolcreaterole: false }])
    assert.deepEqual(await query(database.migrationUrl, role), [
      { ...common, name: 'petra_owner', rolcreaterole: true },
    ])
    const [superuser] = await query(database.superuserUrl, role)
    assert.equal(superuser?.rolsuper, true)
  })

  test('refuses a wrong password', async () => {
    const url = new URL(database.url)
    url.password = 'x'.repeat(43)
    await assert.rejects(query(url.href, 'select 1'), { code: '28P01' })
  })

  test('lets the owner install the extensions that need no superuser', async () => {
    await query(database.migrationUrl, 'create extension btree_gist; create extension pg_trgm; create extension citext')
  })

  test('keeps the passwords where only their owner reads them', async () => {
    const { mode } = await stat(join(folder, 'credentials.json'))
    assert.equal(mode & 0o777, 0o600)
  })

  test('tells the URL of the running server, and none when it is stopped', async () => {
    assert.equal(await runningSuperuserUrl(folder), database.superuserUrl)
    await database.stop()
    assert.equal(await runningSuperuserUrl(folder), undefined)
    assert.equal(await runningSuperuserUrl(join(scratch, 'nothing')), undefined)
    database = await openEmbeddedPostgres(folder)
  })

  test('keeps its rows over a stop and a start', async () => {
    await query(database.superuserUrl, 'create table kept as select 42 as answer')
    await database.stop()
    database = await openEmbeddedPostgres(folder)
    assert.deepEqual(await query(database.superuserUrl, 'select answer from kept'), [{ answer: 42 }])
  })

  test('is ready within 3 s after its process alone was killed, with what was committed', async () => {
    await database.stop()
    const killed = await openInAnotherProcess(folder)
    await query(killed.superuserUrl, 'create table committed as select 1 as one')
    const session = new pg.Client(killed.superuserUrl)
    session.on('error', () => {})
    await session.connect()
    await session.query('begin; lock table committed')
    await killed.kill()
    assert.ok(isAlive(killed.pid), 'the server outlives its process')
    const start = performance.now()
    database = await openEmbeddedPostgres(folder)
    assert.ok(performance.now() - start < 3_000)
    assert.notEqual(database.pid, killed.pid)
    assert.deepEqual(await query(database.url, 'select current_user as name'), [{ name: 'petra_app' }])
    assert.deepEqual(await query(database.superuserUrl, 'select one from committed'), [{ one: 1 }])
  })

  test('recovers after the server was killed', async () => {
    await query(database.superuserUrl, 'create table replayed as select 2 as two')
    process.kill(database.pid, 'SIGKILL')
    database = await openEmbeddedPostgres(folder)
    assert.deepEqual(await query(database.superuserUrl, 'select two from replayed'), [{ two: 2 }])
  })

  test('is not held up by a postmaster.pid whose number another process has by now', async () => {
    await database.stop()
    const { uid, gid } = await stat(cluster)
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...(isRoot ? { uid, gid } : {}) })
    await writeFile(join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n1\n1\n\n127.0.0.1\n1 1\nready   \n`)
    assert.equal(await runningSuperuserUrl(folder), undefined)
    database = await openEmbeddedPostgres(folder)
    assert.equal(stranger.exitCode ?? stranger.signalCode, null, 'the stranger was left alone')
    stranger.kill()
  })

  test('makes the roles and the database that a crash left out', async () => {
    const { pathname } = new URL(database.superuserUrl)
    assert.equal(pathname, '/petra')
    const maintenanceUrl = database.superuserUrl.replace(/petra$/, 'postgres')
    await query(maintenanceUrl, 'drop database petra with (force)')
    await query(maintenanceUrl, 'drop role petra_app')
    await database.stop()
    database = await openEmbeddedPostgres(folder)
    assert.deepEqual(await query(database.url, 'select current_user as name'), [{ name: 'petra_app' }])
  })

  test('asks for the credentials back when they are gone', async () => {
    await database.stop()
    const path = join(folder, 'credentials.json')
    const credentials = await readFile(path)
    await rm(path)
    await assert.rejects(openEmbeddedPostgres(folder), {
      name: 'StartupError',
      message: /credentials\.json is missing/,
    })
    await writeFile(path, credentials, { mode: 0o600 })
    database = await openEmbeddedPostgres(folder)
  })

  test('says why it does not start', async () => {
    await database.stop()
    const version = join(cluster, 'PG_VERSION')
    await writeFile(version, '17\n')
    await assert.rejects(openEmbeddedPostgres(folder), {
      name: 'StartupError',
      message: /does not start: database files are incompatible with server/,
    })
    await writeFile(version, '18\n')
    database = await openEmbeddedPostgres(folder)
  })
})

test('throws a half-made cluster away and makes it again', async () => {
  const folder = join(scratch, 'half', 'postgres')
  const first = openerOf(folder)
  while (!(await readdir(folder).catch(() => [])).some((name) => name.startsWith('making-'))) await delay(5)
  await delay(150)
  first.kill('SIGKILL')
  await once(first, 'exit')
  assert.ok(!(await readdir(folder)).includes('cluster'))
  await using database = await openEmbeddedPostgres(folder)
  assert.deepEqual(await query(database.url, 'select 1 as one'), [{ one: 1 }])
  assert.deepEqual((await readdir(folder)).sort(), ['cluster', 'credentials.json', 'postgres.log'])
})

test('runs in a folder that other users cannot enter', {
  skip: !isRoot && 'only root runs it as another user',
}, async () => {
  const closed = join(scratch, 'closed')
  await mkdir(closed, { mode: 0o700 })
  await using database = await openEmbeddedPostgres(join(closed, 'petra', 'postgres'))
  assert.deepEqual(await query(database.url, 'select 1 as one'), [{ one: 1 }])
})

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url)
  client.on('error', () => {}) // the query under way fails too
  await client.connect()
  try {
    const { rows } = await client.query(text)
    return rows
  } finally {
    await client.end()
  }
}

async function openInAnotherProcess(folder: string) {
  const opener = openerOf(folder)
  const [line] = await once(opener.stdout, 'data')
  const { pid, superuserUrl } = JSON.parse(String(line)) as EmbeddedPostgres
  const kill = async () => {
    opener.kill('SIGKILL')
    await once(opener, 'exit')
  }
  return { pid, superuserUrl, kill }
}

function openerOf(folder: string) {
  const script = `
    const { openEmbeddedPostgres } = await import(${JSON.stringify(import.meta.resolve('./embedded-postgres.ts'))})
    console.log(JSON.stringify(await openEmbeddedPostgres(process.argv[1])))
    setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--input-type=module', '--eval', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
