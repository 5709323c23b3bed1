import type { IncomingMessage } from 'node:http'
import { type FileBody, mediaTypesOf } from '@petra/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import { freeMemoryOf } from '../free-memory.ts'
import { readForm } from './form-file.ts'
import { brokenOff, type IncomingFile, MOST_WRAPPING_BYTES, tooLarge } from './incoming-file.ts'
import { codingRefusal } from './json-body.ts'

/** Lets bodies that are files through unread, on the routes that take them; anywhere else they are 415. */
export function passFiles(app: FastifyInstance, mediaTypes: readonly string[]): void {
  app.addContentTypeParser([...mediaTypes], (request, _payload, done) => {
    const { route } = request.routeOptions.config
    const isTaken = route?.fileBody && takes(route.fileBody, request)
    const refusal = isTaken ? codingRefusal(request) : new AppError('media-type.unsupported')
    if (refusal) done(refusal)
    else done(null, undefined)
  })
}

/**
 * The file in a request. Nothing of it has been read before.
 * @throws AppError 415 for another media type, 413 when it says that it is too large, 400 when it is no form that can be read
 */
export async function openFileBody(request: FastifyRequest, expected: FileBody): Promise<IncomingFile> {
  const { raw, headers } = request
  const { mostBytes, part } = expected
  if (!takes(expected, request)) {
    throw new AppError('media-type.unsupported', `This takes ${mediaTypesOf(expected).join(', ')}.`)
  }
  const most = mostBytes + (part === undefined ? 0 : MOST_WRAPPING_BYTES)
  if (Number(headers['content-length'] ?? 0) > most) throw tooLarge(mostBytes)
  if (part !== undefined) return readForm(raw, part, mostBytes)
  return { name: '', mediaType: mediaTypeOf(request), content: limited(raw, mostBytes) }
}

/** Reads and forgets what is left of a body that was refused, so that its sender comes to read why; not without end. */
export function forgetRest(raw: IncomingMessage, { mostBytes }: FileBody): void {
  if (raw.readableEnded) return
  let bytes = 0
  raw.unpipe()
  raw.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > mostBytes + MOST_WRAPPING_BYTES) raw.socket.destroy()
  })
  raw.on('error', () => {})
  raw.resume()
}

async function* limited(raw: IncomingMessage, mostBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0
  try {
    for await (const piece of raw.iterator({ destroyOnReturn: false })) {
      bytes += piece.length
      if (bytes > mostBytes) throw tooLarge(mostBytes)
      yield piece
      freeMemoryOf(piece)
    }
  } catch (error) {
    throw error instanceof AppError ? error : brokenOff()
  }
}

function takes(expected: FileBody, request: FastifyRequest): boolean {
  return mediaTypesOf(expected).includes(mediaTypeOf(request))
}

function mediaTypeOf({ headers }: FastifyRequest): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
