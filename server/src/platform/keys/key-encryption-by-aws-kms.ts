import type { KMSClient } from '@aws-sdk/client-kms'
import { IntegrityError } from './envelope.ts'
import type { RemoteKeyEncryption } from './key-encryption.ts'
import type { CallKeys } from './remote-keys.ts'

export interface AwsKmsAddress {
  readonly region: string
  /** An id, an ARN, or `alias/…`. */
  readonly keyId: string
  readonly endpoint?: string
}

/** Far below what AWS allows an account in a second. */
const AT_ONCE = 50

/**
 * Wraps with a key that never leaves AWS KMS, with credentials as every AWS program finds them. The name of a key-encryption key is
 * the ARN that KMS gives: where an alias is turned to another key, the one before goes on wrapping and opening until a rotation.
 */
export async function keyEncryptionByAwsKms(
  { region, keyId, endpoint }: AwsKmsAddress,
  call: CallKeys,
): Promise<RemoteKeyEncryption> {
  // Loaded here, for it takes 40 MB and 200 ms that nobody else should pay.
  const { DecryptCommand, EncryptCommand, KMSClient } = await import('@aws-sdk/client-kms')
  const client: KMSClient = new KMSClient({ region, ...(endpoint && { endpoint }), maxAttempts: 2 })
  return {
    wrapAll: (keys, kekId = keyId) =>
      fewAtOnce(keys, ({ bytes, context }) =>
        call(async (abortSignal) => {
          const command = new EncryptCommand({ KeyId: kekId, Plaintext: bytes, EncryptionContext: { petra: context } })
          const { KeyId, CiphertextBlob } = await client.send(command, { abortSignal })
          if (!KeyId || !CiphertextBlob) throw new Error('AWS KMS answered without a ciphertext.')
          return { kekId: KeyId, bytes: Buffer.from(CiphertextBlob) }
        }),
      ),
    unwrapAll: (keys) =>
      fewAtOnce(keys, ({ wrapped, context }) =>
        call(async (abortSignal) => {
          const command = new DecryptCommand({
            KeyId: wrapped.kekId,
            CiphertextBlob: wrapped.bytes,
            EncryptionContext: { petra: context },
          })
          const { Plaintext } = await client.send(command, { abortSignal }).catch(notIntact)
          if (!Plaintext) throw new Error('AWS KMS answered without a plaintext.')
          return Buffer.from(Plaintext)
        }),
      ),
    owns: () => false,
  }
}

function notIntact(error: Error): never {
  throw ['InvalidCiphertextException', 'IncorrectKeyException'].includes(error.name) ? new IntegrityError() : error
}

async function fewAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let at = 0; at < items.length; at += AT_ONCE)
    done.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))))
  return done
}
