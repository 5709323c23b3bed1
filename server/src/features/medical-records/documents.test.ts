import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import sharp from 'sharp'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { sealName } from './document-name.ts'
import { attach, form, pdf } from './test-documents.ts'
import { add, eventsOf, rabies, visitDrLind } from './test-records.ts'

describe('a document', () => {
  let house: House
  let world: World
  let recordId: string
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    world = await populate(house)
    await visitDrLind(house, world)
    recordId = (await add(house, world.maya, world.rex, rabies)).id
  })
  after(() => house[Symbol.asyncDispose]())

  const records = () => `/pets/${world.rex}/medical-records`
  const get = (url: string, as: string | null = world.maya, headers = {}) => house.call('GET', url, { as, headers })

  it('belongs to a record, is listed wherever that is shown, and comes back byte for byte to be saved', async () => {
    const content = pdf(200_000)
    const added = await attach(house, world.maya, world.rex, recordId, form(content, 'Blutbild “Rex” 50 %.pdf'))
    assert.equal(added.status, 201)
    const { id } = added.body
    const url = `${records()}/${recordId}/documents/${id}`
    const told = { id, name: 'Blutbild “Rex” 50 %.pdf', mediaType: 'application/pdf', bytes: 200_000, url }
    assert.deepEqual(added.body, told)
    assert.equal(added.headers.get('location'), url)
    const seen = [
      (await get(`${records()}/${recordId}`)).body,
      (await get(records())).body.items[0],
      (await get(`${records()}/${recordId}/history`)).body.items[0],
    ]
    for (const { documents } of seen) assert.deepEqual(documents, [told])

    const { status, headers, bytes } = await get(url, world.drLind)
    assert.ok(status === 200 && bytes?.equals(content))
    assert.equal(headers.get('content-type'), 'application/pdf')
    assert.equal(headers.get('content-length'), '200000')
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(
      headers.get('content-disposition'),
      `attachment; filename="Blutbild _Rex_ 50 _.pdf"; filename*=UTF-8''Blutbild%20%E2%80%9CRex%E2%80%9D%2050%20%25.pdf`,
    )
  })

  it('is named without folders, tricks and invisible characters, and at all', async () => {
    const cases = {
      '../../etc/passwd.pdf': 'passwd.pdf',
      'C:\\x\\y.pdf': 'y.pdf',
      'invoice\u202Efdp.exe': 'invoicefdp.exe',
      'a\u0007\u200Bb.pdf': 'ab.pdf',
      '..': 'document',
      ' ': 'document',
      'a"b;c=\'d.pdf': 'a"b;c=\'d.pdf',
    }
    for (const [given, kept] of Object.entries(cases)) {
      const note = await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })
      const { body } = await attach(house, world.maya, world.rex, note.id, form(pdf(), given))
      // A browser sends quotes percent-encoded.
      assert.equal(body.name, kept.replaceAll('"', '%22'))
    }
    const long = await attach(house, world.maya, world.rex, recordId, form(pdf(), `${'n'.repeat(250)}.pdf`))
    assert.deepEqual([long.status, long.body.errors[0].pointer], [400, '/body/file'])
  })

  it('is told by its bytes and not by its name, and is one of a few things', async () => {
    const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(100)])
    const dicom = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(100)])
    const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: '#888' } })
    const taken = {
      'application/pdf': pdf(10),
      'image/jpeg': await picture.clone().jpeg().toBuffer(),
      'image/png': await picture.clone().png().toBuffer(),
      'image/webp': await picture.clone().webp().toBuffer(),
      'image/tiff': await picture.clone().tiff().toBuffer(),
      'image/heic': heic,
      'application/dicom': dicom,
    }
    const { id } = await add(house, world.maya, world.rex, {
      type: 'document',
      occurredOn: '2026-03-30',
      details: { title: 'All' },
    })
    for (const [mediaType, content] of Object.entries(taken)) {
      const { body } = await attach(house, world.maya, world.rex, id, form(content, 'x.exe'))
      assert.equal(body.mediaType, mediaType)
      assert.equal((await get(body.url)).headers.get('content-type'), mediaType)
    }
    const refused = [
      '<html><script>',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'MZ\x90\0',
      'PK\x03\x04',
      'a,b\n1,2',
      '',
    ]
    for (const content of refused) {
      const { status, body } = await attach(house, world.maya, world.rex, id, form(Buffer.from(content), 'x.pdf'))
      assert.deepEqual([status, body.code], [415, 'media-type.unsupported'], content)
    }
  })

  it('is read in parts, which open only what they need', async () => {
    const content = pdf(200_001)
    const { body } = await attach(house, world.maya, world.rex, recordId, form(content))
    const part = (range: string, more = {}) => get(body.url, world.maya, { range, ...more })
    const parts: [string, number, number][] = [
      ['bytes=0-0', 0, 0],
      ['bytes=65535-65536', 65_535, 65_536],
      ['bytes=100000-', 100_000, 200_000],
      ['bytes=-1', 200_000, 200_000],
      ['bytes=-999999', 0, 200_000],
      ['bytes=131072-999999', 131_072, 200_000],
    ]
    for (const [range, from, to] of parts) {
      const { status, headers, bytes } = await part(range)
      assert.deepEqual([status, headers.get('content-range')], [206, `bytes ${from}-${to}/200001`], range)
      assert.ok(bytes?.equals(content.subarray(from, to + 1)), range)
    }
    for (const range of ['bytes=200001-', 'bytes=-0', 'bytes=900000-900001']) {
      const { status, headers, body } = await part(range)
      assert.deepEqual(
        [status, body.code, headers.get('content-range')],
        [416, 'range.not-satisfiable', 'bytes */200001'],
      )
    }
    for (const range of [
      'bytes=5-1',
      'bytes=a-b',
      'bytes=-',
      'bytes=0-1,5-6',
      'items=0-1',
      'bytes=0-9999999999999999999',
    ])
      assert.equal((await part(range)).status, 200, range)

    const tag = (await get(body.url)).headers.get('etag') as string
    assert.equal((await part('bytes=0-9', { 'if-range': tag })).status, 206)
    assert.equal((await part('bytes=0-9', { 'if-range': '"another"' })).status, 200)
    assert.equal((await part('bytes=0-9', { 'if-range': 'Tue, 01 Dec 2026 00:00:00 GMT' })).status, 200)
    assert.equal((await get(body.url, world.maya, { 'if-none-match': tag })).status, 304)
    const head = await house.call('HEAD', body.url, { as: world.maya })
    assert.deepEqual([head.status, head.headers.get('content-length'), head.bytes?.length], [200, '200001', 0])
  })

  it('leaves an event for every look, a part and a 304 too, before its first byte', async () => {
    const { body } = await attach(house, world.maya, world.rex, recordId, form(pdf()))
    const [added] = (await eventsOf(house, 'medical-record.document-added')).slice(-1)
    assert.partialDeepStrictEqual(added, {
      outcome: 'allowed',
      actor_id: world.maya,
      resource_id: body.id,
      pet_id: world.rex,
      record_ids: [recordId],
    })
    const sealed = await readFile(join(house.context.config.dataDir, 'files', body.id.slice(-2), body.id))
    assert.deepEqual(added?.payload, { contentHash: hash('sha256', sealed) })

    const before = (await eventsOf(house, 'medical-record.document-read')).length
    const { headers } = await get(body.url, world.drLind)
    await get(body.url, world.drLind, { range: 'bytes=0-3' })
    await get(body.url, world.drLind, { 'if-none-match': headers.get('etag') })
    await house.call('HEAD', body.url, { as: world.drLind })
    const reads = (await eventsOf(house, 'medical-record.document-read')).slice(before)
    assert.equal(reads.length, 4)
    for (const read of reads)
      assert.partialDeepStrictEqual(read, {
        purpose: 'care',
        actor_id: world.drLind,
        resource_id: body.id,
        record_ids: [recordId],
      })
    const log = await get(`/pets/${world.rex}/access-log?limit=1`)
    assert.deepEqual([log.body.items[0].what, log.body.items[0].name], ['medical-record.document-read', 'Dr. Lind'])

    await house.sql(`revoke insert on events from petra_app`)
    try {
      const unseen = await get(body.url, world.drLind)
      assert.deepEqual([unseen.status, unseen.body.code], [503, 'service.unavailable'])
    } finally {
      await house.sql(`grant insert on events to petra_app`)
    }
  })

  it('is added by who may change its record, and to none that was entered in error or verified by a vet', async () => {
    const told = await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })
    const found = await add(house, world.drLind, world.rex, { type: 'note', occurredOn: '2026-03-30' })
    const attaching = async (as: string, id: string) => {
      const { status, body } = await attach(house, as, world.rex, id, form(pdf()))
      return `${status} ${body.code ?? ''}`.trim()
    }
    assert.equal(await attaching(world.drLind, told.id), '201')
    assert.equal(await attaching(world.maya, found.id), '403 auth.forbidden')
    assert.equal(await attaching(world.tomas, told.id), '404 resource.not-found')
    assert.equal(await attaching(world.ines, told.id), '403 auth.forbidden')
    assert.equal(await attaching(world.drOkafor, told.id), '403 medical-record.no-care')
    assert.equal(await attaching(world.maya, crypto.randomUUID()), '404 resource.not-found')

    const verified = await house.call('POST', `${records()}/${told.id}/verification`, { as: world.drLind })
    assert.equal(verified.body.documents.length, 1)
    assert.equal(await attaching(world.maya, told.id), '409 resource.conflict')
    assert.equal(await attaching(world.drLind, told.id), '201')

    const [{ url }] = verified.body.documents
    await house.call('DELETE', `${records()}/${told.id}?reason=wrong`, { as: world.drLind })
    assert.equal(await attaching(world.drLind, told.id), '409 resource.conflict')
    assert.equal((await get(url)).status, 200, 'as its history, it stays readable')
    assert.equal((await get(`${records()}/${told.id}`)).body.documents.length, 2)
    for (const [who, status] of [
      [world.tomas, 404],
      [world.ines, 403],
      [world.ada, 403],
      [world.noor, 403],
      [world.sam, 404],
      [null, 401],
    ] as const)
      assert.equal((await get(url, who)).status, status)
    const under = url.replace(world.rex, world.mimi)
    assert.equal((await get(under, world.sam)).status, 404, "not below another pet's record")
  })

  it('is not added to a visit note that is locked, nor to a record that has fifty', async () => {
    const note = { type: 'visit-note', occurredOn: '2026-03-30', details: { subjective: 'Limps.' } }
    const { id } = await add(house, world.drLind, world.rex, note)
    await house.sql(`update medical_records set created_at = created_at - interval '25 hours' where id = $1`, [id])
    const locked = await attach(house, world.drLind, world.rex, id, form(pdf()))
    assert.deepEqual([locked.status, locked.body.code], [409, 'medical-record.locked'])
    const full = await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })
    const key = await house.context.dataKeys.dataKeyFor(house.context.db, 'pet-clinical', world.rex)
    for (let n = 0; n < 50; n++) {
      const id = crypto.randomUUID()
      await house.sql(`insert into stored_files (id, media_type, bytes) values ($1, 'application/pdf', 1)`, [id])
      await house.sql(
        'insert into medical_documents (id, record_id, record_version, name, added_by) values ($1, $2, 1, $3, $4)',
        [id, full.id, sealName(key, id, 'x.pdf'), world.maya],
      )
    }
    assert.equal((await attach(house, world.maya, world.rex, full.id, form(pdf()))).status, 409)
  })

  it('of a version is what that had', async () => {
    const { id } = await add(house, world.maya, world.rex, { type: 'note', occurredOn: '2026-03-30' })
    await attach(house, world.maya, world.rex, id, form(pdf(), 'first.pdf'))
    await house.call('PUT', `${records()}/${id}`, { as: world.maya, body: { description: 'More.' } })
    await attach(house, world.maya, world.rex, id, form(pdf(), 'second.pdf'))
    const { items } = (await get(`${records()}/${id}/history`)).body
    const names = items.map(({ documents }: { documents: { name: string }[] }) => documents.map(({ name }) => name))
    assert.deepEqual(names, [['first.pdf', 'second.pdf'], ['first.pdf']])
  })
})
