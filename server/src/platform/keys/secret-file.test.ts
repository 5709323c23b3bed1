import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createSecretFile, readSecretFile } from './secret-file.ts'

const scratch = await mkdtemp(join(tmpdir(), 'petra-secret-file-'))
after(() => rm(scratch, { recursive: true }))

test('leaves a file that is there as it is, and no draft behind', async () => {
  const path = join(scratch, 'folder', 'secret')
  assert.equal(await readSecretFile(path), undefined)
  await createSecretFile(path, 'first')
  await createSecretFile(path, 'second')
  assert.equal(await readSecretFile(path), 'first')
  assert.deepEqual(await readdir(join(scratch, 'folder')), ['secret'])
})

test('shows every one of many that create it at once the same whole text', async () => {
  const path = join(scratch, 'raced', 'secret')
  const texts = Array.from({ length: 20 }, (_, index) => `${index} `.repeat(10_000))
  const seen = texts.map(async (text) => {
    await createSecretFile(path, text)
    return readSecretFile(path)
  })
  const [winner, ...others] = new Set(await Promise.all(seen))
  assert.ok(texts.includes(String(winner)))
  assert.deepEqual(others, [])
})
