import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { access, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { childEnv } from '../../../test/child-env.ts'
import { type KmsServer, openKmsServer } from '../../../test/kms-server.ts'
import { cloneDatabase } from '../../../test/setup.ts'
import { testMarks } from '../../../test/test-marks.ts'
import { openVaultServer, type VaultServer } from '../../../test/vault-server.ts'
import { openDatabase, transact } from '../database/database.ts'
import { type DataKeys, openDataKeys } from './data-keys.ts'
import type { RemoteKeyEncryption } from './key-encryption.ts'
import { type Keyring, openKeyring } from './keyring.ts'
import { keyringConfig } from './keyring-config.ts'
import { keyringGuard } from './keyring-guard.ts'
import type { KeyringGuard } from './keyring-text.ts'
import { moveKeyring } from './move-keyring.ts'
import { retireKeyEncryptionKeys, rotateKeyEncryptionKey } from './rotate-key-encryption-key.ts'

const stack = new AsyncDisposableStack()
let kms: KmsServer
let vault: VaultServer
let env: Record<'kms' | 'vault', NodeJS.ProcessEnv>
let scratch: string
before(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'petra-move-'))
  stack.defer(() => rm(scratch, { recursive: true }))
  kms = stack.use(await openKmsServer())
  vault = stack.use(await openVaultServer())
  process.env.AWS_ACCESS_KEY_ID = kms.credentials.accessKeyId
  process.env.AWS_SECRET_ACCESS_KEY = kms.credentials.secretAccessKey
  env = {
    kms: { KEYRING_URL: `aws-kms://eu-west-1/alias/petra?endpoint=${kms.endpoint}` },
    vault: { KEYRING_URL: `vault-transit://${vault.host}/transit/petra?tls=off`, VAULT_TOKEN: vault.token },
  }
})
after(() => stack.disposeAsync())

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(scratch, 'at-')), 'keys')
})
const guardBy = (name: 'kms' | 'vault') => keyringGuard(keyringConfig(env[name]))
const file = () => readFile(join(folder, 'keyring.json'), 'utf8')
const trace = async ({ environment, hmac, signingKeys }: Keyring) => [
  environment,
  hmac('token', 'x').toString('hex'),
  (await signingKeys.current()).kid,
]

const keys = (command: string, vars: NodeJS.ProcessEnv) => ({
  path: process.execPath,
  words: [fileURLToPath(new URL('../../keys.ts', import.meta.url)), command],
  env: { ...childEnv(), DATA_DIR: join(folder, '..'), ...vars },
})
const run = ({ path, words, env }: ReturnType<typeof keys>) => promisify(execFile)(path, words, { env })

test('from a passphrase to KMS, to Vault and back, at each step of which all processes open what any has sealed', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  await using db = openDatabase((await cloneDatabase()).databaseUrl, 4, () => {}, testMarks())
  const [inKms, inVault] = [await guardBy('kms'), await guardBy('vault')]
  await using processes = new AsyncDisposableStack()
  const start = async (guard: KeyringGuard) => processes.use(openDataKeys(await openKeyring(folder, guard)))
  const sealed = new Map<string, Buffer>()
  const everythingOpens = async (...running: DataKeys[]) => {
    for (const each of running) {
      const pet = randomUUIDv7()
      const made = await transact(db, (tx) => each.createDataKey(tx, 'pet-clinical', pet))
      sealed.set(pet, Buffer.from(made.bytes))
    }
    for (const each of running) {
      each.forgetAll()
      const found = await each.dataKeysFor(db, 'pet-clinical', [...sealed.keys()])
      assert.deepEqual(
        [...sealed.keys()].map((pet) => found.get(pet)?.bytes),
        [...sealed.values()],
      )
    }
  }
  const rotation = async (guard: KeyringGuard, here: boolean, running: DataKeys) => {
    const { kekId, rewrapped } = await rotateKeyEncryptionKey({ db, folder, guard, here })
    assert.equal(rewrapped, sealed.size)
    await everythingOpens(running)
    t.mock.timers.tick(120_000)
    // That process had not looked at the keyring yet when it wrapped its next key.
    assert.deepEqual(await rotateKeyEncryptionKey({ db, folder, guard, here }), { kekId, rewrapped: 1 })
    t.mock.timers.tick(120_000)
    assert.equal((await retireKeyEncryptionKeys({ db, folder, guard })).length, 1)
    await everythingOpens(running)
    return kekId
  }

  let before = await start('correct horse')
  await everythingOpens(before)
  const path: [KeyringGuard, KeyringGuard, RegExp][] = [
    ['correct horse', inKms, /^arn:aws:kms:/],
    [inKms, inVault, /^vault:v2$/],
    [inVault, 'battery staple', /^[0-9a-f-]{36}$/],
  ]
  for (const [from, to, named] of path) {
    if (typeof from === 'object') {
      await assert.rejects(moveKeyring(folder, from, to), { name: 'StartupError', message: /rotate --here/ })
      await rotation(from, true, before)
    }
    assert.equal(await moveKeyring(folder, from, to), true)
    const after = await start(to)
    await everythingOpens(before, after)
    assert.match(await rotation(to, false, after), named)
    before = after
  }
  assert.ok(sealed.size > 10)
})

test('to another passphrase by one command, which may be given twice, and by whoever has the old one', async () => {
  const before = await trace(await openKeyring(folder))
  const first = await run(keys('move', { KEYRING_PASSPHRASE: 'correct horse', NODE_ENV: 'production' }))
  assert.match(first.stdout, /^The keyring is sealed as KEYRING_URL says\.\nStart every process anew/)
  assert.doesNotMatch(await file(), /privateJwk/)
  const vars = { OLD_KEYRING_PASSPHRASE: 'correct horse', KEYRING_PASSPHRASE: 'battery staple', NODE_ENV: 'production' }
  const wrong = run(keys('move', { ...vars, OLD_KEYRING_PASSPHRASE: 'correct house' }))
  await assert.rejects(wrong, { code: 1, stderr: /does not open: OLD_KEYRING_PASSPHRASE is wrong/ })
  await run(keys('move', vars))
  const again = await run(keys('move', vars))
  assert.match(again.stdout, /^The keyring is sealed as KEYRING_URL says already\.\n/)
  assert.deepEqual(await trace(await openKeyring(folder, 'battery staple')), before)
  await assert.rejects(openKeyring(folder, 'correct horse'), { name: 'StartupError' })
  assert.equal((await stat(join(folder, 'keyring.json'))).mode & 0o777, 0o600)
  assert.deepEqual(await readdir(folder), ['keyring.json'])
  const unclear = run(keys('move', { ...vars, OLD_KEYRING_URL: 'vault-transit://vault.example/transit/petra' }))
  await assert.rejects(unclear, {
    code: 1,
    stderr: /^OLD_KEYRING_PASSPHRASE goes with OLD_KEYRING_URL=file: only\.\n$/,
  })
})

test('killed before it is done, it has changed nothing', async () => {
  await openKeyring(folder, 'correct horse')
  const before = await file()
  kms.mood = 'silent'
  const moving = keys('move', {
    ...env.kms,
    OLD_KEYRING_PASSPHRASE: 'correct horse',
    AWS_ACCESS_KEY_ID: kms.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: kms.credentials.secretAccessKey,
  })
  const child = spawn(moving.path, moving.words, { env: moving.env, stdio: 'ignore' })
  const lock = join(folder, 'keyring.json.lock')
  while (
    child.exitCode === null &&
    !(await access(lock).then(
      () => true,
      () => false,
    ))
  )
    await wait(5)
  child.kill('SIGKILL')
  await once(child, 'exit')
  kms.mood = 'well'
  assert.equal(await file(), before)
  await rm(lock)
  await run(moving)
  assert.ok(await openKeyring(folder, await guardBy('kms')))
})

test('to keys that are out of reach, or wrap what they do not open, it changes nothing', async () => {
  const { environment } = await openKeyring(folder)
  const before = await file()
  const onlyWraps: RemoteKeyEncryption = {
    ...((await guardBy('vault')) as RemoteKeyEncryption),
    unwrapAll: () => Promise.reject(Object.assign(new Error('permission denied'))),
  }
  vault.mood = 'gone'
  await assert.rejects(moveKeyring(folder, undefined, await guardBy('vault')), { message: /cannot be reached/ })
  vault.mood = 'well'
  await assert.rejects(moveKeyring(folder, undefined, onlyWraps), { message: /permission denied/ })
  assert.equal(await file(), before)
  assert.equal((await openKeyring(folder)).environment, environment)
  await assert.rejects(moveKeyring(join(folder, 'nowhere'), undefined, 'x'), { message: /^There is no keyring/ })
  await writeFile(join(folder, 'keyring.json'), '{')
  await assert.rejects(moveKeyring(folder, undefined, 'x'), { message: /is damaged/ })
})
