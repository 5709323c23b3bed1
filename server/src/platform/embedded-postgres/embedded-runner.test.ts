import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { embeddedBinaries } from './embedded-binaries.ts'
import { chooseRunner, commandFor, type Runner } from './embedded-runner.ts'

const isRoot = process.getuid?.() === 0
const scratch = await mkdtemp(join(tmpdir(), 'petra-runner-'))
const programs = join(scratch, 'programs')
const postgres = join(programs, 'bin', 'postgres')
const home = join(scratch, 'home')
after(() => rm(scratch, { recursive: true }))

describe('as root', { skip: !isRoot && 'only root runs PostgreSQL as another user' }, () => {
  before(async () => {
    const installed = await embeddedBinaries()
    await cp(dirname(dirname(installed.postgres)), programs, { recursive: true, verbatimSymlinks: true })
    await mkdir(home)
  })

  test('needs no capability where another user can enter', async () => {
    await chmod(scratch, 0o711)
    const runner = await chooseRunner(postgres, home)
    assert.equal(runner.passesClosedFoldersBy, undefined)
    assert.notEqual(await userIdUnder(runner), 0)
  })

  test('is another user, with one capability, where the programs and the folder are closed to others', async () => {
    await chmod(scratch, 0o700)
    const runner = await chooseRunner(postgres, home)
    assert.equal(runner.passesClosedFoldersBy, 'dac_read_search')
    assert.notEqual(await userIdUnder(runner), 0)
  })

  test('says what stands in the way when nothing works', async () => {
    await assert.rejects(chooseRunner(join(programs, 'gone'), home), {
      name: 'StartupError',
      message: /^The embedded database cannot be run \(.*gone.*not found.*\)\. Start Petra as a user/,
    })
  })
})

async function userIdUnder(runner: Runner): Promise<number> {
  const { file, args, options } = commandFor(runner, 'id', ['-u'])
  const { stdout } = await promisify(execFile)(file, args, options)
  return Number(stdout)
}
