import { hash } from 'node:crypto'
import type { EventKind } from '../../platform/events/event-kinds.ts'

/** What a checkpoint keeps of each event: enough to name one that is gone, and to prove the others without it. */
export interface Entry {
  readonly kind: string
  readonly id: string
  readonly leaf: Buffer
}

export const ENTRY_BYTES = 49
export const LEAF_AT = 17

const letters: Readonly<Record<string, EventKind>> = { a: 'access', c: 'company', r: 'record', t: 'trail' }

/** 49 bytes each: the first letter of the kind, the id, the leaf. */
export function packEntries(entries: readonly Entry[]): Buffer {
  const bytes = Buffer.allocUnsafe(entries.length * ENTRY_BYTES)
  for (const [index, { kind, id, leaf }] of entries.entries()) {
    const at = index * ENTRY_BYTES
    bytes.write(kind.charAt(0), at, 'latin1')
    bytes.write(id.replaceAll('-', ''), at + 1, 'hex')
    leaf.copy(bytes, at + LEAF_AT)
  }
  return bytes
}

export function unpackEntries(bytes: Buffer): Entry[] {
  return Array.from({ length: Math.floor(bytes.length / ENTRY_BYTES) }, (_, index) => {
    const at = index * ENTRY_BYTES
    const hex = bytes.toString('hex', at + 1, at + LEAF_AT)
    return {
      kind: letters[bytes.toString('latin1', at, at + 1)] ?? 'unknown',
      id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
      leaf: bytes.subarray(at + LEAF_AT, at + ENTRY_BYTES),
    }
  })
}

export function hashOfEntries(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer')
}
