import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type KmsServer, type Mood, openKmsServer } from '../../../test/kms-server.ts'
import { openVaultServer, type VaultServer } from '../../../test/vault-server.ts'
import { IntegrityError } from './envelope.ts'
import { openKeyring, type WrappedKey } from './keyring.ts'
import { keyringConfig } from './keyring-config.ts'
import { keyringGuard } from './keyring-guard.ts'
import { rotateSigningKey } from './rotate-signing-key.ts'

/** The breaker's rest, and a little. */
const REST_MS = 1_050
const unavailable = { name: 'Error', code: 'service.unavailable', status: 503 }

const scratch = await mkdtemp(join(tmpdir(), 'petra-remote-'))
after(() => rm(scratch, { recursive: true }))
let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(scratch, 'at-')), 'keys')
})
const file = () => readFile(join(folder, 'keyring.json'), 'utf8')
const ring = async (env: NodeJS.ProcessEnv, failed: (error: unknown) => void = () => {}) =>
  openKeyring(folder, await keyringGuard(keyringConfig(env), failed))

describe('keys in AWS KMS', () => {
  let kms: KmsServer
  let env: { KEYRING_URL: string }
  before(async () => {
    kms = await openKmsServer()
    process.env.AWS_ACCESS_KEY_ID = kms.credentials.accessKeyId
    process.env.AWS_SECRET_ACCESS_KEY = kms.credentials.secretAccessKey
    env = { KEYRING_URL: `aws-kms://eu-west-1/alias/petra?endpoint=${kms.endpoint}` }
  })
  after(() => kms[Symbol.asyncDispose]())
  beforeEach(() => {
    kms.mood = 'well'
    kms.asked.length = 0
  })

  it('wrap data keys with the context they are bound to, in requests that are signed', async () => {
    const keyring = await ring(env)
    const dataKey = randomBytes(32)
    const wrapped = await keyring.wrap(dataKey, 'rex')
    const asked = kms.asked.at(-1)
    assert.deepEqual(
      [asked?.operation, asked?.body.KeyId, asked?.body.EncryptionContext],
      ['Encrypt', kms.current(), { petra: `${keyring.environment} rex` }],
    )
    assert.match(wrapped.kekId, /^arn:aws:kms:eu-west-1:/)
    assert.equal(wrapped.bytes.includes(dataKey), false)
    assert.deepEqual(await keyring.unwrap(wrapped, 'rex'), dataKey)
    assert.deepEqual(kms.asked.at(-1)?.body.KeyId, wrapped.kekId)
    await assert.rejects(keyring.unwrap(wrapped, 'bella'), IntegrityError)
  })

  it('seal the file with all other keys, which opens with them only', async () => {
    const keyring = await ring(env)
    assert.doesNotMatch(await file(), /privateJwk|blindIndexKey|P-256/)
    const again = await ring(env)
    assert.deepEqual(again.hmac('token', 'x'), keyring.hmac('token', 'x'))
    const { kid } = await rotateSigningKey(folder, await keyringGuard(keyringConfig(env)))
    assert.ok(await again.signingKeys.find(kid))
    await assert.rejects(ring({}), { name: 'StartupError', message: /set KEYRING_URL to open it/ })
    await assert.rejects(ring({ KEYRING_PASSPHRASE: 'x' }), { name: 'StartupError', message: /set KEYRING_URL/ })
    kms.mood = 'gone'
    await assert.rejects(ring(env), { name: 'StartupError', message: /cannot be reached/ })
  })

  it('go on wrapping and opening once their alias means another key, and open with no key that we do not know', async () => {
    const keyring = await ring(env)
    const wrapped = await keyring.wrap(randomBytes(32), 'rex')
    const turned = kms.turnAlias()
    assert.equal((await keyring.unwrap(wrapped, 'rex')).length, 32)
    const fresh = await keyring.wrap(randomBytes(32), 'rex')
    assert.equal(fresh.kekId, wrapped.kekId)
    const asked = kms.asked.length
    await assert.rejects(keyring.unwrap({ ...fresh, kekId: turned }, 'rex'), IntegrityError)
    assert.equal(kms.asked.length, asked, 'a key that somebody wrote into the database is not asked for')
  })

  it('wrap many, fifty at a time', async () => {
    const keyring = await ring(env)
    const keys = Array.from({ length: 120 }, (_, index) => ({ bytes: randomBytes(32), context: `pet ${index}` }))
    const wrapped = await keyring.wrapAll(keys)
    const opened = await keyring.unwrapAll(wrapped.map((each, index) => ({ wrapped: each, context: `pet ${index}` })))
    assert.deepEqual(
      opened,
      keys.map(({ bytes }) => bytes),
    )
  })

  for (const mood of ['gone', 'silent', 400, 403, 429, 500, 503] satisfies Mood[])
    it(`answer 503 and nothing else when KMS is ${mood}`, async () => {
      const told: unknown[] = []
      const [opening, wrapping] = await Promise.all([1, 2].map(() => ring(env, (error) => told.push(error))))
      const wrapped = (await opening?.wrap(randomBytes(32), 'rex')) as WrappedKey
      kms.mood = mood
      const startedAt = performance.now()
      await assert.rejects(Promise.resolve(opening?.unwrap(wrapped, 'rex')), unavailable)
      await assert.rejects(Promise.resolve(wrapping?.wrap(randomBytes(32), 'rex')), unavailable)
      assert.ok(performance.now() - startedAt < 18_000)
      assert.equal(told.length, 2)
      assert.doesNotMatch(JSON.stringify([told, told.map(String)]), /hvs\./)
    })

  it('keep nobody waiting for a second after a failure, and are asked again then', async () => {
    const keyring = await ring(env)
    const wrapped = await keyring.wrap(randomBytes(32), 'rex')
    kms.mood = 503
    await assert.rejects(keyring.unwrap(wrapped, 'rex'), unavailable)
    kms.mood = 'well'
    await assert.rejects(keyring.wrap(randomBytes(32), 'rex'), unavailable)
    await wait(REST_MS)
    assert.equal((await keyring.unwrap(wrapped, 'rex')).length, 32)
  })

  it('take no answer to a request that is not signed with our secret', async () => {
    const keyring = await ring(env)
    process.env.AWS_SECRET_ACCESS_KEY = 'guessed'
    await assert.rejects(ring(env), { name: 'StartupError' })
    process.env.AWS_SECRET_ACCESS_KEY = kms.credentials.secretAccessKey
    assert.ok(keyring)
  })
})

describe('keys in the transit engine of Vault', () => {
  let vault: VaultServer
  let env: NodeJS.ProcessEnv
  before(async () => {
    vault = await openVaultServer()
    env = {
      KEYRING_URL: `vault-transit://${vault.host}/transit/petra?tls=off&namespace=clinic`,
      VAULT_TOKEN: vault.token,
    }
  })
  after(() => vault[Symbol.asyncDispose]())
  beforeEach(() => {
    vault.mood = 'well'
    vault.asked.length = 0
  })

  it('wrap data keys bound to their context, in one call for many', async () => {
    const keyring = await ring(env)
    const keys = ['rex', 'bella'].map((context) => ({ bytes: randomBytes(32), context }))
    vault.asked.length = 0
    const wrapped = await keyring.wrapAll(keys)
    assert.deepEqual(vault.asked, [{ path: '/v1/transit/encrypt/petra', namespace: 'clinic', items: 2 }])
    const named = wrapped.map((each, index) => ({ wrapped: each, context: String(keys[index]?.context) }))
    assert.deepEqual(
      await keyring.unwrapAll(named),
      keys.map(({ bytes }) => bytes),
    )
    const swapped = named.map((each, index) => ({ ...each, context: String(keys[1 - index]?.context) }))
    await assert.rejects(keyring.unwrapAll(swapped), IntegrityError)
    assert.ok(wrapped.every(({ kekId }) => kekId === `vault:v${vault.versions()}`))
  })

  it('seal the file with all other keys, which opens with them only', async () => {
    const keyring = await ring(env)
    assert.doesNotMatch(await file(), /privateJwk|blindIndexKey|P-256/)
    assert.deepEqual((await ring(env)).hmac('token', 'x'), keyring.hmac('token', 'x'))
    await assert.rejects(ring({ ...env, VAULT_TOKEN: 'hvs.guessed' }), { name: 'StartupError' })
  })

  it('know the versions that Vault makes by itself', async () => {
    const keyring = await ring(env)
    const guard = await keyringGuard(keyringConfig(env))
    await (guard as { addVersion(): Promise<void> }).addVersion()
    const wrapped = await keyring.wrap(randomBytes(32), 'rex')
    assert.equal(wrapped.kekId, `vault:v${vault.versions()}`)
    assert.equal((await keyring.unwrap(wrapped, 'rex')).length, 32)
  })

  it('are asked for with the token that stands in a file now', async () => {
    const token = join(scratch, 'token')
    await writeFile(token, `${vault.token}\n`)
    const { VAULT_TOKEN: _, ...url } = env
    const keyring = await ring({ ...url, VAULT_TOKEN_FILE: token })
    vault.token = 'hvs.renewed'
    await writeFile(token, vault.token)
    assert.ok(await keyring.wrap(randomBytes(32), 'rex'))
    env = { ...env, VAULT_TOKEN: vault.token }
  })

  for (const mood of ['gone', 'silent', 307, 400, 403, 404, 429, 500, 503] satisfies Mood[])
    it(`answer 503 and nothing else when Vault is ${mood}`, async () => {
      const told: unknown[] = []
      const [opening, wrapping] = await Promise.all([1, 2].map(() => ring(env, (error) => told.push(error))))
      const wrapped = (await opening?.wrap(randomBytes(32), 'rex')) as WrappedKey
      vault.mood = mood
      const startedAt = performance.now()
      await assert.rejects(Promise.resolve(opening?.unwrap(wrapped, 'rex')), unavailable)
      await assert.rejects(Promise.resolve(wrapping?.wrap(randomBytes(32), 'rex')), unavailable)
      assert.ok(performance.now() - startedAt < 18_000)
      assert.equal(told.length, 2)
      assert.doesNotMatch(JSON.stringify([told, told.map(String)]), /hvs\./)
    })
})

describe('KEYRING_URL', () => {
  const refused: NodeJS.ProcessEnv[] = [
    { KEYRING_URL: 'keys' },
    { KEYRING_URL: 'file:elsewhere' },
    { KEYRING_URL: 'gcp-kms://a/b' },
    { KEYRING_URL: 'aws-kms://eu-west-1' },
    { KEYRING_URL: 'aws-kms:///alias/petra' },
    { KEYRING_URL: 'aws-kms://eu-west-1/alias/petra?endpoint=http://kms.example' },
    { KEYRING_URL: 'aws-kms://eu-west-1/alias/petra?profile=x' },
    { KEYRING_URL: 'aws-kms://eu-west-1/alias/petra', KEYRING_PASSPHRASE: 'x' },
    { KEYRING_URL: 'vault-transit://vault.example/transit/petra' },
    { KEYRING_URL: 'vault-transit://vault.example/petra', VAULT_TOKEN: 'x' },
    { KEYRING_URL: 'vault-transit://vault.example/transit/petra?tls=off', VAULT_TOKEN: 'x' },
    { KEYRING_URL: 'vault-transit://token@vault.example/transit/petra', VAULT_TOKEN: 'x' },
    { KEYRING_URL: 'vault-transit://vault.example/transit/petra', VAULT_TOKEN: 'x', VAULT_TOKEN_FILE: 'y' },
    { NODE_ENV: 'production' },
  ]
  for (const wrong of refused)
    it(`is refused: ${JSON.stringify(wrong)}`, () => {
      assert.throws(() => keyringConfig(wrong), { name: 'StartupError' })
    })

  it('says where the keys are; in production those elsewhere need no passphrase', () => {
    const inProduction = (url: string) => keyringConfig({ NODE_ENV: 'production', KEYRING_URL: url, VAULT_TOKEN: 'x' })
    assert.deepEqual(inProduction('aws-kms://eu-west-1/alias/petra'), {
      kind: 'aws-kms',
      region: 'eu-west-1',
      keyId: 'alias/petra',
    })
    assert.deepEqual(inProduction('vault-transit://vault.example:8200/secrets/transit/petra'), {
      kind: 'vault-transit',
      origin: 'https://vault.example:8200',
      mount: 'secrets/transit',
      keyName: 'petra',
      token: { value: 'x' },
    })
  })
})
