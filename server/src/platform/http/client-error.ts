import { randomUUIDv7 } from 'node:crypto'
import type { Socket } from 'node:net'
import { AppError } from '../errors.ts'
import { problemOf } from './problems.ts'
import { hasTime } from './unhurried.ts'

/** Answers what the HTTP parser refuses before there is a request, with the same document as every other failure. */
export function answerClientError(cause: Error & { code?: string }, socket: Socket): void {
  if (cause.code === 'ECONNRESET' || socket.destroyed) return
  if (cause.code === 'ERR_HTTP_REQUEST_TIMEOUT' && hasTime(socket)) return
  const requestId = randomUUIDv7()
  const body = JSON.stringify(problemOf(new AppError('request.malformed', details[cause.code ?? '']), requestId))
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroy(cause)
}

const details: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive in time.',
  HPE_HEADER_OVERFLOW: 'The head of the request is too large.',
}
