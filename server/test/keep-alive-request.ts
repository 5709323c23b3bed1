import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Answer } from './setup.ts'

/** Sends targets as they are written, which fetch would tidy up, over a few connections that stay open. */
export function openRequests(url: string, connections: number) {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    send: (method: string, path: string, headers: Record<string, string>, body: string): Promise<Answer> =>
      new Promise((done, failed) => {
        const length = { 'content-length': String(Buffer.byteLength(body)) }
        const sent = request({ agent, hostname, port, method, path, headers: { ...headers, ...(body && length) } })
        sent.on('error', failed)
        sent.on('response', async (response) => {
          const content = await text(response).catch(failed)
          const isJson = content && response.headers['content-type']?.includes('json')
          const fields = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const)
          done({
            status: response.statusCode as number,
            headers: new Headers(fields.map(([name, value]) => [name, value])),
            body: isJson ? JSON.parse(content) : content,
          })
        })
        sent.end(body)
      }),
    [Symbol.dispose]: () => agent.destroy(),
  }
}
