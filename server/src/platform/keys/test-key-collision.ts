import { createCipheriv, randomBytes } from 'node:crypto'
import { bindingOf, type Place, type SealingKey } from './envelope.ts'

/**
 * One block of ciphertext and one tag that AES-GCM takes as genuine under either of two keys (Dodis, Grubbs, Ristenpart and
 * Woodage, “Fast Message Franking”, 2018): GHASH is linear, so that the block is found by one division in its field. Given as two
 * cells, each with the commitment of its key.
 */
export function openingUnderBoth(one: SealingKey, other: SealingKey, place: Place): [Buffer, Buffer] {
  const nonce = randomBytes(12)
  const [left, right] = [one, other].map((key) => equationOf(key, nonce, bindingOf(key, place))) as [Equation, Equation]
  const block = times(left.constant ^ right.constant, inverse(left.factor ^ right.factor))
  const tag = times(block, left.factor) ^ left.constant
  const cellOf = ({ commitment }: SealingKey) =>
    Buffer.concat([Buffer.from([2]), nonce, commitment, bytesOf(block), bytesOf(tag)])
  return [cellOf(one), cellOf(other)]
}

/** tag = block · factor + constant */
interface Equation {
  readonly factor: bigint
  readonly constant: bigint
}

function equationOf({ bytes }: SealingKey, nonce: Buffer, aad: Buffer): Equation {
  const encrypt = (block: Buffer) => {
    const cipher = createCipheriv('aes-256-ecb', bytes, null).setAutoPadding(false)
    return numberOf(Buffer.concat([cipher.update(block), cipher.final()]))
  }
  const h = encrypt(Buffer.alloc(16))
  const padded = Buffer.concat([aad, Buffer.alloc((16 - (aad.length % 16)) % 16)])
  const lengths = (BigInt(aad.length * 8) << 64n) | 128n
  let hash = 0n
  for (let at = 0; at < padded.length; at += 16) hash = times(hash ^ numberOf(padded.subarray(at, at + 16)), h)
  const mask = encrypt(Buffer.concat([nonce, Buffer.from([0, 0, 0, 1])]))
  return { factor: times(h, h), constant: times(times(hash, h) ^ lengths, h) ^ mask }
}

/** In the field of GCM (NIST SP 800-38D, 6.3), whose first bit is the least. */
function times(x: bigint, y: bigint): bigint {
  let product = 0n
  for (let bit = 127n, power = y; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) product ^= power
    power = power & 1n ? (power >> 1n) ^ (0xe1n << 120n) : power >> 1n
  }
  return product
}

/** x to the power of 2¹²⁸ − 2. */
function inverse(x: bigint): bigint {
  let result = 1n << 127n
  for (let square = times(x, x), bit = 1; bit < 128; bit++, square = times(square, square))
    result = times(result, square)
  return result
}

function numberOf(block: Buffer): bigint {
  return BigInt(`0x${block.toString('hex')}`)
}

function bytesOf(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(32, '0'), 'hex')
}
