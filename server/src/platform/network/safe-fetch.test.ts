import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { isPublicAddress } from './public-address.ts'
import { type Reach, requireSafeUrl, safeFetch, UrlRefused } from './safe-fetch.ts'

const publicOnly: Reach = { httpsOnly: false, allow: [] }
const loopback: Reach = { httpsOnly: false, allow: ['127.0.0.0/8'] }
const ping = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}', timeoutMs: 2_000 } as const

const inside = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.7',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::10.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:7f00:1',
  '::ffff:0:127.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:0:53aa:64c:0:0:f5ff:fffe',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:808:808::1',
  '3fff::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
]
const outside = [
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.0.1.1',
  '198.20.0.1',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00:1450:4001::1',
  '::ffff:8.8.8.8',
]

test('tells public addresses from all others by their number', () => {
  assert.deepEqual(inside.filter(isPublicAddress), [])
  assert.deepEqual(
    outside.filter((address) => !isPublicAddress(address)),
    [],
  )
})

const hostile = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://0x7f.1/',
  'http://１２７.０.０.１/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[fe80::1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.100.100.200/',
  'http://0/',
  'https://user:secret@8.8.8.8/',
  'https://user@8.8.8.8/',
  'ftp://8.8.8.8/',
  'file:///etc/passwd',
  'gopher://8.8.8.8/',
  'data:text/plain,hello',
  'javascript:alert(1)',
  'unix:/var/run/docker.sock',
  'https://8.8.8.8:22/',
  'https://8.8.8.8:25/',
  'https://8.8.8.8:6667/',
  'https://8.8.8.8:0/',
  'https://8.8.8.8:65536/',
  '//8.8.8.8/',
  'https://',
  'https:///',
  'not a url',
  '',
]

test('refuses hostile URLs before anything is sent', async () => {
  for (const url of hostile) {
    await assert.rejects(requireSafeUrl(url, publicOnly), UrlRefused, url)
    await assert.rejects(safeFetch(url, ping, publicOnly), UrlRefused, url)
  }
  for (const url of ['https://8.8.8.8/', 'https://[2606:4700::1111]:8443/a?b=c', 'http://1.1.1.1:8080/'])
    await requireSafeUrl(url, publicOnly)
  await assert.rejects(requireSafeUrl('http://8.8.8.8/', { ...publicOnly, httpsOnly: true }), UrlRefused)
})

test('quotes nothing of a URL that it refuses', async () => {
  const error = await requireSafeUrl('https://user:hunter2@8.8.8.8/token', publicOnly).catch((error) => error)
  assert.doesNotMatch(String(error.stack), /hunter2|8\.8\.8\.8|token/)
})

test('judges every address of a name, and one that is not public is enough', async () => {
  const resolving = (addresses: string[]) => ({ ...publicOnly, resolve: async () => addresses })
  await requireSafeUrl('https://example.test/', resolving(['8.8.8.8', '2606:4700::1111']))
  for (const address of inside) {
    await assert.rejects(requireSafeUrl('https://example.test/', resolving([address])), UrlRefused, address)
    await assert.rejects(requireSafeUrl('https://example.test/', resolving(['8.8.8.8', address])), UrlRefused, address)
  }
  await assert.rejects(requireSafeUrl('https://example.test/', resolving([])), UrlRefused)
  await assert.rejects(requireSafeUrl('https://example.test/', resolving(['example.com'])), UrlRefused)
})

test('sends nothing when a name leads elsewhere than it did', async (t) => {
  const { url, hits } = await openPeer(t, (response) => response.end())
  const at = new URL(url)
  const answers = [['8.8.8.8'], ['127.0.0.1']]
  const reach = { ...publicOnly, resolve: async () => answers.shift() ?? ['127.0.0.1'] }
  at.hostname = 'rebinding.test'
  await requireSafeUrl(at.href, reach)
  await assert.rejects(safeFetch(at.href, ping, reach), UrlRefused)
  assert.equal(hits.length, 0)
})

test('connects to the address that was judged, without asking again', async (t) => {
  const { url, hits } = await openPeer(t, (response) => response.end())
  const at = new URL(url)
  at.hostname = 'pinned.test'
  let asked = 0
  const resolve = async () => (asked++ === 0 ? ['127.0.0.1'] : ['127.0.0.99'])
  assert.equal((await safeFetch(at.href, ping, { ...loopback, resolve })).status, 200)
  assert.deepEqual([asked, hits.length, hits[0]], [1, 1, at.host])
})

test('follows no redirect', async (t) => {
  const elsewhere = await openPeer(t, (response) => response.end())
  const { url } = await openPeer(t, (response) => response.writeHead(302, { location: elsewhere.url }).end())
  const { status, headers } = await safeFetch(url, ping, loopback)
  assert.deepEqual([status, headers.location], [302, elsewhere.url])
  assert.equal(elsewhere.hits.length, 0)
})

test('gives up on a look-up, an answer or a trickle that takes too long', async (t) => {
  const silent = await openPeer(t, () => {})
  const trickling = await openPeer(t, (response) => {
    const timer = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(timer))
  })
  const hung = { ...loopback, resolve: () => new Promise<string[]>(() => {}) }
  const short = { ...ping, timeoutMs: 300 }
  const startedAt = performance.now()
  await Promise.all([
    assert.rejects(safeFetch(silent.url, short, loopback), { name: /AbortError|TimeoutError/ }),
    assert.rejects(safeFetch(trickling.url, short, loopback), { name: /AbortError|TimeoutError/ }),
    assert.rejects(safeFetch('http://hung.test/', short, hung), UrlRefused),
    assert.rejects(requireSafeUrl('http://hung.test/', hung), UrlRefused),
  ])
  assert.ok(performance.now() - startedAt < 8_000)
})

test('reads so much of an answer and no more, and tells a broken one from a whole one', async (t) => {
  let sent = 0
  const endless = await openPeer(t, (response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384
    }
    response.on('drain', more)
    more()
  })
  assert.equal((await safeFetch(endless.url, ping, loopback)).status, 200)
  assert.ok(sent < 16 * 1024 * 1024, `${sent} bytes`)
  const broken = await openPeer(t, (response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half')
    setTimeout(() => response.destroy(), 20)
  })
  await assert.rejects(safeFetch(broken.url, ping, loopback), { code: 'ECONNRESET' })
})

test('checks the certificate against the name, not the address', async (t) => {
  const folder = await mkdtemp(join(process.env.TEST_FOLDER as string, 'safe-fetch-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=hooks.test', '-addext', 'subjectAltName=DNS:hooks.test']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  await promisify(execFile)('openssl', ['req', '-x509', ...curve, '-nodes', '-keyout', key, '-out', cert, ...subject])
  const certificate = await readFile(cert, 'utf8')
  const names: unknown[] = []
  const server = createTlsServer({ key: await readFile(key), cert: certificate }, (request, response) => {
    names.push((request.socket as TLSSocket & { servername?: string }).servername)
    response.end()
  })
  const { port } = await listen(t, server)
  const before = getCACertificates()
  setDefaultCACertificates([...before, certificate])
  t.after(() => setDefaultCACertificates(before))
  const reach = { httpsOnly: true, allow: ['127.0.0.1'], resolve: async () => ['127.0.0.1'] }
  assert.equal((await safeFetch(`https://hooks.test:${port}/`, ping, reach)).status, 200)
  await assert.rejects(safeFetch(`https://other.test:${port}/`, ping, reach), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  assert.deepEqual(names, ['hooks.test'])
})

/** A server of others on loopback; `hits` are the Host fields it was asked with. */
async function openPeer(t: TestContext, answer: (response: ServerResponse) => void) {
  const hits: (string | undefined)[] = []
  const server = createServer((request, response) => {
    hits.push(request.headers.host)
    request.resume()
    response.on('error', () => {})
    answer(response)
  })
  const { port } = await listen(t, server)
  return { url: `http://127.0.0.1:${port}/`, hits }
}

async function listen(t: TestContext, server: Server): Promise<AddressInfo> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return server.address() as AddressInfo
}
