import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { attach, form, pdf } from './test-documents.ts'
import { add } from './test-records.ts'

const MIB = 1_048_576

/** The memory of what is passed on is given back at once, so that nothing may still need it. */
describe('a document that streams', () => {
  let house: House
  let world: World
  let recordId: string
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    world = await populate(house)
    recordId = (await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })).id
  })
  after(() => house[Symbol.asyncDispose]())

  it('arrives as it was sent, in whatever pieces, with what looks like the end of a part all over', async () => {
    const content = pdf(3 * MIB)
    for (let at = 1_000; at < content.length; at += 1 + (at % 40_009)) content.write('\r\n--x', at)
    const head = '--boundary\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    const body = Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--boundary--\r\n')])
    const token = await house.signIn(world.maya)
    const socket = await request(`POST /pets/${world.rex}/medical-records/${recordId}/documents`, [
      `authorization: Bearer ${token}`,
      'content-type: multipart/form-data; boundary=boundary',
      `content-length: ${body.length}`,
    ])
    const answered = once(socket, 'data')
    for (let at = 0, length = 1; at < body.length; at += length, length = 1 + ((length * 7) % 200_003)) {
      if (!socket.write(body.subarray(at, at + length))) await once(socket, 'drain')
      if (at % 5 === 0) await wait(1)
    }
    const [answer] = await answered
    socket.destroy()
    assert.match(String(answer), /^HTTP\/1.1 201 /)
    const { url } = JSON.parse(String(answer).split('\r\n\r\n')[1] ?? '')
    const { bytes } = await house.call('GET', url, { as: world.maya })
    assert.ok(bytes?.equals(content))
  })

  it('comes whole to those who read slowly, a part of it too', async () => {
    const content = Buffer.concat([pdf(100), randomBytes(12 * MIB)])
    const { body } = await attach(house, world.maya, world.rex, recordId, form(content))
    const token = await house.signIn(world.maya)
    for (const from of [0, 65_530, 100_000]) {
      const socket = await request(`GET ${body.url}`, [
        `authorization: Bearer ${token}`,
        `range: bytes=${from}-`,
        'connection: close',
      ])
      const pieces: Buffer[] = []
      socket.pause()
      await wait(200)
      socket.on('data', (piece: Buffer) => {
        pieces.push(piece)
        if (pieces.length % 16 > 0) return
        socket.pause()
        setTimeout(() => socket.resume(), 2)
      })
      socket.resume()
      await once(socket, 'close')
      const answer = Buffer.concat(pieces)
      assert.ok(answer.subarray(answer.indexOf('\r\n\r\n') + 4).equals(content.subarray(from)), `from ${from}`)
    }
  })

  async function request(line: string, headers: readonly string[]) {
    const { hostname, port, host } = new URL(house.url)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.write([`${line} HTTP/1.1`, `host: ${host}`, ...headers, '', ''].join('\r\n'))
    return socket
  }
})
