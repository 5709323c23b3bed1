import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { holdSocket, lockFolder } from './folder-lock.ts'
import { StartupError } from './startup-error.ts'

const scratch = await mkdtemp(join(tmpdir(), 'petra-lock-'))
after(() => rm(scratch, { recursive: true }))

const refused = (folder: string) =>
  new StartupError(`Another Petra is running on ${folder}. Stop it first, or set DATA_DIR to another folder.`)

test('refuses a folder that another process holds, until that process is killed', async () => {
  const folder = join(scratch, 'killed')
  const holder = holdInAnotherProcess('lockFolder', folder)
  await once(holder.stdout, 'data')
  await assert.rejects(lockFolder(folder), refused(folder))
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  await using _lock = await lockFolder(folder)
})

test('refuses the same folder by another path, and gives it back when disposed of', async () => {
  const folder = join(scratch, 'real')
  const alias = join(scratch, 'alias')
  const lock = await lockFolder(folder)
  await symlink(folder, alias)
  await assert.rejects(lockFolder(alias), refused(alias))
  await lock[Symbol.asyncDispose]()
  await using _again = await lockFolder(alias)
})

test('holds two folders at once', async () => {
  await using _one = await lockFolder(join(scratch, 'one'))
  await using _two = await lockFolder(join(scratch, 'two'))
})

test('says in plain words that a folder cannot be used', async () => {
  const file = join(scratch, 'file')
  await writeFile(file, '')
  await assert.rejects(lockFolder(file), {
    name: 'StartupError',
    message: `Petra cannot use the folder ${file}: a file is in the way. Mend that, or set DATA_DIR to another folder.`,
  })
})

test('takes over the socket file of a killed process, and none that is listened on', async () => {
  const address = join(scratch, 'lock.sock')
  const holder = holdInAnotherProcess('holdSocket', address)
  await once(holder.stdout, 'data')
  assert.equal(await holdSocket(address), undefined)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const socket = await holdSocket(address)
  assert.ok(socket?.listening)
  socket.close()
})

function holdInAnotherProcess(name: 'lockFolder' | 'holdSocket', path: string) {
  const script = `
    const lock = await import(${JSON.stringify(import.meta.resolve('./folder-lock.ts'))})
    globalThis.held = await lock.${name}(process.argv[1])
    console.log('held')
    setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--input-type=module', '--eval', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
