import { join } from 'node:path'
import { dataDir, readKeyringConfig } from './platform/config.ts'
import { keyringGuard } from './platform/keyring-guard.ts'
import type { KeyringGuard } from './platform/keyring-text.ts'
import { rotateSigningKey } from './platform/rotate-signing-key.ts'
import { StartupError, unusableFolder } from './platform/startup-error.ts'

/** `npm run keys -- rotate-signing`: what an operator does to the keyring of `DATA_DIR`, while Petra runs or not. */
const commands: Record<string, (folder: string, guard: KeyringGuard) => Promise<void>> = {
  async 'rotate-signing'(folder, guard) {
    const { kid, signsFrom, dropped } = await rotateSigningKey(folder, guard)
    console.log(`The new signing key ${kid} is shown from now on, and signs from ${signsFrom.toISOString()}.`)
    for (const old of dropped) console.log(`Dropped ${old}: nothing it signed is valid any more.`)
  },
}

const folder = join(dataDir(), 'keys')
const [name = ''] = process.argv.slice(2)

try {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new StartupError(`Say what to do: npm run keys -- ${Object.keys(commands).join(' | ')}`)
  await command(folder, await keyringGuard(readKeyringConfig(), console.error))
} catch (error) {
  const failure = unusableFolder(folder, error)
  if (!(failure instanceof StartupError)) throw failure
  console.error(failure.message)
  process.exitCode = 1
}
