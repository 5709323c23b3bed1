import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Mood } from './kms-server.ts'

export interface VaultServer extends AsyncDisposable {
  /** Host and port. */
  readonly host: string
  token: string
  mood: Mood
  readonly asked: { readonly path: string; readonly namespace: string | undefined; readonly items: number }[]
  /** Of the key, the first being 1. */
  versions(): number
}

interface Item {
  readonly plaintext?: string
  readonly ciphertext?: string
  readonly associated_data?: string
}

/** The transit engine of Vault as far as Petra speaks to it, with one key `transit/petra`: it takes its token, and batches. */
export async function openVaultServer(): Promise<VaultServer> {
  const versions = [randomBytes(32)]

  function encrypt({ plaintext = '', associated_data = '' }: Item) {
    const nonce = randomBytes(12)
    const key = versions.at(-1) as Buffer
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(associated_data, 'base64'))
    const sealed = Buffer.concat([nonce, cipher.update(plaintext, 'base64'), cipher.final(), cipher.getAuthTag()])
    return { ciphertext: `vault:v${versions.length}:${sealed.toString('base64')}`, key_version: versions.length }
  }

  function decrypt({ ciphertext = '', associated_data = '' }: Item) {
    const [, version = 0, text = ''] = /^vault:v(\d+):(.*)$/.exec(ciphertext) ?? []
    const key = versions[Number(version) - 1]
    const sealed = Buffer.from(text, 'base64')
    try {
      if (!key) throw new Error('no such version')
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
      decipher.setAAD(Buffer.from(associated_data, 'base64')).setAuthTag(sealed.subarray(-16))
      const plain = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
      return { plaintext: plain.toString('base64') }
    } catch {
      return { error: 'cipher: message authentication failed' }
    }
  }

  function perform(path: string, items: readonly Item[]): { status: number; body: object } {
    if (path === '/v1/transit/keys/petra/rotate') {
      versions.push(randomBytes(32))
      return { status: 200, body: {} }
    }
    const work: ((item: Item) => object) | undefined = {
      '/v1/transit/encrypt/petra': encrypt,
      '/v1/transit/decrypt/petra': decrypt,
    }[path]
    if (!work) return { status: 404, body: { errors: [] } }
    const batch_results = items.map(work)
    const failed = batch_results.some((result) => 'error' in result)
    return { status: failed ? 400 : 200, body: { data: { batch_results } } }
  }

  const server = createServer(async (request, response) => {
    const { mood } = opened
    if (mood === 'gone') return request.destroy()
    if (mood === 'silent') return
    const text = Buffer.concat(await Array.fromAsync(request)).toString()
    let { status, body }: { status: number; body: object } = { status: 403, body: { errors: ['permission denied'] } }
    const path = String(request.url)
    if (typeof mood === 'number') status = mood
    else if (request.method === 'POST' && request.headers['x-vault-token'] === opened.token) {
      const items: Item[] = JSON.parse(text).batch_input ?? []
      opened.asked.push({ path, namespace: request.headers['x-vault-namespace']?.toString(), items: items.length })
      ;({ status, body } = perform(path, items))
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  const opened: VaultServer = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'hvs.example',
    mood: 'well',
    asked: [],
    versions: () => versions.length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
  return opened
}
