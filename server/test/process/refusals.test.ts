import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { cloneDatabase } from '../clone-database.ts'
import { type Attempt, attemptPetra, newDataDir, startPetra } from './start-petra.ts'

/** `nobody` of Debian, for what root is never refused. */
const ORDINARY = { uid: 65_534, gid: 65_534 }

const noWayForOthers = await whyNobodyCannotRun()

describe('a start that cannot be', { concurrency: 2 }, () => {
  it('has a bad variable', async () => {
    refused(await attemptPetra({ PORT: '70000' }), /^PORT is "70000"; it takes a whole number from 0 to 65535\.$/)
  })

  it('is production over plain HTTP', async () => {
    const env = { NODE_ENV: 'production', RATE_LIMIT: 'on', KEYRING_PASSPHRASE: 'correct horse' }
    refused(await attemptPetra(env), /^Production refuses plain HTTP/)
  })

  it('is a second one on the same folder', async () => {
    await using first = await startPetra()
    refused(
      await attemptPetra({ DATA_DIR: first.dataDir }),
      /^Another Petra is running on .*\. Stop it first, or set DATA_DIR/,
    )
    assert.equal((await fetch(`${first.url}/health/ready`)).status, 200, 'the first goes on')
  })

  it('finds its port taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    try {
      const { port } = other.address() as { port: number }
      const { databaseUrl } = await cloneDatabase()
      refused(
        await attemptPetra({ DATABASE_URL: databaseUrl, PORT: String(port) }),
        /cannot listen on 127\.0\.0\.1:\d+: the port is taken/,
      )
    } finally {
      other.close()
    }
  })

  it('finds a file in the way of its folder', async () => {
    const folder = await newDataDir()
    await writeFile(folder, '')
    refused(await attemptPetra({ DATA_DIR: folder }), /^Petra cannot use the folder .*: a file is in the way/)
  })

  it('finds its folder closed to an ordinary user', { skip: noWayForOthers }, async () => {
    const folder = await newDataDir()
    await mkdir(folder, { mode: 0o755 })
    if (process.getuid?.() !== 0) await chmod(folder, 0o555)
    await openWayTo(folder)
    const account = process.getuid?.() === 0 ? ORDINARY : undefined
    const { databaseUrl } = await cloneDatabase()
    for (const env of [{}, { DATABASE_URL: databaseUrl }]) {
      const attempt = await attemptPetra({ DATA_DIR: folder, NODE_COMPILE_CACHE: '', ...env }, account)
      refused(attempt, /^Petra cannot use the folder .*: permission denied/)
    }
  })

  it('finds no database where it should be, or one that refuses it', async () => {
    const { databaseUrl } = await cloneDatabase()
    const changed = (change: (url: URL) => void) => {
      const url = new URL(databaseUrl)
      change(url)
      return url.href
    }
    const unusable: [string, RegExp][] = [
      [
        changed((url) => {
          url.port = '1'
        }),
        /^Petra cannot use the database 127\.0\.0\.1:1\/\w+: nobody listens there\.$/,
      ],
      [
        changed((url) => {
          url.hostname = 'nowhere.invalid'
        }),
        /^Petra cannot use the database nowhere\.invalid:\d+\/\w+: the host name is unknown\.$/,
      ],
      [
        changed((url) => {
          url.password = 'wrong'
        }),
        /: password authentication failed for user "postgres"\.$/,
      ],
      [
        changed((url) => {
          url.pathname = '/missing'
        }),
        /: database "missing" does not exist\.$/,
      ],
    ]
    for (const [url, message] of unusable) {
      refused(await attemptPetra({ DATABASE_URL: url }), message)
    }
    const [wrongPassword, message] = unusable[2] as [string, RegExp]
    refused(await attemptPetra({ DATABASE_URL: wrongPassword, MIGRATION_DATABASE_URL: databaseUrl }), message)
  })

  it('finds another keyring than the one its database was sealed with', async () => {
    const { databaseUrl } = await cloneDatabase()
    const dataDir = await newDataDir()
    const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, DEMO: 'true' }
    const keyring = join(dataDir, 'keys', 'keyring.json')
    await (await startPetra(env))[Symbol.asyncDispose]()
    const kept = await readFile(keyring)
    await rm(keyring)
    for (const _start of ['first', 'second']) {
      refused(await attemptPetra(env), /^The keyring in DATA_DIR is not the one this database was sealed with/)
    }
    await writeFile(keyring, kept)
    await using _petra = await startPetra(env)
  })
})

/** One line on stderr, nothing else, and exit code 1. */
function refused({ code, stdout, stderr }: Attempt, message: RegExp): void {
  assert.deepEqual([code, stdout, stderr.split('\n').length], [1, '', 2], stderr)
  assert.match(stderr.trimEnd(), message)
}

/** An ordinary user has to get as far as the folder, or the refusal would be another one. */
async function openWayTo(folder: string): Promise<void> {
  for (const above of [dirname(folder), process.env.TEST_FOLDER as string]) await chmod(above, 0o711)
}

/** In a checkout that only root can enter, nobody else can even start. */
async function whyNobodyCannotRun(): Promise<string | false> {
  if (process.getuid?.() !== 0) return false
  for (let folder = import.meta.dirname; folder !== '/'; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o005) !== 0o005) return `other users cannot enter ${folder}`
  }
  return false
}
