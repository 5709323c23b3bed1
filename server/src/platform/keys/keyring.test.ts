import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes, sign, verify } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { StartupError } from '../startup-error.ts'
import { IntegrityError, seal } from './envelope.ts'
import { type Keyring, openKeyring } from './keyring.ts'

const scratch = await mkdtemp(join(tmpdir(), 'petra-keyring-'))
after(() => rm(scratch, { recursive: true }))

test('makes a keyring for its owner alone, and finds the same keys again', async () => {
  const folder = join(scratch, 'new', 'keys')
  const made = await openKeyring(folder)
  assert.equal((await stat(folder)).mode & 0o777, 0o700)
  assert.equal((await stat(join(folder, 'keyring.json'))).mode & 0o777, 0o600)
  assert.deepEqual(await readdir(folder), ['keyring.json'])
  const again = await openKeyring(folder)
  assert.deepEqual(await fingerprint(again), await fingerprint(made))
  const wrapped = await made.wrap(randomBytes(32), 'rex')
  assert.equal((await again.unwrap(wrapped, 'rex')).length, 32)
})

test('no two keyrings share a key', async () => {
  const one = await fingerprint(await openKeyring(join(scratch, 'one')))
  const other = await fingerprint(await openKeyring(join(scratch, 'other')))
  assert.equal(new Set([...one, ...other]).size, 10)
})

test('agrees with itself when opened twenty times at once', async () => {
  const folder = join(scratch, 'at-once')
  const keyrings = await Promise.all(Array.from({ length: 20 }, () => openKeyring(folder)))
  const fingerprints = await Promise.all(keyrings.map(fingerprint))
  assert.equal(new Set(fingerprints.map((keys) => keys.join())).size, 1)
  assert.deepEqual(await readdir(folder), ['keyring.json'])
})

test('processes that start at once agree on one keyring', async () => {
  const folder = join(scratch, 'processes')
  const code = `
    const { openKeyring } = await import(${JSON.stringify(new URL('keyring.ts', import.meta.url).href)})
    while (Date.now() < ${Date.now() + 1_000});
    const keyring = await openKeyring(${JSON.stringify(folder)})
    process.stdout.write(keyring.hmac('token', '').toString('hex'))`
  const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code])
  const said = (await Promise.all([start(), start()])).map(({ stdout }) => stdout)
  assert.match(String(said[0]), /^[0-9a-f]{64}$/)
  assert.equal(said[1], said[0])
})

test('refuses a keyring that others may read', async () => {
  const { folder, file } = await madeKeyring('readable')
  for (const mode of [0o640, 0o604, 0o620]) {
    await chmod(file, mode)
    await assert.rejects(openKeyring(folder), startupError(/open to other users/))
  }
})

test('refuses a folder in which others may replace the keyring', async () => {
  const { folder } = await madeKeyring('replaceable')
  await chmod(folder, 0o770)
  await assert.rejects(openKeyring(folder), startupError(/can be changed by other users/))
})

test('refuses a place it cannot use', async () => {
  await writeFile(join(scratch, 'file'), '')
  await assert.rejects(openKeyring(join(scratch, 'file', 'keys')), startupError(/a file is in the way/))
})

test('refuses a damaged keyring and quotes nothing of it', async () => {
  const { folder, file } = await madeKeyring('damaged')
  const whole = await readFile(file, 'utf8')
  const { blindIndexKey } = JSON.parse(whole)
  const damages = [
    '',
    'null',
    '{"format":2}',
    whole.slice(0, -20),
    whole.replace('"format": 2', '"format": 3'),
    whole.replace(blindIndexKey, blindIndexKey.slice(0, 20)),
    whole.replace('"crv": "P-256"', '"crv": "P-257"'),
  ]
  for (const text of damages) {
    await writeFile(file, text)
    await assert.rejects(openKeyring(folder), startupError(/^The keyring \S+ is damaged(,| or|\.)[^"{}]*$/))
  }
})

test('a passphrase seals the file; without it, or with another, it does not open', async () => {
  const folder = join(scratch, 'sealed')
  const made = await openKeyring(folder, 'correct horse')
  assert.doesNotMatch(await readFile(join(folder, 'keyring.json'), 'utf8'), /privateJwk|blindIndexKey|P-256/)
  assert.deepEqual(await fingerprint(await openKeyring(folder, 'correct horse')), await fingerprint(made))
  await assert.rejects(openKeyring(folder, 'correct house'), startupError(/KEYRING_PASSPHRASE is wrong/))
  await assert.rejects(openKeyring(folder), startupError(/set KEYRING_PASSPHRASE/))
})

test('does not pretend that a passphrase guards an open file', async () => {
  const { folder } = await madeKeyring('open')
  await assert.rejects(openKeyring(folder, 'correct horse'), startupError(/made without a passphrase/))
})

test('unwraps a data key in its own context only', async () => {
  const { keyring } = await madeKeyring('wrapping')
  const dataKey = randomBytes(32)
  const wrapped = await keyring.wrap(dataKey, 'rex')
  assert.deepEqual(await keyring.unwrap(wrapped, 'rex'), dataKey)
  assert.equal(wrapped.bytes.includes(dataKey), false)
  await assert.rejects(keyring.unwrap(wrapped, 'bella'), IntegrityError)
  await assert.rejects(keyring.unwrap({ ...wrapped, kekId: 'unknown' }, 'rex'), IntegrityError)
  const { keyring: foreign } = await madeKeyring('foreign')
  await assert.rejects(foreign.unwrap(wrapped, 'rex'), IntegrityError)
})

test('keeps older key-encryption and signing keys, and wraps with the first', async () => {
  const { folder, file, keyring } = await madeKeyring('rotated')
  const { file: newer } = await madeKeyring('newer')
  const wrapped = await keyring.wrap(Buffer.from('x'.repeat(32)), 'rex')
  const [old, fresh] = [JSON.parse(await readFile(file, 'utf8')), JSON.parse(await readFile(newer, 'utf8'))]
  old.keyEncryptionKeys.unshift(...fresh.keyEncryptionKeys)
  old.signingKeys.unshift(...fresh.signingKeys)
  await writeFile(file, JSON.stringify(old))
  const rotated = await openKeyring(folder)
  assert.equal((await rotated.unwrap(wrapped, 'rex')).toString(), 'x'.repeat(32))
  assert.equal((await rotated.wrap(randomBytes(32), 'rex')).kekId, fresh.keyEncryptionKeys[0].id)
  assert.deepEqual(
    (await rotated.signingKeys.all()).map(({ kid }) => kid),
    [fresh.signingKeys[0].kid, (await keyring.signingKeys.current()).kid],
  )
})

test('gives HMACs that differ by purpose', async () => {
  const { keyring } = await madeKeyring('hmac')
  assert.equal(keyring.hmac('token', 'x').length, 32)
  assert.deepEqual(keyring.hmac('token', 'x'), keyring.hmac('token', Buffer.from('x')))
  assert.notDeepEqual(keyring.hmac('token', 'x'), keyring.hmac('blind-index', 'x'))
})

test('signs the trail with a key that is its own', async () => {
  const { keyring } = await madeKeyring('trail')
  const note = Buffer.from('a checkpoint')
  const signature = sign(null, note, keyring.trailKey.privateKey)
  assert.ok(verify(null, note, keyring.trailKey.publicKey, signature))
  assert.equal(keyring.trailKey.publicKey.asymmetricKeyType, 'ed25519')
  const { keyring: other } = await madeKeyring('another-trail')
  assert.ok(!verify(null, note, other.trailKey.publicKey, signature))
})

test('derives the same key for the same context, and another for another', async () => {
  const { keyring } = await madeKeyring('derived')
  const maya = keyring.derive('idempotency', 'maya')
  assert.equal(maya.bytes.length, 32)
  assert.deepEqual(keyring.derive('idempotency', 'maya'), maya)
  assert.notDeepEqual(keyring.derive('idempotency', 'sam').bytes, maya.bytes)
  assert.ok(seal(maya, 'answer', { table: 'a', column: 'b', rowId: 'c', version: 1, subjectId: 'd' }))
})

test('signs ES256 and publishes no private part', async () => {
  const { keyring } = await madeKeyring('signing')
  const { kid, privateKey, publicKey, publicJwk } = await keyring.signingKeys.current()
  const signature = sign('sha256', Buffer.from('claims'), privateKey)
  assert.ok(verify('sha256', Buffer.from('claims'), publicKey, signature))
  assert.deepEqual(Object.keys(publicJwk).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  assert.equal(publicJwk.kid, kid)
})

async function madeKeyring(name: string) {
  const folder = join(scratch, name)
  await mkdir(folder, { mode: 0o700 })
  return { folder, file: join(folder, 'keyring.json'), keyring: await openKeyring(folder) }
}

/** Something of each kind of key. */
async function fingerprint(keyring: Keyring): Promise<string[]> {
  return [
    keyring.hmac('token', '').toString('hex'),
    keyring.hmac('blind-index', '').toString('hex'),
    keyring.derive('idempotency', '').bytes.toString('hex'),
    String(keyring.trailKey.publicKey.export({ format: 'pem', type: 'spki' })),
    (await keyring.signingKeys.current()).kid,
  ]
}

function startupError(message: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof StartupError)
    assert.match(error.message, message)
    assert.doesNotMatch(error.message, /\n/)
    return true
  }
}
