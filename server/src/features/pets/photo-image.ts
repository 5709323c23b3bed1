import type { PhotoSize } from '@petra/contract'
import type { Sharp, SharpOptions } from 'sharp'
import { AppError } from '../../platform/errors.ts'
import { freeMemoryOf } from '../../platform/free-memory.ts'
import { openTurns } from '../../platform/turns.ts'
import { isWholePhoto, photoTypeOf } from './photo-bytes.ts'

export interface PhotoImage {
  readonly bytes: Buffer
  readonly width: number
  readonly height: number
}

/** What Petra's photos are, whatever they were. */
export const photoMediaType = 'image/webp'

const sizes: Record<PhotoSize, number> = { small: 128, medium: 512, large: 1_024 }
const MOST_EDGE = 1_600
const MOST_PIXELS = 50_000_000
/** What is not shrunk while it is read, as a JPEG is: a WebP or a progressive JPEG takes 4 bytes for each of its pixels at once. */
const MOST_PIXELS_UNSHRUNK = 16_000_000
/** A row of pixels costs as much as several hundred of its kind while they are resized: 130 MB at 50,000 pixels. */
const MOST_PIXELS_ABREAST = 8_192

/** One at a time: it takes a core for itself, and up to 64 MB. */
const inTurn = openTurns(1, 1_000, 'Too many photos are being made right now; try again in a moment.')

/**
 * Makes a photo anew from whatever was sent as one: upright, at most 1600 pixels wide or high, and without anything that was not
 * the picture.
 * @param read gives the bytes once their turn has come: of all that wait, only one is in memory
 * @param mediaType what its sender says it is
 * @throws AppError 415 when it is something else, 422 when it is damaged, not a photo alone, or has too many pixels
 */
export function remakePhoto(read: () => Promise<Buffer>, mediaType: string): Promise<PhotoImage> {
  return inTurn(async () => {
    const bytes = await read()
    try {
      return await remade(bytes, mediaType)
    } finally {
      freeMemoryOf(bytes)
    }
  })
}

async function remade(bytes: Buffer, mediaType: string): Promise<PhotoImage> {
  const type = photoTypeOf(bytes)
  if (type !== mediaType)
    throw new AppError('media-type.unsupported', 'The file is not of the type that it is sent as.')
  if (!isWholePhoto(bytes, type)) throw unreadable()
  const sharp = await loadSharp()
  const image = sharp(bytes, reading)
  const { width, height, isProgressive } = await image.metadata().catch(refuse)
  const isShrunkWhileRead = type === 'image/jpeg' && !isProgressive
  const isTooMuch = width * height > (isShrunkWhileRead ? MOST_PIXELS : MOST_PIXELS_UNSHRUNK)
  if (isTooMuch || Math.max(width, height) > MOST_PIXELS_ABREAST) {
    throw new AppError('photo.too-many-pixels', 'The photo has more pixels than Petra takes; send a smaller one.')
  }
  return fit(image.autoOrient(), MOST_EDGE).catch(refuse)
}

/** The photo in all of its sizes, none of them larger than it is. */
export async function photoSizesOf(whole: Buffer): Promise<{ size: PhotoSize; bytes: Buffer }[]> {
  const made: { size: PhotoSize; bytes: Buffer }[] = []
  for (const [size, edge] of Object.entries(sizes) as [PhotoSize, number][]) {
    const { bytes } = await inTurn(async () => fit((await loadSharp())(whole, reading), edge))
    made.push({ size, bytes })
  }
  return made
}

/** Above this nothing is even looked at by the decoder, whatever the header says. */
const reading: SharpOptions = { limitInputPixels: MOST_PIXELS, failOn: 'truncated', sequentialRead: true }

async function fit(image: Sharp, edge: number): Promise<PhotoImage> {
  const { data, info } = await image
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort: 2 })
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}

/** Loaded when first needed: 40 MB. It reads three formats and no other, on one thread, and keeps nothing. */
async function loadSharp() {
  const { default: sharp } = await import('sharp')
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  })
  sharp.concurrency(1)
  sharp.cache(false)
  return sharp
}

function refuse(error: Error): never {
  if (/pixel limit/.test(error.message)) {
    throw new AppError('photo.too-many-pixels', 'The photo has more pixels than Petra takes; send a smaller one.')
  }
  throw unreadable()
}

function unreadable(): AppError {
  return new AppError('photo.unreadable', 'The file is damaged, cut short, or not a photo alone.')
}
