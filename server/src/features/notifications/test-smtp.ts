import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A real SMTP server on a free port, which can be told to refuse. */
export interface TestSmtp extends AsyncDisposable {
  readonly url: string
  /** What was accepted, oldest first. */
  mails(): Promise<Email[]>
  /** Answers this recipient like that at RCPT, from now on; with null, accepts it again. */
  refuse(address: string, answer: { readonly responseCode: number; readonly message: string } | null): void
  /** Takes messages and never says so, while it is on. */
  swallow(isOn: boolean): void
}

export async function openTestSmtp(): Promise<TestSmtp> {
  const received: Buffer[] = []
  const refused = new Map<string, { responseCode: number; message: string }>()
  let swallows = false
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const answer = refused.get(address)
      done(answer && Object.assign(new Error(answer.message), { responseCode: answer.responseCode }))
    },
    async onData(stream, _session, done) {
      received.push(await buffer(stream))
      if (!swallows) return done()
      for (const connection of server.connections) (connection as unknown as { close(): void }).close()
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails: () => Promise.all(received.map((content) => PostalMime.parse(content))),
    refuse(address, answer) {
      if (answer) refused.set(address, answer)
      else refused.delete(address)
    },
    swallow: (isOn) => (swallows = isOn),
    [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())),
  }
}
