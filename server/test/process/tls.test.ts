import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { cloneDatabase } from '../clone-database.ts'
import { attemptPetra, type Petra, startPetra } from './start-petra.ts'

describe('a process with a certificate', () => {
  let folder: string
  let petra: Petra
  let env: Record<string, string>
  before(async () => {
    folder = await mkdtemp(join(process.env.TEST_FOLDER as string, 'tls-'))
    for (const name of ['first', 'second']) await makeCertificate(name)
    await use('first')
    const { databaseUrl } = await cloneDatabase()
    env = {
      DATABASE_URL: databaseUrl,
      NODE_ENV: 'production',
      RATE_LIMIT: 'on',
      KEYRING_PASSPHRASE: 'correct horse',
      TLS_CERT_FILE: join(folder, 'cert.pem'),
      TLS_KEY_FILE: join(folder, 'key.pem'),
    }
    petra = await startPetra(env)
  })
  after(() => petra?.[Symbol.asyncDispose]())

  it('serves HTTPS in production, and tells browsers to stay with it', async () => {
    assert.match(petra.url, /^https:/)
    const agent = new Agent({ ca: await readFile(join(folder, 'first.cert')) })
    const [{ statusCode, headers }] = await once(request(`${petra.url}/health/ready`, { agent }).end(), 'response')
    assert.equal(statusCode, 200)
    assert.match(headers['strict-transport-security'], /max-age=31536000/)
  })

  it('speaks TLS 1.2 and 1.3, and nothing older', async () => {
    assert.equal((await handshake({ maxVersion: 'TLSv1.2' })).protocol, 'TLSv1.2')
    assert.equal((await handshake({})).protocol, 'TLSv1.3')
    const old: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
    await assert.rejects(handshake(old), { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' })
  })

  it('takes a renewed certificate at SIGHUP, keeps it when the next is no good, and lets connections be', async () => {
    const open = connect({ ...address(), rejectUnauthorized: false })
    await once(open, 'secureConnect')
    await use('second')
    assert.equal((await handshake({})).name, 'first', 'not before it is told')
    process.kill(petra.pid, 'SIGHUP')
    while ((await handshake({})).name !== 'second') await wait(20)
    assert.equal((await handshake({ maxVersion: 'TLSv1.2' })).protocol, 'TLSv1.2')
    await copyFile(join(folder, 'first.key'), env.TLS_KEY_FILE as string)
    process.kill(petra.pid, 'SIGHUP')
    while (!petra.stdout().includes('the certificate stays as it was')) await wait(20)
    assert.equal((await handshake({})).name, 'second')
    assert.equal(open.destroyed, false)
    open.destroy()
  })

  it('does not start with files that are missing, broken, or not a pair', async () => {
    await copyFile(join(folder, 'first.key'), join(folder, 'other.pem'))
    await writeFile(join(folder, 'broken.pem'), 'not a key')
    const bad: [string, string, RegExp][] = [
      ['second.cert', 'missing.pem', /^TLS_KEY_FILE cannot be read from .*missing\.pem: no such file\.\n$/],
      ['second.cert', 'other.pem', /^TLS_CERT_FILE and TLS_KEY_FILE are not a pair: key values mismatch\.\n$/],
      ['broken.pem', 'second.key', /^TLS_CERT_FILE and TLS_KEY_FILE are not a pair: no start line\.\n$/],
    ]
    for (const [cert, key, message] of bad) {
      const { code, stderr } = await attemptPetra({
        ...env,
        DATA_DIR: petra.dataDir,
        TLS_CERT_FILE: join(folder, cert),
        TLS_KEY_FILE: join(folder, key),
      })
      assert.match(stderr, message)
      assert.equal(code, 1)
    }
  })

  async function makeCertificate(name: string): Promise<void> {
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const files = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.cert`)]
    await promisify(execFile)('openssl', [
      ...args,
      '-subj',
      `/CN=${name}`,
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      ...files,
    ])
  }

  /** As a renewal does: the key and the certificate are replaced, the process is told afterwards. */
  async function use(name: string): Promise<void> {
    await copyFile(join(folder, `${name}.cert`), join(folder, 'cert.pem'))
    await copyFile(join(folder, `${name}.key`), join(folder, 'key.pem'))
  }

  function address() {
    return { host: '127.0.0.1', port: Number(new URL(petra.url).port) }
  }

  async function handshake(options: ConnectionOptions): Promise<{ protocol: string | null; name: unknown }> {
    const socket: TLSSocket = connect({ ...address(), rejectUnauthorized: false, ...options })
    await once(socket, 'secureConnect')
    const seen = { protocol: socket.getProtocol(), name: socket.getPeerCertificate().subject.CN }
    socket.destroy()
    return seen
  }
})
