import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

const folder = await mkdtemp(join(tmpdir(), 'petra-audit-'))
const key = join(folder, 'public-key.pem')
const noKey = join(folder, 'events.ndjson')

describe('npm run audit', () => {
  before(async () => {
    await writeFile(key, generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }))
    await writeFile(noKey, '')
  })
  after(() => rm(folder, { recursive: true }))

  it('says in one line what it cannot use', () => {
    const missing = join(folder, 'none')
    assert.deepEqual(audit('verify', '--export', missing), {
      status: 1,
      stdout: '',
      stderr: `Petra cannot use ${join(missing, 'public-key.pem')}: it is not there.\n`,
    })
    assert.deepEqual(audit('verify', '--export', folder, '--key', noKey), {
      status: 1,
      stdout: '',
      stderr: `${noKey} is not the public key of a trail.\n`,
    })
  })

  it('verifies nothing while it does not understand what', () => {
    for (const words of [
      ['verify', folder],
      ['verify', '--key', key],
      ['verify', '--export', folder, '--from', '2027-03-15T13:00:00Z'],
      ['export'],
      ['export', folder, folder],
      ['export', folder, '--key', key],
    ]) {
      const { status, stdout, stderr } = audit(...words)
      assert.deepEqual([status, stdout, stderr.split('\n')[0]], [1, '', 'Say what to do:'], words.join(' '))
    }
  })

  it('says of an export that somebody has written into that it does not hold', async () => {
    const lines = ['{', 'null', '{"event":{"xid":"x"}}', '{"number":1,"note":"","entries":5}']
    for (const line of lines) {
      await writeFile(join(folder, 'checkpoints.ndjson'), `${line}\n`)
      const { status, stdout, stderr } = audit('verify', '--export', folder)
      assert.deepEqual([status, stderr], [1, ''], line)
      assert.match(stdout, /^The trail does not hold, from event unknown on\. The export has a line/, line)
    }
  })
})

function audit(...words: string[]) {
  const env = { ...process.env, DATA_DIR: join(folder, 'data') }
  const script = join(import.meta.dirname, 'audit.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { env, encoding: 'utf8' })
  return { status, stdout, stderr }
}
