import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importRules } from './import-rules.ts'
import { readSources, sourceOf } from './sources.ts'
import { styleRules } from './style-rules.ts'

const sources = readSources()

for (const rule of [...importRules, ...styleRules]) {
  test(rule.name, () => {
    for (const [path, text] of rule.broken)
      assert.notDeepEqual(rule.complaints([sourceOf(path, text)]), [], `unnoticed: ${text || path}`)
    assert.deepEqual(rule.complaints(sources), [])
  })
}
