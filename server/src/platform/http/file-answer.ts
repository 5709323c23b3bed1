import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Route } from '@petra/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import type { ByteRange } from '../files/sealed-stream.ts'
import { freeMemoryOf } from '../free-memory.ts'
import { names } from './conditional.ts'
import { contentDisposition } from './content-disposition.ts'
import { giveTime } from './unhurried.ts'

/** A file that was found and may be seen. */
export interface FoundFile {
  /** Changes whenever its bytes do; null for one that is made while it is sent. */
  readonly id: string | null
  readonly bytes: number | null
  readonly mediaType: string
  /** Under which it is to be saved. */
  readonly name?: string
  /** Of a file with an id each chunk is memory of its own, which is given back once it was sent. */
  open(range: ByteRange): Promise<AsyncIterable<Uint8Array>>
}

/** The strong entity tag of a file: its id, since its bytes never change. */
export function fileTag(id: string): string {
  return `"${id}"`
}

/** Answers with a file, a part of it, or 304 (RFC 9110, sections 13 and 14). @throws AppError 416 when it has no such part */
export async function answerFile(route: Route, request: FastifyRequest, reply: FastifyReply, file: FoundFile) {
  const { id, bytes, mediaType, name } = file
  reply
    .header('cache-control', route.noStore ? 'no-store' : 'private, no-cache')
    .header('x-content-type-options', 'nosniff')
    .type(mediaType)
  if (name !== undefined) reply.header('content-disposition', contentDisposition(name))
  if (id === null || bytes === null) {
    return stream(request, reply, async () => Readable.from(await file.open({ from: 0, to: 0 }), { objectMode: false }))
  }
  const tag = fileTag(id)
  reply.header('etag', tag)
  const known = request.headers['if-none-match']
  if (known !== undefined && names(known.replaceAll('W/', ''), tag)) return reply.code(304).send()
  let range: ByteRange = { from: 0, to: bytes - 1 }
  if (route.fileAnswer?.ranges) {
    reply.header('accept-ranges', 'bytes')
    const asked = rangeOf(request.headers, tag, bytes)
    if (asked === 'unsatisfiable') {
      reply.header('content-range', `bytes */${bytes}`)
      throw new AppError('range.not-satisfiable', `The file has ${bytes} bytes.`)
    }
    if (asked) reply.code(206).header('content-range', `bytes ${asked.from}-${asked.to}/${bytes}`)
    range = asked ?? range
  }
  const open = async () => ReadableStream.from(freedOnceSent(await file.open(range), reply.raw))
  return stream(request, reply, open, range.to - range.from + 1)
}

/** Of HEAD, Fastify sends no body; a stream's length it leaves as it is said. */
async function stream(
  { method, raw }: FastifyRequest,
  reply: FastifyReply,
  open: () => Promise<Readable | ReadableStream>,
  bytes?: number,
) {
  const content = method === 'HEAD' ? Readable.from([]) : await open()
  if (bytes !== undefined) reply.header('content-length', bytes)
  const time = giveTime(raw.socket)
  reply.raw.once('close', time[Symbol.dispose])
  return reply.send(content)
}

/** What the socket has taken is freed. Of a `ReadableStream.from`, nothing is read ahead: a chunk has been written when the next is asked for. */
async function* freedOnceSent(content: AsyncIterable<Uint8Array>, to: ServerResponse): AsyncGenerator<Uint8Array> {
  const written: Uint8Array[] = []
  for await (const chunk of content) {
    yield chunk
    written.push(chunk)
    if (to.writableLength === 0) for (const sent of written.splice(0)) freeMemoryOf(sent)
  }
}

/** The one range asked for; null where there is none that counts: then the whole is sent. */
function rangeOf(headers: FastifyRequest['headers'], tag: string, bytes: number): ByteRange | 'unsatisfiable' | null {
  const condition = headers['if-range']
  // Without strong tags in common a part could be of another file.
  if (headers.range === undefined || (condition !== undefined && condition !== tag)) return null
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range.trim()) ?? []
  if (first === undefined || last === undefined || first + last === '') return null
  if (first === '') {
    const length = Math.min(Number(last), bytes)
    return length === 0 ? 'unsatisfiable' : { from: bytes - length, to: bytes - 1 }
  }
  if (last !== '' && Number(last) < Number(first)) return null
  if (Number(first) >= bytes) return 'unsatisfiable'
  return { from: Number(first), to: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) }
}
