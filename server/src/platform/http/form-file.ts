import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import { AppError } from '../errors.ts'
import { freeMemoryOf } from '../free-memory.ts'
import { brokenOff, type IncomingFile, MOST_WRAPPING_BYTES, tooLarge } from './incoming-file.ts'
import { invalid } from './problems.ts'

/** A field that is not taken is told by its name: that much of it is read. */
const MOST_FIELD_BYTES = 1_024

/**
 * The one file in a form, as soon as it begins; its content ends once the form has, with nothing else in it.
 * @throws AppError 400 when this is no form, or one with other parts
 */
export function readForm(raw: IncomingMessage, part: string, mostBytes: number): Promise<IncomingFile> {
  const begun = Promise.withResolvers<IncomingFile>()
  const ended = Promise.withResolvers<void>()
  ended.promise.catch(() => {})
  const arrived = openPieces()
  let current: Readable | undefined

  const form = openBusboy(raw, mostBytes)
  const fail = (fault: AppError) => {
    begun.reject(fault)
    ended.reject(fault)
    raw.unpipe(form)
    current?.destroy(fault)
  }
  const failWith = (fault: () => AppError) => () => fail(fault())

  form.on('file', (name, content, filename, _encoding, mediaType) => {
    // A part that ends early says so on its own stream; unheard, that would take the process down.
    content.on('error', () => {})
    current = content
    if (name !== part) return fail(notTaken(name))
    if (typeof filename !== 'string') return fail(malformed())
    content.on(
      'limit',
      failWith(() => tooLarge(mostBytes)),
    )
    begun.resolve({ name: filename, mediaType, content: whole(content, arrived, ended.promise) })
  })
  form.on('field', (name) => fail(notTaken(name)))
  form.on('filesLimit', failWith(oneOnly))
  form.on('partsLimit', failWith(oneOnly))
  form.on('fieldsLimit', failWith(oneOnly))
  form.on('error', failWith(malformed))
  form.on('finish', () => {
    begun.reject(invalid([{ pointer: `/body/${part}`, message: 'is required' }]))
    ended.resolve()
  })
  raw.on('data', (piece: Buffer) => {
    if (arrived.add(piece) > mostBytes + MOST_WRAPPING_BYTES) fail(tooLarge(mostBytes))
  })
  raw.on('close', () => {
    if (!raw.readableEnded) fail(brokenOff())
  })
  raw.on('error', failWith(brokenOff))
  raw.pipe(form)
  return begun.promise
}

/** @throws AppError 400 when the media type has no boundary that could be one */
function openBusboy({ headers }: IncomingMessage, mostBytes: number) {
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      limits: {
        fileSize: mostBytes,
        files: 1,
        fields: 1,
        parts: 2,
        fieldSize: MOST_FIELD_BYTES,
        headerPairs: 16,
        headerSize: 8_192,
      },
    })
  } catch {
    throw malformed()
  }
}

async function* whole(content: Readable, arrived: Pieces, ended: Promise<void>): AsyncGenerator<Buffer> {
  using taking = arrived.startTaking()
  for await (const part of content) {
    yield part
    taking.took(part)
  }
  await ended
}

type Pieces = ReturnType<typeof openPieces>

/** What a body comes in, piece by piece: each is freed once so many bytes were taken that nothing can be left of it. */
function openPieces() {
  const pieces: { readonly piece: Buffer; readonly end: number }[] = []
  let arrived = 0
  let taken = 0
  let isTaking = false
  return {
    /** @returns how many bytes there are by now */
    add(piece: Buffer): number {
      arrived += piece.length
      if (isTaking) pieces.push({ piece, end: arrived })
      return arrived
    },
    startTaking() {
      isTaking = true
      return {
        /** What it was taken for is done. */
        took({ length }: Buffer): void {
          taken += length
          while (pieces[0] && pieces[0].end <= taken) freeMemoryOf((pieces.shift() as { piece: Buffer }).piece)
        },
        [Symbol.dispose]() {
          isTaking = false
          pieces.length = 0
        },
      }
    },
  }
}

function notTaken(name: string | undefined): AppError {
  const named = String(name ?? '')
    .slice(0, 100)
    .toWellFormed()
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
  return invalid([{ pointer: `/body/${named}`, message: 'is not a field of this request' }])
}

function oneOnly(): AppError {
  return invalid([{ pointer: '/body', message: 'must have one part, the file' }])
}

function malformed(): AppError {
  return new AppError('request.malformed', 'The body is not a form with a file that can be read.')
}
