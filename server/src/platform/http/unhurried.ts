import type { Socket } from 'node:net'

/** Without a byte in either direction. */
const IDLE_MS = 60_000
const MOST_MS = 600_000

const sockets = new WeakSet<object>()

/** Gives the request under way on a socket ten minutes in place of thirty seconds, as long as something moves every minute. */
export function giveTime(socket: Socket): Disposable {
  sockets.add(socket)
  socket.setTimeout(IDLE_MS)
  const ending = setTimeout(() => socket.destroy(), MOST_MS).unref()
  return {
    [Symbol.dispose]() {
      clearTimeout(ending)
      sockets.delete(socket)
    },
  }
}

export function hasTime(socket: object): boolean {
  return sockets.has(socket)
}
