import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { childEnv } from '../child-env.ts'

const STRIPPER = 'NativeModule internal/deps/amaro/dist/index'

describe('npm start', () => {
  it('leaves what takes types out to a process that ends', async () => {
    const house = await newHouse('a word')
    assert.deepEqual(await house.start(), { said: 'a word', stripper: false })
    assert.deepEqual(await house.start(), { said: 'a word', stripper: false })
  })

  it('runs what a source says now, and not what it said', async () => {
    const house = await newHouse('one')
    for (const word of ['one', 'two', 'one']) {
      await house.write(word)
      assert.equal((await house.start()).said, word)
    }
  })

  it('runs where nothing can be kept', async () => {
    const house = await newHouse('all the same')
    await writeFile(join(house.folder, 'node_modules'), 'not a folder')
    assert.deepEqual(await house.start(), { said: 'all the same', stripper: true })
  })

  it('may be run several times at once', async () => {
    const house = await newHouse('each')
    const all = await Promise.all([house.start(), house.start(), house.start(), house.start()])
    for (const answer of all) assert.deepEqual(answer, { said: 'each', stripper: false })
  })
})

/** Nothing but how Petra is started, and a `main.ts` that says a word and whether types were taken out in its own process. */
async function newHouse(word: string) {
  const folder = await mkdtemp(join(process.env.TEST_FOLDER as string, 'start-'))
  const sources = join(folder, 'server', 'src')
  await mkdir(sources, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  for (const name of ['start.js', 'strip-types.js'])
    await cp(join(import.meta.dirname, '../../src', name), join(sources, name))
  const write = (said: string) =>
    writeFile(
      join(sources, 'main.ts'),
      `const said: string = '${said}'
       console.log(JSON.stringify({ said, stripper: process.moduleLoadList.includes('${STRIPPER}') }))`,
    )
  await write(word)
  const start = async (): Promise<{ said: string; stripper: boolean }> => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(sources, 'start.js')], { env: childEnv() })
    return JSON.parse(stdout)
  }
  return { folder, write, start }
}
