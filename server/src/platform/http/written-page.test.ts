import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WrittenPage, writtenFields } from './written-page.ts'

test('a page puts what is written where it belongs, whatever its items say', () => {
  const hostile = ['"hole":0', '\\"hole":0', '"hole":0}', '},{"hole":0', '$&', "$'", '\u2028 \ud800 é 犬']
  const items = hostile.map((text, index) => ({
    id: index,
    name: text,
    [text]: text,
    content: { text, [text]: [text] },
  }))
  const partly = items.map(({ id, content, ...others }) => ({
    fields: [writtenFields({ id }), writtenFields(others)],
    object: Buffer.from(JSON.stringify({ content })),
  }))
  const page = { items: items as unknown[], nextCursor: '"hole":0' }
  assert.deepEqual(JSON.parse(new WrittenPage(partly, page.nextCursor).bytes.toString()), page)
  assert.deepEqual(JSON.parse(new WrittenPage([], null).bytes.toString()), { items: [], nextCursor: null })
})
