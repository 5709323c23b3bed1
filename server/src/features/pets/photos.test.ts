import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import sharp from 'sharp'
import { type Answer, type House, openHouse } from '../../../test/setup.ts'
import { storedFiles } from '../../../test/stored-files.ts'
import { populate, type World } from '../../../test/world.ts'
import { transact } from '../../platform/database/database.ts'
import { hugePng, photo, withPngText } from './test-photos.ts'

describe('a photo', () => {
  let house: House
  let world: World
  let jpeg: Buffer
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    world = await populate(house)
    jpeg = await photo().jpeg().toBuffer()
  })
  after(() => house[Symbol.asyncDispose]())

  const put = (body: Buffer, type = 'image/jpeg', { as = world.maya, headers = {} } = {}): Promise<Answer> =>
    house.call('PUT', `/pets/${world.rex}/photo`, { as, body, headers: { 'content-type': type, ...headers } })
  const get = (query = '', as = world.maya, headers = {}) =>
    house.call('GET', `/pets/${world.rex}/photo${query}`, { as, headers })

  it('is shown to whoever sees the pet, its groomer too, in three sizes that a job makes', async () => {
    const before = await house.call('GET', `/pets/${world.rex}`, { as: world.maya })
    assert.equal(before.body.photoUrl, null)
    assert.equal((await get()).status, 404)
    const large = await photo(2_000, 1_000).png().toBuffer()
    const { status, body } = await put(large, 'image/png')
    assert.deepEqual([status, body.width, body.height, body.url], [200, 1_600, 800, `/pets/${world.rex}/photo`])
    assert.deepEqual(await sizeOf(await get('?size=small')), [1_600, 800], 'until then, as it is')

    await house.drain()
    for (const [size, wide, high] of [
      ['small', 128, 64],
      ['medium', 512, 256],
      ['large', 1_024, 512],
    ]) {
      const answer = await get(`?size=${size}`)
      assert.deepEqual(await sizeOf(answer), [wide, high])
      assert.equal(answer.headers.get('content-type'), 'image/webp')
    }
    assert.deepEqual(await sizeOf(await get()), [1_024, 512])

    const visit = { petId: world.rex, service: 'grooming', startsAt: '2027-03-15T09:00', locationId: world.newYork }
    assert.equal((await get('', world.tomas)).status, 404)
    await house.call('POST', '/appointments', { as: world.maya, body: visit })
    const limited = await house.call('GET', `/pets/${world.rex}`, { as: world.tomas })
    assert.equal((await house.call('GET', limited.body.photoUrl, { as: world.tomas })).status, 200)
    const [listed] = (await house.call('GET', '/pets', { as: world.maya })).body.items
    assert.equal(listed.photoUrl, `/pets/${world.rex}/photo`)
  })

  it('is cached by its tag, which changes with it', async () => {
    await put(jpeg)
    await house.drain()
    const { headers } = await get()
    const tag = headers.get('etag') as string
    assert.equal(headers.get('cache-control'), 'private, no-cache')
    const again = await get('', world.maya, { 'if-none-match': `W/${tag}, "x"` })
    assert.deepEqual([again.status, again.bytes?.length, again.headers.get('etag')], [304, 0, tag])
    const small = await get('?size=small')
    assert.notEqual(small.headers.get('etag'), tag)
    await put(jpeg)
    assert.equal((await get('', world.maya, { 'if-none-match': tag })).status, 200)
  })

  it('is not replaced or removed by whoever saw an older one', async () => {
    const first = (await put(jpeg)).headers.get('etag') as string
    await house.drain()
    const seen = (await get('?size=small')).headers.get('etag') as string
    const second = await put(jpeg, 'image/jpeg', { headers: { 'if-match': seen } })
    assert.equal(second.status, 200)
    for (const stale of [first, seen]) {
      assert.equal((await put(jpeg, 'image/jpeg', { headers: { 'if-match': stale } })).body.code, 'resource.stale')
      const removing = { as: world.maya, headers: { 'if-match': stale } }
      assert.equal((await house.call('DELETE', `/pets/${world.rex}/photo`, removing)).status, 412)
    }
    assert.equal((await put(jpeg, 'image/jpeg', { headers: { 'if-match': '*' } })).status, 200)
  })

  it('is made anew: upright, without where, when and with what it was taken', async () => {
    const taken = { IFD0: { Make: 'Sekretkamera' }, IFD3: { GPSLatitude: '40/1 44/1 54/1' } }
    const camera = await photo(300, 200)
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withExifMerge(taken)
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Sekretort</x:xmpmeta>')
      .toBuffer()
    assert.ok(camera.includes('Sekretkamera') && camera.includes('Sekretort'))
    const { body } = await put(camera)
    assert.deepEqual([body.width, body.height], [200, 300])
    await house.drain()
    for (const size of ['small', 'medium', 'large']) {
      const { bytes } = await get(`?size=${size}`)
      const { exif, xmp, icc, orientation } = await sharp(bytes).metadata()
      assert.deepEqual([exif, xmp, icc, orientation], [undefined, undefined, undefined, undefined])
      assert.ok(!bytes?.includes('Sekret'))
    }
  })

  it('is refused when it is not what it says, or nothing that Petra takes', async () => {
    const png = await photo(20, 20).png().toBuffer()
    const gif = await photo(20, 20).gif().toBuffer()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    const answers = [
      [png, 'image/jpeg'],
      [jpeg, 'image/webp'],
      [gif, 'image/png'],
      [gif, 'image/gif'],
      [svg, 'image/svg+xml'],
      [svg, 'image/png'],
      [Buffer.from('%PDF-1.7'), 'image/png'],
      [Buffer.from('{"photo":true}'), 'application/json'],
      [jpeg, 'multipart/form-data; boundary=x'],
      [Buffer.alloc(0), 'image/png'],
    ] as const
    for (const [body, type] of answers) {
      const { status, body: problem } = await put(body as Buffer, type)
      assert.deepEqual([status, problem.code], [415, 'media-type.unsupported'], type)
    }
    const bare = await house.call('PUT', `/pets/${world.rex}/photo`, { as: world.maya })
    assert.equal(bare.status, 415)
    const elsewhere = { as: world.maya, body: jpeg, headers: { 'content-type': 'image/jpeg' } }
    assert.equal((await house.call('POST', '/pets', elsewhere)).status, 415)
  })

  it('is refused when it is cut short, damaged, or something else besides', async () => {
    const png = await photo(200, 200).png().toBuffer()
    const webp = await photo(200, 200).webp().toBuffer()
    const archive = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)])
    const page = Buffer.from('<html><script>alert(1)</script>')
    const film = Buffer.from('\0\0\0\x18ftypmp42')
    const large = await photo(1_200, 900).jpeg().toBuffer()
    assert.ok(large.length > 100_000, 'its end is not looked at with its beginning')
    const garbled = Buffer.from(png)
    garbled.fill(7, 200, 400)
    const bad: [string, Buffer, string][] = [
      ['half a JPEG', jpeg.subarray(0, jpeg.length / 2), 'image/jpeg'],
      ['a JPEG without its end', jpeg.subarray(0, -2), 'image/jpeg'],
      ['half a PNG', png.subarray(0, png.length / 2), 'image/png'],
      ['half a WebP', webp.subarray(0, webp.length / 2), 'image/webp'],
      ['a garbled PNG', garbled, 'image/png'],
      ['three bytes', Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg'],
      ['only a signature', png.subarray(0, 8), 'image/png'],
      ['RIFF of nothing', Buffer.from('RIFF\x04\0\0\0WEBP'), 'image/webp'],
      ['a JPEG that is an archive', Buffer.concat([jpeg, archive]), 'image/jpeg'],
      ['a PNG that is an archive', Buffer.concat([png, archive]), 'image/png'],
      ['a JPEG with a page behind', Buffer.concat([jpeg, page]), 'image/jpeg'],
      ['a PNG with a script inside', withPngText(png, '<?php system($_GET[0]); ?>'), 'image/png'],
      ['a PDF that is a PNG', withPngText(png, '%PDF-1.4'), 'image/png'],
      ['a WebP with more behind', Buffer.concat([webp, Buffer.from('more')]), 'image/webp'],
      ['a JPEG with more behind', Buffer.concat([jpeg, Buffer.from('more')]), 'image/jpeg'],
      ['a PNG with a JPEG behind', Buffer.concat([png, jpeg]), 'image/png'],
      ['a JPEG with a film that is an archive', Buffer.concat([jpeg, film, archive]), 'image/jpeg'],
      ['a large JPEG with a film that is a page', Buffer.concat([large, film, page]), 'image/jpeg'],
    ]
    const { bytes } = await put(jpeg).then(() => get())
    for (const [name, body, type] of bad) {
      const answer = await put(body, type)
      assert.deepEqual([answer.status, answer.body.code], [422, 'photo.unreadable'], name)
    }
    assert.deepEqual((await get()).bytes, bytes, 'the one before stays')
    const behind = [jpeg, film, Buffer.from('Samsung’s own SEFT'), Buffer.alloc(100)]
    for (const more of behind) assert.equal((await put(Buffer.concat([jpeg, more]))).status, 200)
  })

  it('is refused for its size before anything is unpacked', async () => {
    const bombs: [Buffer, string][] = [
      [hugePng(20_000, 20_000), 'image/png'],
      [hugePng(8_000, 7_000), 'image/png'],
      [hugePng(4_100, 4_000), 'image/png'],
      [hugePng(8_193, 1_000), 'image/png'],
      [hugePng(1_000, 8_193), 'image/png'],
      [
        await sharp({ create: { width: 5_000, height: 4_000, channels: 3, background: '#888' } })
          .jpeg({ progressive: true })
          .toBuffer(),
        'image/jpeg',
      ],
    ]
    for (const [bomb, type] of bombs) {
      const { status, body } = await put(bomb, type)
      assert.deepEqual([status, body.code], [422, 'photo.too-many-pixels'])
    }
    const most = sharp({ create: { width: 8_192, height: 6_100, channels: 3, background: '#888' } })
    assert.equal((await put(await most.jpeg().toBuffer())).status, 200)
    const large = await put(Buffer.alloc(10_485_761, 0xff))
    assert.deepEqual([large.status, large.body.code], [413, 'body.too-large'])
    const endless = fetch(`${house.url}/pets/${world.rex}/photo`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${await house.signIn(world.maya)}`, 'content-type': 'image/jpeg' },
      body: ReadableStream.from(Array.from({ length: 11 }, () => new Uint8Array(1_048_576))),
      duplex: 'half',
    } as RequestInit)
    assert.equal((await endless).status, 413)
  })

  it('leaves nothing of itself when it is replaced, removed or refused, nor of its key', async () => {
    await put(jpeg)
    await house.drain()
    await put(jpeg)
    await house.drain()
    await put(jpeg.subarray(0, 500))
    const removed = await house.call('DELETE', `/pets/${world.rex}/photo`, { as: world.maya })
    assert.equal(removed.status, 204)
    assert.equal((await get()).status, 404)
    assert.equal((await house.call('DELETE', `/pets/${world.rex}/photo`, { as: world.maya })).status, 404)
    assert.equal((await house.call('GET', `/pets/${world.rex}`, { as: world.maya })).body.photoUrl, null)
    await house.context.files.sweep()
    assert.deepEqual(await storedFiles(house), [])
    const [counts] = await house.sql(`
      select (select count(*) from vault.document_keys)::int as keys, (select count(*) from stored_files)::int as files,
             (select count(*) from blobs_to_delete)::int as blobs, (select count(*) from pet_photos)::int as photos`)
    assert.deepEqual(counts, { keys: 0, files: 0, blobs: 0, photos: 0 })
  })

  it('is sealed at rest, under the key of its pet', async () => {
    const { body } = await put(jpeg)
    const webp = (await get()).bytes as Buffer
    const [name] = await storedFiles(house)
    assert.equal(name, body.id)
    const sealed = await readFile(join(house.context.config.dataDir, 'files', body.id.slice(-2), body.id))
    assert.ok(!sealed.includes('WEBP') && !sealed.includes(webp.subarray(100, 116)))
    const { db, dataKeys } = house.context
    await transact(db, (tx) => dataKeys.destroyDataKey(tx, 'pet-clinical', world.rex))
    assert.equal((await get()).status, 404)
    assert.equal((await put(jpeg)).status, 409, 'as long as the open key is remembered too')
    dataKeys.forget(world.rex)
    assert.equal((await put(jpeg)).status, 409)
    await house.context.files.sweep()
    assert.deepEqual(await storedFiles(house), [])
  })
})

async function sizeOf({ bytes }: Answer): Promise<(number | undefined)[]> {
  const { width, height } = await sharp(bytes).metadata()
  return [width, height]
}
