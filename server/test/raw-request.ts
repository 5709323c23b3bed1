import { once } from 'node:events'
import { connect } from 'node:net'
import type { Answer } from './setup.ts'

/** Writes a request to the wire as it is given, byte for byte, and reads the one answer: what fetch is too polite to send. */
export async function rawRequest(
  url: string,
  line: string,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  const { hostname, port, host } = new URL(url)
  const bytes = Buffer.from(body)
  const fields = {
    host,
    connection: 'close',
    ...(bytes.length > 0 && !('transfer-encoding' in headers) && { 'content-length': bytes.length }),
    ...headers,
  }
  const head = [`${line} HTTP/1.1`, ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`), '', '']
  const socket = connect(Number(port), hostname)
  const chunks: Uint8Array[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  // A server that has heard enough may hang up while the rest is still being written.
  socket.on('error', () => {})
  socket.write(Buffer.from(head.join('\r\n'), 'latin1'))
  socket.write(bytes)
  await once(socket, 'close')
  return parse(Buffer.concat(chunks).toString())
}

function parse(text: string): Answer {
  const [head = '', body = ''] = splitAt(text, '\r\n\r\n')
  const [statusLine = '', ...fields] = head.split('\r\n')
  const headers = new Headers(fields.map((field) => splitAt(field, ':')))
  const isJson = body !== '' && headers.get('content-type')?.includes('json')
  return { status: Number(statusLine.split(' ')[1]), headers, body: isJson ? JSON.parse(body) : body }
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}
