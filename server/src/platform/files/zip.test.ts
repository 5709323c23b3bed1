import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filesInZip } from '../../../test/files-in-zip.ts'
import { type ZipEntry, zip } from './zip.ts'

const at = Temporal.PlainDateTime.from('2026-11-27T01:02:03')

test('packs files of any name and size, each read when its turn has come', async () => {
  const read: string[] = []
  async function* entries(): AsyncGenerator<ZipEntry> {
    for (const [name, size] of [
      ['a.txt', 0],
      ['Größe/ж.bin', 70_000],
      ['b', 3],
    ] as const) {
      read.push(name)
      yield { name, content: [Buffer.alloc(size, name), Buffer.alloc(0)] }
    }
  }
  const packed = zip(entries(), at)
  await packed.next()
  assert.deepEqual(read, ['a.txt'])
  const parts: Uint8Array[] = []
  for await (const part of zip(entries(), at)) parts.push(part)
  const files = filesInZip(Buffer.concat(parts))
  assert.deepEqual([...files.keys()], ['a.txt', 'Größe/ж.bin', 'b'])
  assert.ok(files.get('Größe/ж.bin')?.equals(Buffer.alloc(70_000, 'Größe/ж.bin')))
})

test('says in 64 bits what 32 do not hold', async () => {
  async function* entries(): AsyncGenerator<ZipEntry> {
    yield { name: 'near.bin', content: [Buffer.alloc(5_000)] }
    yield { name: 'far.txt', content: [Buffer.from('far')] }
  }
  const parts: Uint8Array[] = []
  for await (const part of zip(entries(), at, 5_000)) parts.push(part)
  const archive = Buffer.concat(parts)
  const end = archive.length - 22 - 20 - 56
  assert.equal(archive.readUInt32LE(end), 0x06064b50)
  assert.equal(archive.readBigUInt64LE(end + 32), 2n)
  const directoryAt = Number(archive.readBigUInt64LE(end + 48))
  assert.equal(directoryAt + Number(archive.readBigUInt64LE(end + 40)), end)
  assert.equal(archive.readUInt32LE(end + 56), 0x07064b50)
  assert.equal(archive.readBigUInt64LE(end + 64), BigInt(end))
  assert.equal(archive.readUInt32LE(archive.length - 6), 0xffff_ffff)
  const farAt = Number(archive.readBigUInt64LE(end - 8))
  assert.equal(archive.readUInt32LE(farAt), 0x04034b50)
  assert.equal(archive.toString('latin1', farAt + 30, farAt + 37), 'far.txt')
})
