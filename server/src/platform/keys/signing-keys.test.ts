import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, mock, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openKeyring } from './keyring.ts'
import { rotateSigningKey } from './rotate-signing-key.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

const scratch = await mkdtemp(join(tmpdir(), 'petra-signing-'))
after(() => rm(scratch, { recursive: true }))
let folder: string
let now: number
beforeEach(async () => {
  folder = join(await mkdtemp(join(scratch, 'at-')), 'keys')
  now = Date.now()
  mock.timers.enable({ apis: ['Date'], now })
})
afterEach(() => mock.timers.reset())

function pass(ms: number): void {
  now += ms
  mock.timers.setTime(now)
}

const kidsOf = (keys: readonly { kid: string }[]) => keys.map(({ kid }) => kid)
const file = () => join(folder, 'keyring.json')
const contents = async () => JSON.parse(await readFile(file(), 'utf8'))

test('a new key is shown at once, signs after five minutes, and the old one stays beside it', async () => {
  const { signingKeys } = await openKeyring(folder)
  const old = await signingKeys.current()
  pass(MINUTE)
  const { kid, signsFrom, dropped } = await rotateSigningKey(folder)
  assert.deepEqual([signsFrom.getTime() - now, dropped], [5 * MINUTE, []])
  pass(30 * SECOND)
  assert.deepEqual(kidsOf(await signingKeys.all()), [kid, old.kid])
  assert.equal((await signingKeys.current()).kid, old.kid)
  pass(4 * MINUTE + 29 * SECOND)
  assert.equal((await signingKeys.current()).kid, old.kid)
  pass(SECOND)
  assert.equal((await signingKeys.current()).kid, kid)
  assert.equal((await signingKeys.find(old.kid))?.kid, old.kid)
})

test('a process that starts signs with the key that the others sign with', async () => {
  const running = await openKeyring(folder)
  pass(MINUTE)
  await rotateSigningKey(folder)
  pass(MINUTE)
  await rotateSigningKey(folder)
  for (let i = 0; i < 8; i++, pass(MINUTE)) {
    const started = await openKeyring(folder)
    assert.equal((await started.signingKeys.current()).kid, (await running.signingKeys.current()).kid)
  }
})

test('a key is dropped by the first rotation after the last token it signed has expired, and no other', async () => {
  const { signingKeys } = await openKeyring(folder)
  const first = (await signingKeys.current()).kid
  pass(MINUTE)
  const second = (await rotateSigningKey(folder)).kid
  pass(20 * MINUTE)
  const early = await rotateSigningKey(folder)
  assert.deepEqual(early.dropped, [])
  pass(MINUTE)
  const later = await rotateSigningKey(folder)
  assert.deepEqual(later.dropped, [first])
  pass(MINUTE)
  assert.deepEqual(kidsOf(await signingKeys.all()), [later.kid, early.kid, second])
})

test('an unknown name has the file looked at once a minute at the most', async () => {
  const { signingKeys } = await openKeyring(folder)
  const one = (await rotateSigningKey(folder)).kid
  const found = await Promise.all([signingKeys.find('nonsense'), signingKeys.find(one), signingKeys.find(one)])
  assert.deepEqual(
    found.map((key) => key?.kid),
    [undefined, one, one],
  )
  const other = (await rotateSigningKey(folder)).kid
  pass(20 * SECOND)
  assert.equal(await signingKeys.find(other), undefined)
  pass(39 * SECOND)
  assert.equal(await signingKeys.find(other), undefined)
  pass(SECOND)
  assert.equal((await signingKeys.find(other))?.kid, other)
})

test('rotating changes nothing else in the file, and keeps it sealed and to its owner', async () => {
  await openKeyring(folder)
  const before = await contents()
  await rotateSigningKey(folder)
  const { signingKeys, ...others } = await contents()
  assert.deepEqual({ ...others, signingKeys: signingKeys.slice(1) }, before)
  assert.equal((await stat(file())).mode & 0o777, 0o600)

  folder = join(folder, '..', 'sealed')
  const keyring = await openKeyring(folder, 'correct horse')
  await assert.rejects(rotateSigningKey(folder), { name: 'StartupError' })
  const { kid } = await rotateSigningKey(folder, 'correct horse')
  assert.doesNotMatch(await readFile(file(), 'utf8'), /privateJwk|P-256/)
  pass(MINUTE)
  assert.equal((await keyring.signingKeys.find(kid))?.kid, kid)
  assert.deepEqual(await readdir(folder), ['keyring.json'])
})

test('there is no rotating what is not there', async () => {
  await assert.rejects(rotateSigningKey(folder), { name: 'StartupError', message: /^There is no keyring/ })
})

test('a file that cannot be read again leaves the keys as they were, and is told of', async () => {
  const told: unknown[] = []
  const { signingKeys } = await openKeyring(folder, undefined, (error) => told.push(error))
  const { kid } = await signingKeys.current()
  const whole = await readFile(file(), 'utf8')
  for (const spoil of [() => writeFile(file(), '{'), () => chmod(file(), 0o644), () => rm(file())]) {
    await spoil()
    pass(30 * SECOND)
    assert.equal((await signingKeys.current()).kid, kid)
  }
  assert.equal(told.length, 3)
  await writeFile(file(), whole, { mode: 0o600 })
  const next = await rotateSigningKey(folder)
  pass(30 * SECOND)
  assert.deepEqual(kidsOf(await signingKeys.all()), [next.kid, kid])
})

test('operators that rotate at once all have their key', async () => {
  await openKeyring(folder)
  const rotations = await Promise.all(Array.from({ length: 6 }, () => rotateSigningKey(folder)))
  const { signingKeys } = await contents()
  assert.equal(signingKeys.length, 7)
  assert.deepEqual(new Set(kidsOf(signingKeys.slice(0, 6))), new Set(kidsOf(rotations)))
})

const keys = (...words: string[]) =>
  promisify(execFile)(process.execPath, [fileURLToPath(new URL('../../keys.ts', import.meta.url)), ...words], {
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, '..') },
  })

test('an operator rotates by a command, and is told when the key signs', async () => {
  await openKeyring(folder)
  const { stdout } = await keys('rotate-signing')
  const [, kid] = /^The new signing key (\S+) is shown from now on, and signs from 2\S+Z\.\n$/.exec(stdout) ?? []
  assert.equal((await contents()).signingKeys[0].kid, kid)
})

test('an operator who says nothing or something else is told what there is', async () => {
  for (const words of [[], ['toString'], ['rotate-all']]) {
    await assert.rejects(keys(...words), {
      code: 1,
      stderr: /^Say what to do: npm run keys -- rotate-signing \| [^\n]*\n$/,
    })
  }
})
