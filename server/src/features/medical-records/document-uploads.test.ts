import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { rawRequest } from '../../../test/raw-request.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { storedFiles } from '../../../test/stored-files.ts'
import { populate, type World } from '../../../test/world.ts'
import { attach, form, pdf } from './test-documents.ts'
import { add } from './test-records.ts'

const MOST = 26_214_400
const HEAD = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
const TAIL = '\r\n--x--\r\n'
const SEED = 20_270_315
const RUNS = Number(process.env.FORM_RUNS ?? 120)

describe('a form with a file', () => {
  let house: House
  let world: World
  let recordId: string
  let token: string
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent', DATABASE_POOL: '2' })
    world = await populate(house)
    recordId = (await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })).id
    token = await house.signIn(world.maya)
  })
  after(() => house[Symbol.asyncDispose]())

  const path = () => `/pets/${world.rex}/medical-records/${recordId}/documents`
  const nothingIsLeft = async () => {
    await house.context.files.sweep()
    const [{ keys }] = await house.sql('select count(*)::int as keys from vault.document_keys')
    const kept = await house.sql('select id from stored_files order by 1')
    assert.equal(keys, kept.length)
    assert.deepEqual(
      await storedFiles(house),
      kept.map(({ id }) => id),
    )
  }
  const send = (body: string | Buffer, type = 'multipart/form-data; boundary=x') =>
    rawRequest(house.url, `POST ${path()}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body,
    })

  it('has one part, the file, and is refused with whatever else it has', async () => {
    const both = form(pdf())
    both.set('description', 'for the vet')
    const two = form(pdf())
    two.append('file', new Blob([pdf() as Uint8Array<ArrayBuffer>]), 'second.pdf')
    const before = new FormData()
    before.set('recordId', world.mimi)
    before.set('file', new Blob([pdf() as Uint8Array<ArrayBuffer>]), 'x.pdf')
    const plain = new FormData()
    plain.set('file', 'not a file')
    const cases: [FormData, string][] = [
      [both, '/body/description'],
      [two, '/body'],
      [before, '/body/recordId'],
      [form(pdf(), 'x.pdf', 'document'), '/body/document'],
      [form(pdf(), 'x.pdf', '__proto__'), '/body/__proto__'],
      [plain, '/body/file'],
      [new FormData(), '/body/file'],
    ]
    for (const [body, pointer] of cases) {
      const answer = await attach(house, world.maya, world.rex, recordId, body)
      assert.deepEqual([answer.status, answer.body.code], [400, 'request.invalid'], pointer)
      assert.equal(answer.body.errors[0].pointer, pointer)
    }
    for (const type of ['application/json', 'application/pdf', 'multipart/mixed; boundary=x', 'text/plain'])
      assert.equal((await send('{}', type)).status, 415, type)
    await nothingIsLeft()
  })

  it('may be 25 MiB and not a byte more, told beforehand or not', async () => {
    const whole = await attach(house, world.maya, world.rex, recordId, form(pdf(MOST)))
    assert.deepEqual([whole.status, whole.body.bytes], [201, MOST])
    const { bytes } = await house.call('GET', whole.body.url, { as: world.maya })
    assert.equal(bytes?.length, MOST)
    const more = await attach(house, world.maya, world.rex, recordId, form(pdf(MOST + 1)))
    assert.deepEqual([more.status, more.body.code], [413, 'body.too-large'])
    const declared = {
      authorization: `Bearer ${token}`,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': '99999999999',
    }
    const { status } = await rawRequest(house.url, `POST ${path()}`, { headers: declared })
    assert.equal(status, 413)
    await nothingIsLeft()
  })

  it('that is malformed, cut short or hostile is told so, and takes nothing and nobody down', async () => {
    const bodies: (string | Buffer)[] = [
      '',
      '\r\n',
      '--x',
      '--x--',
      '--x--\r\n',
      '--y\r\n\r\n--y--',
      HEAD,
      `${HEAD}%PDF-1.7`,
      `${HEAD}%PDF-1.7\r\n--x`,
      `${HEAD}%PDF-1.7\r\n--x\r\n`,
      `${HEAD}%PDF-1.7\r\n--x\r\n\r\n\r\n--x--`,
      `--x\r\n\r\nno header\r\n--x--`,
      `--x\r\nContent-Disposition: attachment; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\r\n--x--`,
      `--x\r\nContent-Disposition: form-data; filename="a.pdf"\r\n\r\n%PDF-1.7\r\n--x--`,
      `--x\r\nContent-Disposition: form-data; name="file\n"; filename="a.pdf"\r\n\r\n%PDF-1.7`,
      `--x\r\nContent-Disposition: form-data; name="file"; filename*=utf-8''%zz\r\n\r\n%PDF-1.7\r\n--x--`,
      `--x\r\n${'X: y\r\n'.repeat(5_000)}${HEAD.slice(5)}%PDF-1.7\r\n--x--`,
      `--x\r\nX: ${'y'.repeat(100_000)}\r\n${HEAD.slice(5)}%PDF-1.7\r\n--x--`,
      `${'--x\r\n'.repeat(2_000)}${HEAD}%PDF-1.7\r\n--x--`,
      Buffer.alloc(100_000, '-'),
      Buffer.alloc(100_000, '\r\n--x'),
    ]
    const types = [
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'multipart/form-data; boundary="',
      `multipart/form-data; boundary=${'b'.repeat(5_000)}`,
    ]
    for (const body of bodies) {
      const { status } = await send(body)
      assert.ok([201, 400, 413, 415].includes(status), `${status} ${String(body).slice(0, 80)}`)
    }
    for (const type of types) assert.ok((await send(`${HEAD}%PDF-1.7\r\n--x--`, type)).status === 400, type)
    await nothingIsLeft()
  })

  it(`whose bytes are shuffled, cut and repeated in ${RUNS} ways brings about no failure of ours`, async () => {
    const good = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n1 0 obj\r\n--x--\r\n`
    const pieces = [
      '--x',
      '\r\n',
      '\n',
      '--',
      'Content-Disposition: form-data',
      '; name="file"',
      '; filename="',
      '"',
      '\r\n\r\n',
      '%PDF-1.7',
      '\0',
      ':',
      'é',
      '--x--',
    ]
    const at = fc.nat({ max: good.length })
    const change = fc.oneof(
      fc.record({ cut: at, length: fc.nat({ max: 40 }) }),
      fc.record({
        cut: at,
        length: fc.constant(0),
        piece: fc.constantFrom(...pieces),
        times: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({
        cut: at,
        length: fc.constant(1),
        piece: fc.string({ unit: 'binary', maxLength: 4 }),
        times: fc.constant(1),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
        let body = good
        for (const { cut, length, piece = '', times = 0 } of changes as {
          cut: number
          length: number
          piece?: string
          times?: number
        }[])
          body = body.slice(0, cut) + piece.repeat(times) + body.slice(cut + length)
        const { status } = await send(body)
        assert.ok([201, 400, 409, 413, 415].includes(status), `${status}`)
      }),
      { seed: SEED, numRuns: RUNS, endOnFailure: true },
    )
    assert.equal((await house.call('GET', '/pets', { as: world.maya })).status, 200)
    await nothingIsLeft()
  })

  it('that is broken off leaves nothing, and so does one that a crash cut short', async () => {
    const sockets = await Promise.all(Array.from({ length: 5 }, () => begin(300_000)))
    for (const socket of sockets) socket.destroy()
    for (let tries = 0; tries < 100 && (await storedFiles(house)).some((name) => !name.includes('-')); tries++)
      await wait(20)
    await wait(300)
    await nothingIsLeft()

    // Stored, and the process died before it was kept; or died while it was stored.
    const file = await house.context.files.receive(world.rex, [pdf(100_000)])
    assert.ok((await storedFiles(house)).includes(file.id))
    await house.context.files.sweep()
    assert.ok((await storedFiles(house)).includes(file.id), 'it may still be under way')
    await house.setClockAhead('61 minutes')
    await nothingIsLeft()
    assert.ok(!(await storedFiles(house)).includes(file.id))
    await house.setClockAhead('0')
  })

  it('is kept only if its sender still may once it has arrived', async () => {
    const socket = await begin(50_000, 100_000)
    const answered = once(socket, 'data')
    const mine = [world.rex, world.maya]
    await house.sql(`update ownerships set rights = '{view,manage}' where pet_id = $1 and owner_id = $2`, mine)
    socket.write(Buffer.concat([Buffer.alloc(100_000 - 50_000 - HEAD.length - TAIL.length), Buffer.from(TAIL)]))
    const [answer] = await answered
    assert.match(String(answer), /^HTTP\/1.1 403 /)
    socket.destroy()
    await house.sql(`update ownerships set rights = default where pet_id = $1 and owner_id = $2`, mine)
    await nothingIsLeft()
  })

  it('that comes slowly holds no transaction and no connection', async () => {
    const sockets = await Promise.all(Array.from({ length: 6 }, () => begin(200_000)))
    await wait(100)
    const [{ open }] = await house.sql(
      `select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    )
    assert.equal(open, 0)
    const startedAt = performance.now()
    assert.equal((await house.call('GET', '/pets', { as: world.maya })).status, 200)
    assert.ok(performance.now() - startedAt < 4_000, 'both connections of the pool are free')
    for (const socket of sockets) socket.destroy()
  })

  it('has ten minutes where other bodies have thirty seconds, as long as it moves', async () => {
    const socket = await begin(10_000)
    const timeout = Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
    const [served] = await connectionsOf(house)
    house.app.server.emit('clientError', timeout, served)
    socket.write(pdf(1_000))
    await wait(50)
    assert.ok(!socket.destroyed && !served?.destroyed)
    socket.destroy()
    await once(socket, 'close')
  })

  /** Sends the head of a form and some of its file, and leaves it there. */
  async function begin(bytes: number, length = 1_000_000): Promise<Socket> {
    const { hostname, port, host } = new URL(house.url)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => {})
    const head = [
      `POST ${path()} HTTP/1.1`,
      `host: ${host}`,
      `authorization: Bearer ${token}`,
      'content-type: multipart/form-data; boundary=x',
      `content-length: ${length}`,
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n${HEAD}`)
    const before = (await house.sql('select count(*)::int as keys from vault.document_keys'))[0].keys
    socket.write(pdf(bytes))
    for (let tries = 0; tries < 200; tries++) {
      const [{ keys }] = await house.sql('select count(*)::int as keys from vault.document_keys')
      if (keys > before) break
      await wait(10)
    }
    return socket
  }
})

/** The server's ends of its open connections that have a request under way. */
async function connectionsOf({ app }: House): Promise<Socket[]> {
  const symbol = Object.getOwnPropertySymbols(app.server).find((one) => String(one).includes('http.server.connections'))
  // biome-ignore lint/suspicious/noExplicitAny: Node shows its list of connections nowhere else
  const list = (app.server as any)[symbol as symbol]
  return list.active().map(({ socket }: { socket: Socket }) => socket)
}
