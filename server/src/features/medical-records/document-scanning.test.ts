import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openHouse } from '../../../test/setup.ts'
import { storedFiles } from '../../../test/stored-files.ts'
import { populate } from '../../../test/world.ts'
import { attach, form, pdf } from './test-documents.ts'
import { add } from './test-records.ts'

describe('clamd', () => {
  it('is asked about every document, and nothing is kept without its word', async () => {
    const clamd = await fakeClamd()
    const house = await openHouse({ RATE_LIMIT: 'off', CLAMD_URL: clamd.url })
    try {
      const world = await populate(house)
      const note = await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })
      const send = (content: Buffer) => attach(house, world.maya, world.rex, note.id, form(content))
      const content = pdf(300_000)
      assert.equal((await send(content)).status, 201)
      assert.ok(clamd.last().equals(content), 'it saw every byte')

      const infected = Buffer.concat([pdf(200_000), Buffer.from('EICAR')])
      const found = await send(infected)
      assert.deepEqual([found.status, found.body.code], [422, 'document.infected'])
      assert.doesNotMatch(JSON.stringify(found.body), /Eicar-Signature/)
      clamd.say('INSTREAM size limit exceeded. ERROR\0')
      assert.equal((await send(content)).status, 503)
      clamd.say(null)
      assert.equal((await send(content)).status, 503, 'it hung up')
      clamd.say('stream: OK\0')
      assert.equal((await send(content)).status, 201)
      await clamd.stop()
      const down = await send(content)
      assert.deepEqual([down.status, down.headers.get('retry-after')], [503, '1'])

      await house.context.files.sweep()
      const kept = await house.sql('select id from stored_files order by 1')
      assert.equal(kept.length, 2)
      assert.deepEqual(
        await storedFiles(house),
        kept.map(({ id }) => id),
      )
    } finally {
      await house[Symbol.asyncDispose]()
      await clamd.stop()
    }
  })

  it('is reached by a socket of the machine too', async () => {
    const folder = await mkdtemp(join(process.env.TEST_FOLDER as string, 'clamd-'))
    const clamd = await fakeClamd(join(folder, 'clamd.sock'))
    const house = await openHouse({ RATE_LIMIT: 'off', CLAMD_URL: clamd.url })
    try {
      const world = await populate(house)
      const note = await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })
      const { status } = await attach(
        house,
        world.maya,
        world.rex,
        note.id,
        form(Buffer.concat([pdf(), Buffer.from('EICAR')])),
      )
      assert.equal(status, 422)
    } finally {
      await house[Symbol.asyncDispose]()
      await clamd.stop()
    }
  })
})

/** Speaks clamd's INSTREAM: finds what holds EICAR, or says what it is told to; null hangs up. */
async function fakeClamd(path?: string) {
  let last: Buffer = Buffer.alloc(0)
  let answer: string | null | undefined
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    let received: Buffer = Buffer.alloc(0)
    socket.on('data', (piece: Buffer) => {
      received = Buffer.concat([received, piece])
      const content = contentOf(received)
      if (!content) return
      last = content
      if (answer === null) return socket.destroy()
      socket.end(answer ?? (content.includes('EICAR') ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0'))
    })
  })
  if (path) server.listen(path)
  else server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: path ? `unix:${path}` : `tcp://127.0.0.1:${(address as { port: number }).port}`,
    last: () => last,
    say: (said: string | null) => {
      answer = said
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      if (server.listening) await new Promise((done) => server.close(done))
    },
  }
}

/** What was sent, once the empty chunk that ends it is there. */
function contentOf(received: Buffer): Buffer | null {
  const command = 'zINSTREAM\0'
  assert.ok(command.startsWith(received.toString('latin1', 0, command.length)))
  const pieces: Buffer[] = []
  for (let at = command.length; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    if (at + 4 + length > received.length) return null
    pieces.push(received.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}
