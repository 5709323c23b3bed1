import type { Keyring } from './keyring.ts'

export type IndexedField = 'email' | 'phone' | 'address'

/**
 * What a sealed field is found by: HMAC-SHA-256 of the normalised value, 32 bytes.
 * One key serves all subjects, so that equal values meet; the field is part of the input, so that fields do not.
 */
export function blindIndex(keyring: Keyring, field: IndexedField, value: string): Buffer {
  return keyring.hmac('blind-index', `${field}:${normalize[field](value)}`)
}

const normalize: Record<IndexedField, (value: string) => string> = {
  email: (value) => folded(value),
  phone: (value) => `+${value.normalize('NFKC').replace(/\D/g, '')}`,
  address: (value) => folded(value).replace(/\s+/g, ' '),
}

/** NFKC once more after lower-casing, which can undo it. */
function folded(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase().normalize('NFKC')
}
