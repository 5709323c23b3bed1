import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { form, pdf } from '../../src/features/medical-records/test-documents.ts'
import { hugePng, photo } from '../../src/features/pets/test-photos.ts'
import { type Petra, startPetra } from './start-petra.ts'
import { signIn } from './visitor.ts'

const MIB = 1_048_576

describe('files, as the whole process feels them', { timeout: 600_000 }, () => {
  let petra: Petra
  let headers: Record<string, string>
  let petId: string
  let documents: string
  before(async () => {
    petra = await startPetra()
    const owner = await signIn(petra.url, 'owner@petra.example')
    headers = { authorization: `Bearer ${owner.token}` }
    petId = (await owner.call('GET', '/pets')).body.items[0].id
    const note = { type: 'note', occurredOn: '2026-03-30' }
    const { body } = await owner.call('POST', `/pets/${petId}/medical-records`, note)
    documents = `/pets/${petId}/medical-records/${body.id}/documents`
  })
  after(() => petra[Symbol.asyncDispose]())

  it('passes 25 MiB up and down in less than 30 MiB of memory, the first time too', async (t) => {
    const before = await startMeasuring()
    await upAndDown(25 * MIB)
    const grown = (await peak()) - before
    t.diagnostic(`${Math.round(grown)} MiB more`)
    assert.ok(grown < 30, `${Math.round(grown)} MiB`)
  })

  it('refuses photos that would unpack to gigabytes in less than 100 MiB, and goes on', async (t) => {
    const progressive = sharp({ create: { width: 5_000, height: 4_000, channels: 3, background: '#888' } })
    const whole = await photo(2_000, 1_500).jpeg().toBuffer()
    // What reads photos is loaded by then.
    await setPhoto(await photo(64, 64).jpeg().toBuffer())
    const hostile: [Buffer, string][] = [
      [hugePng(20_000, 20_000), 'image/png'],
      [hugePng(50_000, 900), 'image/png'],
      [hugePng(4_000, 3_900), 'image/png'],
      [await progressive.jpeg({ progressive: true }).toBuffer(), 'image/jpeg'],
      [whole.subarray(0, whole.length / 2), 'image/jpeg'],
      [Buffer.concat([whole, Buffer.from('<script>')]), 'image/jpeg'],
    ]
    const before = await startMeasuring()
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => hostile)
        .flat()
        .map(([body, type]) => setPhoto(body, type)),
    )
    assert.deepEqual([...new Set(answers)], [422])
    const grown = (await peak()) - before
    t.diagnostic(`${Math.round(grown)} MiB more`)
    assert.ok(grown < 100, `${Math.round(grown)} MiB`)
    assert.equal(await setPhoto(whole), 200)
  })

  it('answers others at once while 200 photos come at once, and tells those it cannot take', async (t) => {
    const body = await photo(320, 240).jpeg().toBuffer()
    const idle = await timesWhile(wait(1_000))
    const startedAt = performance.now()
    const sending = Promise.all(Array.from({ length: 200 }, () => setPhoto(body)))
    const busy = await timesWhile(sending)
    const lasted = performance.now() - startedAt
    const answers = await sending
    const refused = answers.filter((status) => status === 503)
    assert.ok(answers.every((status) => status === 200 || status === 503))
    assert.ok(refused.length > 0 && refused.length <= 120, `${refused.length} were told to come back`)
    const told = [idle, busy].map((times) => `${Math.round(at(times, 0.5))} and ${Math.round(at(times, 0.99))}`)
    t.diagnostic(`p50 and p99 ${told.join(' ms, with photos ')} ms`)
    // By share of the whole, so that it says the same on a busy machine.
    assert.ok(at(busy, 0.5) < lasted / 20, `half of the others waited ${at(busy, 0.5)} of ${lasted} ms`)
  })

  async function upAndDown(bytes: number): Promise<void> {
    const added = await fetch(petra.url + documents, { method: 'POST', headers, body: form(pdf(bytes)) })
    assert.equal(added.status, 201)
    const { url } = (await added.json()) as { url: string }
    const read = await fetch(petra.url + url, { headers })
    let got = 0
    for await (const piece of read.body ?? []) got += piece.length
    assert.equal(got, bytes)
  }

  async function setPhoto(body: Buffer, type = 'image/jpeg'): Promise<number> {
    const response = await fetch(`${petra.url}/pets/${petId}/photo`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': type },
      body: body as Buffer<ArrayBuffer>,
    })
    await response.arrayBuffer()
    if (response.status === 503) assert.equal(response.headers.get('retry-after'), '1')
    return response.status
  }

  /** MiB in use now; from here on the peak is counted. */
  async function startMeasuring(): Promise<number> {
    await writeFile(`/proc/${petra.pid}/clear_refs`, '5')
    return memory('VmRSS')
  }

  function peak(): Promise<number> {
    return memory('VmHWM')
  }

  async function memory(name: string): Promise<number> {
    const status = await readFile(`/proc/${petra.pid}/status`, 'utf8')
    return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024
  }

  /** How long `GET /services` takes again and again until the work is done, in milliseconds, the shortest first. */
  async function timesWhile(work: Promise<unknown>): Promise<number[]> {
    let isDone = false
    work.finally(() => {
      isDone = true
    })
    const times: number[] = []
    while (!isDone) {
      const startedAt = performance.now()
      await (await fetch(`${petra.url}/services`)).arrayBuffer()
      times.push(performance.now() - startedAt)
      await wait(5)
    }
    return times.sort((a, b) => a - b)
  }

  function at(times: readonly number[], share: number): number {
    return times[Math.ceil(times.length * share) - 1] ?? Number.NaN
  }
})
