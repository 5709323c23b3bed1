import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, it, mock } from 'node:test'
import { decodeProtectedHeader } from 'jose'
import { addAccount } from '../../../test/world.ts'
import { openKeyring } from '../../platform/keys/keyring.ts'
import { rotateSigningKey } from '../../platform/keys/rotate-signing-key.ts'
import { signAccessToken } from './access-token.ts'
import { openProcesses, type Processes } from './test-processes.ts'

let processes: Processes
before(async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() })
  processes = await openProcesses()
})
after(async () => {
  await processes[Symbol.asyncDispose]()
  mock.timers.reset()
})

it('running processes take a new signing key, and old tokens stay good to their end', async () => {
  const { house, urls, newSession, refresh, asked } = processes
  const { config } = house.context
  const maya = await addAccount(house, 'Maya')
  const old = await newSession(maya)
  const folder = join(config.dataDir, 'keys')
  const { kid } = await rotateSigningKey(folder)

  // By a process that is ahead of the others: its clock, or the others' view of the file.
  const ahead = await openKeyring(folder)
  const first = (await ahead.signingKeys.all())[0]
  const eager = { ...ahead, signingKeys: { ...ahead.signingKeys, current: async () => first as never } }
  const { sid } = JSON.parse(Buffer.from(old.accessToken.split('.')[1] as string, 'base64url').toString())
  const early = await signAccessToken(eager, config.publicUrl, maya, sid)
  assert.equal(decodeProtectedHeader(early).kid, kid)
  for (const url of urls) assert.equal(await asked(url, early), 200, 'verified at once')

  mock.timers.setTime(Date.now() + 30_000)
  for (const url of urls) {
    const { keys } = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
    assert.deepEqual(new Set(keys.map((key) => key.kid)), new Set([kid, decodeProtectedHeader(old.accessToken).kid]))
  }
  const before = await refresh(urls[1], old.refreshToken)
  assert.notEqual(decodeProtectedHeader(before.pair.accessToken).kid, kid, 'shown before it signs')

  mock.timers.setTime(Date.now() + 5 * 60_000)
  const after = await refresh(urls[2], before.pair.refreshToken)
  assert.equal(decodeProtectedHeader(after.pair.accessToken).kid, kid)
  for (const url of urls) {
    for (const { accessToken } of [old, before.pair, after.pair]) assert.equal(await asked(url, accessToken), 200)
  }
  mock.timers.setTime(Date.now() + 10 * 60_000)
  for (const url of urls) {
    assert.equal(await asked(url, old.accessToken), 401)
    assert.equal(await asked(url, after.pair.accessToken), 200)
  }
})
