import { createHash, createPublicKey, verify } from 'node:crypto'

/** What `GET /audit-events/{id}/proof` answers, as far as a proof goes. */
export interface Proof {
  readonly event: string
  readonly index: number
  readonly size: number
  readonly hashes: readonly string[]
  readonly note: string
}

/**
 * Whether an event is in the trail that a note is signed over. It knows RFC 6962, C2SP's signed notes and nothing of Petra:
 * whoever doubts Petra writes this anew.
 */
export function includes({ event, index, size, hashes, note }: Proof, publicKeyPem: string): boolean {
  const [text = '', signatures = ''] = note.split(/(?<=\n)\n/)
  const signature = Buffer.from(signatures.trim().split(' ')[2] ?? '', 'base64').subarray(4)
  if (!verify(null, Buffer.from(text), createPublicKey(publicKeyPem), signature)) return false
  const [, signedSize, signedRoot] = text.split('\n')
  if (Number(signedSize) !== size) return false

  let hash = sha256(Buffer.of(0), Buffer.from(event))
  let at = index
  let last = size - 1
  for (const other of hashes.map((text) => Buffer.from(text, 'base64'))) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = sha256(Buffer.of(1), other, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [at >> 1, last >> 1]
    } else {
      hash = sha256(Buffer.of(1), hash, other)
    }
    at >>= 1
    last >>= 1
  }
  return last === 0 && hash.toString('base64') === signedRoot
}

function sha256(...parts: Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}
