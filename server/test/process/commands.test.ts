import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { childEnv } from '../child-env.ts'
import { newDataDir } from './start-petra.ts'

/** Runs a command that must refuse. @returns what it says about that */
async function refusalOf(script: string, ...words: string[]): Promise<string> {
  const path = fileURLToPath(new URL(`../../src/${script}`, import.meta.url))
  const env = { ...childEnv(), DATA_DIR: await newDataDir() }
  return new Promise((say, fail) => {
    execFile(process.execPath, [path, ...words], { env }, (error, _, stderr) => {
      if (error?.code === 1) say(stderr)
      else fail(new Error(`ended with ${error?.code}: ${stderr}`))
    })
  })
}

test('a backup whose two halves lie in one place is not begun', async () => {
  for (const [data, keys] of [
    ['a', 'a/keys'],
    ['a/data', 'a'],
    ['a', './a'],
    ['/tmp/a', '/tmp/a/../a/keys'],
  ] as const)
    assert.match(await refusalOf('backup.ts', data, keys), /^One of the folders lies in the other.*\n$/)
  assert.match(await refusalOf('backup.ts', 'a', '..a'), /^No database is running\./)
})

test('a command about keys that is given a word too many says what there is', async () => {
  for (const words of [['retire', 'k1'], ['rotate', '--here', 'x'], ['rotate', 'x'], ['rotate-signing', 'x'], []])
    assert.match(await refusalOf('keys.ts', ...words), /^Say what to do: npm run keys -- rotate-signing \| .*\n$/)
})
