import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { AppError } from '../errors.ts'

/** For the connection, and for the next sign of life: longer than an upload may stand still, and than 25 MiB take to be looked at. */
const WAITS = { connectMs: 5_000, silentMs: 120_000 }

/**
 * Passes a file on while clamd looks at it (INSTREAM of its protocol: 4 bytes of length, then as many of content); it ends once
 * the verdict is in.
 * @param url `tcp://host:3310` or `unix:/run/clamd.sock`
 * @throws AppError 422 when something was found, 503 when there is no verdict
 */
export async function* scanned(
  content: AsyncIterable<Uint8Array>,
  url: string,
  waits = WAITS,
): AsyncGenerator<Uint8Array> {
  const socket = connectTo(url, waits)
  try {
    const verdict = verdictOf(socket)
    const send = senderTo(socket, verdict)
    await send(Buffer.from('zINSTREAM\0'))
    for await (const piece of content) {
      if (piece.length > 0) await send(framed(piece))
      yield piece
    }
    await send(framed(new Uint8Array()))
    const said = await verdict
    if (said.endsWith(' FOUND')) throw new AppError('document.infected', 'Something harmful was found in the file.')
    if (said !== 'stream: OK') throw unscanned()
  } finally {
    socket.destroy()
  }
}

function connectTo(url: string, { connectMs, silentMs }: typeof WAITS): Socket {
  const { protocol, hostname, port, pathname } = new URL(url)
  const socket =
    protocol === 'unix:'
      ? connect(decodeURIComponent(pathname))
      : connect(Number(port || 3310), hostname.replaceAll(/[[\]]/g, ''))
  socket.setTimeout(connectMs, () => socket.destroy())
  socket.once('connect', () => socket.setTimeout(silentMs))
  return socket
}

/** What clamd says, which ends with a NUL. It may come before all was sent. */
function verdictOf(socket: Socket): Promise<string> {
  let said = ''
  socket.on('data', (piece: Buffer) => {
    said = (said + piece.toString()).slice(0, 1_000)
  })
  const verdict = new Promise<string>((resolve, reject) => {
    socket.once('error', () => reject(unscanned()))
    socket.once('close', () => (said.endsWith('\0') ? resolve(said.slice(0, -1)) : reject(unscanned())))
    socket.on('data', () => said.endsWith('\0') && resolve(said.slice(0, -1)))
  })
  verdict.catch(() => {})
  return verdict
}

/** Writes no faster than clamd reads, and nothing more once it has spoken. */
function senderTo(socket: Socket, verdict: Promise<string>) {
  let hasSpoken = false
  const spoken = verdict.then(() => {
    hasSpoken = true
  })
  spoken.catch(() => {})
  return async (bytes: Uint8Array): Promise<void> => {
    if (hasSpoken) return
    if (socket.destroyed) throw unscanned()
    if (!socket.write(bytes)) await Promise.race([once(socket, 'drain'), spoken])
  }
}

/** A copy: the piece itself is gone once it was passed on. */
function framed(piece: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(piece.length)
  return Buffer.concat([length, piece])
}

function unscanned(): AppError {
  return new AppError('service.unavailable', 'Files cannot be checked for what is harmful right now.')
}
