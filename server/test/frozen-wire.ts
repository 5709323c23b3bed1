import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A wire to PostgreSQL that can fall silent in both directions while it stays open. */
export async function openWire(databaseUrl: string) {
  const target = new URL(databaseUrl)
  const ends: [Socket, Socket][] = []
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    ends.push([near, far])
    near.pipe(far).pipe(near)
    for (const end of [near, far]) end.on('error', () => {})
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = Object.assign(new URL(databaseUrl), {
    hostname: '127.0.0.1',
    port: String((server.address() as AddressInfo).port),
  })
  return {
    url: url.href,
    /** Of the newest connection, as PostgreSQL sees it. */
    port: () => ends.at(-1)?.[1].localPort,
    freeze: () => {
      for (const [near, far] of ends) {
        near.unpipe(far)
        far.unpipe(near)
        near.pause()
        far.pause()
      }
    },
    thaw: () => {
      for (const [near, far] of ends) near.pipe(far).pipe(near)
    },
    close: () => {
      server.close()
      for (const end of ends.flat()) end.destroy()
    },
  }
}
