import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { WebhookMessage } from '@petra/contract'
import { Webhook } from 'standardwebhooks'

export interface Received {
  readonly id: string
  readonly message: WebhookMessage
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Receiver {
  readonly url: string
  /** What arrived, whatever was answered. */
  readonly received: Received[]
  /** What it answers with from now on: a status, with fields, or nothing at all. */
  answers(status: number | 'nothing', headers?: Record<string, string>): void
  /** Keeps whoever asks from now on waiting. @returns what answers them, with a status */
  holds(): (status: number) => void
  /** Ends every connection, whatever is under way. */
  hangUp(): void
  /** Checks each from now on as the library does, with this secret. */
  verify(secret: string, one: Received): unknown
}

/** Somebody else's server that is told of events. */
export async function openReceiver(t: TestContext | { after(done: () => void): void }): Promise<Receiver> {
  const received: Received[] = []
  let answer = (response: ServerResponse): void => void response.writeHead(204).end()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const { headers } = request
    received.push({ id: String(headers['webhook-id']), message: JSON.parse(body), headers, body })
    answer(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers(status, headers = {}) {
      answer = status === 'nothing' ? () => {} : (response) => void response.writeHead(status, headers).end('{}')
    },
    holds() {
      const waiting: ServerResponse[] = []
      answer = (response) => void waiting.push(response)
      return (status) => {
        for (const response of waiting) response.writeHead(status).end()
      }
    },
    hangUp: () => server.closeAllConnections(),
    verify: (secret, { body, headers }) => new Webhook(secret).verify(body, headers as Record<string, string>),
  }
}
