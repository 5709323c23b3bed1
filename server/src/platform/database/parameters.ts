import pg from 'pg'
import { prepareValue } from 'pg/lib/utils.js'

/** A parameter as it is sent: a text, bytes in PostgreSQL's binary format, or null. */
export type Sent = string | Buffer | null

/** How a parameter is sent. */
export type SendAs = (value: unknown) => Sent

/** As a text, whatever it is: that is how a parameter is sent whose type is not known. */
export const asText: SendAs = (value) => prepareValue(value)

/**
 * How a parameter of a type is sent. Arrays of what there is most of go in the binary format: in a text, PostgreSQL has to find their elements,
 * and to read each of them. What does not look as its type is written goes as a text all the same, and PostgreSQL says what is wrong with it.
 */
export function sendAs(oid: number): SendAs {
  const element = elements.get(oid)
  if (!element) return asText
  return (value) => (Array.isArray(value) ? binaryArray(element, value) : undefined) ?? asText(value)
}

interface Element {
  readonly oid: number
  /** How many bytes it takes at the most, of what may be anything. */
  readonly most: (value: unknown) => number
  /** Writes it. @returns where it ends; `UNFIT` when it is to be a text */
  readonly write: (bytes: Buffer, at: number, value: unknown) => number
}

const UNFIT = -1

/** How many dimensions, whether there may be nulls, the elements' type, and of the one dimension how long it is and where it starts. */
const HEADER_BYTES = 20
/** An element stands behind its length, which is -1 for a null. */
const LENGTH_BYTES = 4
const UUID_BYTES = 16
/** Of a UTF-16 code unit in UTF-8. */
const LONGEST_CHARACTER = 3

function binaryArray({ oid, most, write }: Element, values: readonly unknown[]): Buffer | undefined {
  let room = HEADER_BYTES + values.length * LENGTH_BYTES
  for (const value of values) if (value !== null && value !== undefined) room += most(value)
  const bytes = Buffer.allocUnsafe(room)
  let at = writeHeader(bytes, oid, values.length)
  for (const value of values) {
    const start = at + LENGTH_BYTES
    if (value === null || value === undefined) {
      bytes.writeInt32BE(-1, at)
      at = start
      continue
    }
    const end = write(bytes, start, value)
    if (end === UNFIT) return undefined
    bytes.writeInt32BE(end - start, at)
    at = end
  }
  return bytes.subarray(0, at)
}

function writeHeader(bytes: Buffer, oid: number, length: number): number {
  bytes.writeInt32BE(1, 0)
  bytes.writeInt32BE(1, 4)
  bytes.writeInt32BE(oid, 8)
  bytes.writeInt32BE(length, 12)
  return bytes.writeInt32BE(1, 16)
}

/** Of each hexadecimal digit its value, of all else -1. */
const NIBBLES = new Int8Array(256).fill(-1)
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  NIBBLES[digit.charCodeAt(0)] = value
  NIBBLES[digit.toUpperCase().charCodeAt(0)] = value
}

const UUID_LENGTH = 36
/** Where in a UUID each two of its digits are. */
const PAIRS = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34)
const DASHES = [8, 13, 18, 23]
const CODE_DASH = '-'.charCodeAt(0)
const written = Buffer.alloc(UUID_LENGTH * LONGEST_CHARACTER)

/** Read from bytes, which is sooner done than from a text. */
function writeUuid(bytes: Buffer, at: number, value: unknown): number {
  if (typeof value !== 'string' || value.length !== UUID_LENGTH) return UNFIT
  if (written.write(value) !== UUID_LENGTH) return UNFIT
  if (!DASHES.every((dash) => written[dash] === CODE_DASH)) return UNFIT
  let all = 0
  for (let index = 0; index < UUID_BYTES; index++) {
    const pair = PAIRS[index] as number
    const byte = ((NIBBLES[written[pair] as number] as number) << 4) | (NIBBLES[written[pair + 1] as number] as number)
    all |= byte
    bytes[at + index] = byte
  }
  return all < 0 ? UNFIT : at + UUID_BYTES
}

/** Bytes, or their hexadecimal digits behind `\x`. */
function writeBytes(bytes: Buffer, at: number, value: unknown): number {
  if (Buffer.isBuffer(value)) return at + value.copy(bytes, at)
  if (typeof value !== 'string' || !/^\\x(?:[\da-f]{2})*$/i.test(value)) return UNFIT
  return at + bytes.write(value.slice(2), at, 'hex')
}

function writeText(bytes: Buffer, at: number, value: unknown): number {
  return typeof value === 'string' ? at + bytes.write(value, at) : UNFIT
}

function writeInteger(bytes: Buffer, at: number, value: unknown): number {
  return Number.isInteger(value) && value === (value as number) >> 0 ? bytes.writeInt32BE(value, at) : UNFIT
}

function writeBigInteger(bytes: Buffer, at: number, value: unknown): number {
  return Number.isSafeInteger(value) ? bytes.writeBigInt64BE(BigInt(value as number), at) : UNFIT
}

function writeBoolean(bytes: Buffer, at: number, value: unknown): number {
  return typeof value === 'boolean' ? bytes.writeUInt8(Number(value), at) : UNFIT
}

const bytesOf = (count: number) => () => count
const lengthOf = (value: unknown) => (typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 0)
const { builtins } = pg.types

/** By the type of the array, which pg has no names for. */
const elements = new Map<number, Element>([
  [2951, { oid: builtins.UUID, most: bytesOf(UUID_BYTES), write: writeUuid }],
  [1009, { oid: builtins.TEXT, most: (value) => lengthOf(value) * LONGEST_CHARACTER, write: writeText }],
  [1001, { oid: builtins.BYTEA, most: lengthOf, write: writeBytes }],
  [1007, { oid: builtins.INT4, most: bytesOf(4), write: writeInteger }],
  [1016, { oid: builtins.INT8, most: bytesOf(8), write: writeBigInteger }],
  [1000, { oid: builtins.BOOL, most: bytesOf(1), write: writeBoolean }],
])
