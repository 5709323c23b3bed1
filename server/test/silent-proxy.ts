import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** Something between a process and its database that can be cut like a cable. */
export interface SilentProxy {
  /** The database's URL, through the proxy. */
  readonly url: string
  /** Nothing more comes through the connections there are, and nobody is told; connections made later work. */
  silence(): void
}

/** @param onSent sees what is on its way to the database, which gets it whatever happens here */
export async function openSilentProxy(
  t: TestContext,
  databaseUrl: string,
  onSent: (bytes: Buffer) => void = () => {},
): Promise<SilentProxy> {
  const { hostname, port } = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  const silence = () => {
    for (const socket of sockets) socket.unpipe().pause().removeAllListeners('close')
  }
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    near.on('data', onSent)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {}).on('close', () => to.destroy())
      from.pipe(to)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const url = Object.assign(new URL(databaseUrl), {
    hostname: '127.0.0.1',
    port: String((server.address() as AddressInfo).port),
  })
  return { url: url.href, silence }
}
