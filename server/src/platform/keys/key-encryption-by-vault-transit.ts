import { IntegrityError } from './envelope.ts'
import type { RemoteKeyEncryption } from './key-encryption.ts'
import type { CallKeys } from './remote-keys.ts'

export interface VaultTransitAddress {
  /** Where Vault is, such as https://vault.example:8200. */
  readonly origin: string
  readonly mount: string
  readonly keyName: string
  readonly namespace?: string
}

/** Far below Vault's limit on the size of a request, 32 MiB. */
const IN_ONE_CALL = 1_000

interface BatchResult {
  readonly plaintext?: string
  readonly ciphertext?: string
  readonly error?: string
}

/**
 * Wraps with a key that never leaves the transit engine of Vault (or OpenBao), of a type with associated data, such as
 * aes256-gcm96. Its versions are named as its ciphertexts begin: vault:v1, vault:v2 …
 * @param token asked for each call, since it may be renewed by others
 */
export function keyEncryptionByVaultTransit(
  { origin, mount, keyName, namespace }: VaultTransitAddress,
  token: () => Promise<string>,
  call: CallKeys,
): RemoteKeyEncryption {
  async function post(path: string, body: object, signal: AbortSignal): Promise<{ status: number; answer: unknown }> {
    const response = await fetch(`${origin}/v1/${mount}/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-vault-request': 'true',
        'x-vault-token': await token(),
        ...(namespace && { 'x-vault-namespace': namespace }),
      },
      body: JSON.stringify(body),
      // The token is for nobody else.
      redirect: 'error',
      signal,
    })
    const text = await response.text()
    if (!response.ok && response.status !== 400) throw new Error(`Vault answered ${response.status}.`)
    return { status: response.status, answer: text === '' ? {} : JSON.parse(text) }
  }

  /** Of a batch with one item that does not open Vault answers 400, and says of each item how it went. */
  async function batch(operation: 'encrypt' | 'decrypt', items: readonly object[]): Promise<BatchResult[]> {
    const results: BatchResult[] = []
    for (let at = 0; at < items.length; at += IN_ONE_CALL) {
      const part = items.slice(at, at + IN_ONE_CALL)
      const done = await call(async (signal) => {
        const said = await post(`${operation}/${keyName}`, { batch_input: part }, signal)
        const answered = (said.answer as { data?: { batch_results?: BatchResult[] } }).data?.batch_results
        const isWhole = answered?.length === part.length && !answered.some(({ error }) => error)
        if (isWhole && said.status !== 400) return answered
        // It was asked something it understood, and says that it does not open.
        throw operation === 'decrypt' && answered ? new IntegrityError() : new Error(`Vault answered ${said.status}.`)
      })
      results.push(...done)
    }
    return results
  }

  return {
    async wrapAll(keys) {
      const items = keys.map(({ bytes, context }) => ({
        plaintext: bytes.toString('base64'),
        associated_data: base64(context),
      }))
      return (await batch('encrypt', items)).map(({ ciphertext = '' }) => ({
        kekId: /^vault:v\d+(?=:)/.exec(ciphertext)?.[0] ?? '',
        bytes: Buffer.from(ciphertext),
      }))
    },
    async unwrapAll(keys) {
      const items = keys.map(({ wrapped, context }) => ({
        ciphertext: wrapped.bytes.toString(),
        associated_data: base64(context),
      }))
      return (await batch('decrypt', items)).map(({ plaintext = '' }) => Buffer.from(plaintext, 'base64'))
    },
    owns: (kekId) => /^vault:v\d+$/.test(kekId),
    addVersion: () =>
      call(async (signal) => {
        const { status } = await post(`keys/${keyName}/rotate`, {}, signal)
        if (status === 400) throw new Error('Vault answered 400.')
      }),
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
