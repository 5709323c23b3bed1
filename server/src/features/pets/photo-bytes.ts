export type PhotoType = 'image/jpeg' | 'image/png' | 'image/webp'

/** What a file is by its first bytes, whatever it is called. */
export function photoTypeOf(bytes: Buffer): PhotoType | null {
  if (bytes.subarray(0, 3).equals(JPEG)) return 'image/jpeg'
  if (bytes.subarray(0, 8).equals(PNG)) return 'image/png'
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp'
  return null
}

/** Whether the file is a photo from its first byte to its last, and nothing else that some program would open. */
export function isWholePhoto(bytes: Buffer, type: PhotoType): boolean {
  const end = endOf[type](bytes)
  return end !== null && isHarmless(bytes, end, type) && !looksLikeAnother(bytes)
}

const JPEG = Buffer.from([0xff, 0xd8, 0xff])
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Where programs look for what makes a file theirs. */
const EDGE = 65_536 + 22

/** Where the picture ends; null where it is cut short. */
const endOf: Record<PhotoType, (bytes: Buffer) => number | null> = {
  'image/jpeg': endOfJpeg,
  'image/png': endOfPng,
  'image/webp': (bytes) => {
    const end = 8 + bytes.readUInt32LE(4)
    return end > bytes.length ? null : end
  },
}

/** ISO 10918-1, annex B: segments with their length, and between them compressed bytes in which every 0xFF is followed by a 0 or a restart. */
function endOfJpeg(bytes: Buffer): number | null {
  for (let at = 2; at + 1 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] as number
    if (marker === 0xd9) return at + 2
    if (marker === 0xff) at += 1
    else if (marker === 0x01 || isRestart(marker)) at += 2
    else {
      if (at + 3 >= bytes.length) return null
      at += 2 + bytes.readUInt16BE(at + 2)
      if (marker === 0xda) at = endOfScan(bytes, at)
    }
  }
  return null
}

function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1]
    if (next !== undefined && next !== 0 && !isRestart(next)) return at
  }
  return bytes.length
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7
}

/** PNG, section 5: chunks of length, type, bytes and checksum; IEND is the last. */
function endOfPng(bytes: Buffer): number | null {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    at += 12 + bytes.readUInt32BE(at)
    if (type === 'IEND') return at <= bytes.length ? at : null
  }
  return null
}

/**
 * What may stand after a picture: nothing; after a JPEG also what cameras put there, another picture (CIPA DC-007) or a short
 * film. It does not get into what is made of it.
 */
function isHarmless(bytes: Buffer, end: number, type: PhotoType): boolean {
  const rest = bytes.subarray(end)
  if (rest.every((byte) => byte === 0)) return true
  if (type !== 'image/jpeg') return false
  const isPicture = rest.subarray(0, 3).equals(JPEG)
  const isFilm = rest.toString('latin1', 4, 8) === 'ftyp'
  const isSamsungs = rest.toString('latin1', rest.length - 4) === 'SEFT'
  return isPicture || isFilm || isSamsungs
}

/** A web page, a script, a PDF (which may begin within 1024 bytes) or an archive (whose index is at the end). */
function looksLikeAnother(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, EDGE)
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - EDGE))
  const isPage = /<(\?php|script|html|!doctype)/i
  if (isPage.test(head) || isPage.test(tail) || head.slice(0, 1_024).includes('%PDF-')) return true
  const index = tail.lastIndexOf('PK\x05\x06')
  // The archive's comment, whose length stands 20 bytes on, reaches to the end.
  return index !== -1 && index + 22 + tail.charCodeAt(index + 20) + 256 * tail.charCodeAt(index + 21) === tail.length
}
