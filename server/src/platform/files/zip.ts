import { crc32 } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

interface Written {
  readonly name: Buffer
  readonly offset: number
  readonly bytes: number
  readonly sum: number
}

/** Says that sizes and checksum follow the content, and that names are UTF-8. */
const FLAGS = 0x0808
const VERSION = 45
const FULL_32 = 0xffff_ffff

/**
 * An archive of files as they are, each read when its turn has come (PKWARE's APPNOTE 6.3, ZIP64 where it has over 4 GiB).
 * @param at when they are said to have been made
 * @param most what 32 bits hold: from there on 64 are used
 */
export async function* zip(
  entries: AsyncIterable<ZipEntry>,
  at: Temporal.PlainDateTime,
  most = FULL_32,
): AsyncGenerator<Uint8Array> {
  const time = (at.hour << 11) | (at.minute << 5) | (at.second >> 1)
  const day = ((at.year - 1980) << 9) | (at.month << 5) | at.day
  const written: Written[] = []
  let offset = 0
  for await (const entry of entries) {
    const name = Buffer.from(entry.name.toWellFormed())
    const head = fields(0x04034b50, [VERSION, FLAGS, 0, time, day], [0, 0, 0], [name.length, 0])
    yield Buffer.concat([head, name])
    let bytes = 0
    let sum = 0
    for await (const piece of entry.content) {
      bytes += piece.length
      sum = crc32(piece, sum)
      yield piece
    }
    const foot = fields(0x08074b50, [], [sum, bytes, bytes])
    yield foot
    written.push({ name, offset, bytes, sum })
    offset += head.length + name.length + bytes + foot.length
  }

  const directory = Buffer.concat(
    written.map(({ name, offset, bytes, sum }) => {
      const isFar = offset >= most
      const far = isFar ? Buffer.concat([fields(null, [1, 8]), long(offset)]) : Buffer.alloc(0)
      const made = fields(0x02014b50, [VERSION, VERSION, FLAGS, 0, time, day], [sum, bytes, bytes])
      const place = fields(null, [name.length, far.length, 0, 0, 0], [0, isFar ? FULL_32 : offset])
      return Buffer.concat([made, place, name, far])
    }),
  )
  yield directory
  const count = written.length
  const isLarge = offset + directory.length >= most || count >= 0xffff
  if (isLarge) {
    const counts = [long(count), long(count), long(directory.length), long(offset)]
    yield Buffer.concat([fields(0x06064b50, []), long(44), fields(null, [VERSION, VERSION], [0, 0]), ...counts])
    yield Buffer.concat([fields(0x07064b50, [], [0]), long(offset + directory.length), fields(null, [], [1])])
  }
  const [counted, length, start] = isLarge ? [0xffff, FULL_32, FULL_32] : [count, directory.length, offset]
  yield fields(0x06054b50, [0, 0, counted, counted], [length, start], [0])
}

/** A signature, where there is one, then numbers of 2 bytes, of 4, and of 2 again, the least byte first. */
function fields(signature: number | null, shorts: number[], longs: number[] = [], more: number[] = []): Buffer {
  const bytes = Buffer.alloc((signature === null ? 0 : 4) + 2 * shorts.length + 4 * longs.length + 2 * more.length)
  let at = signature === null ? 0 : bytes.writeUInt32LE(signature)
  for (const value of shorts) at = bytes.writeUInt16LE(value, at)
  for (const value of longs) at = bytes.writeUInt32LE(value, at)
  for (const value of more) at = bytes.writeUInt16LE(value, at)
  return bytes
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
