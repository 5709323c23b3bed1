import { join } from 'node:path'
import { dataDir, readConfig, readKeyringConfig, readOldKeyringConfig } from './platform/config.ts'
import type { Context } from './platform/context.ts'
import { AppError } from './platform/errors.ts'
import { keyringGuard } from './platform/keys/keyring-guard.ts'
import { rotateSigningKey } from './platform/keys/rotate-signing-key.ts'
import { StartupError, unusableFolder } from './platform/startup-error.ts'

/**
 * `npm run keys -- …`: what an operator does to the keys of `DATA_DIR`, while Petra runs or not. What only one command needs is
 * loaded with it.
 */
const commands: Record<string, { readonly takes: string; run(words: readonly string[]): Promise<void> }> = {
  'rotate-signing': {
    takes: '',
    async run() {
      const guard = await keyringGuard(readKeyringConfig(), console.error)
      const { kid, signsFrom, dropped } = await rotateSigningKey(folder, guard)
      console.log(`The new signing key ${kid} is shown from now on, and signs from ${signsFrom.toISOString()}.`)
      for (const old of dropped) console.log(`Dropped ${old}: nothing it signed is valid any more.`)
    },
  },
  rotate: {
    takes: ' [--here]',
    async run([where]) {
      if (where && where !== '--here') throw new StartupError(usage())
      const { rotateKeyEncryptionKey } = await import('./platform/keys/rotate-key-encryption-key.ts')
      await inContext(async ({ db }) => {
        let told = 0
        const guard = await keyringGuard(readKeyringConfig(), console.error)
        const { kekId, rewrapped } = await rotateKeyEncryptionKey(
          { db, folder, guard, here: where === '--here' },
          (done, of) => {
            if (done < told + of / 10) return
            told = done
            console.log(`${done} of ${of} data keys`)
          },
        )
        console.log(`${rewrapped} data keys were wrapped anew; all that are left hang on ${kekId}.`)
      })
    },
  },
  retire: {
    takes: '',
    async run() {
      const { retireKeyEncryptionKeys } = await import('./platform/keys/rotate-key-encryption-key.ts')
      await inContext(async ({ db }) => {
        const guard = await keyringGuard(readKeyringConfig(), console.error)
        const retired = await retireKeyEncryptionKeys({ db, folder, guard })
        for (const kekId of retired) console.log(`Dropped ${kekId}. Backups that hang on it do not open any more.`)
        if (retired.length === 0) console.log('There is no older key-encryption key.')
      })
    },
  },
  move: {
    takes: '',
    async run() {
      const { moveKeyring, ofOld } = await import('./platform/keys/move-keyring.ts')
      const from = await keyringGuard(await Promise.try(readOldKeyringConfig).catch(ofOld), console.error)
      const to = await keyringGuard(readKeyringConfig(), console.error)
      const isMoved = await moveKeyring(folder, from, to)
      console.log(`The keyring is sealed as KEYRING_URL says${isMoved ? '' : ' already'}.`)
      console.log('Start every process anew with that; then wrap the data keys anew: npm run keys -- rotate')
    },
  },
  'destroy-pet': {
    takes: ' PET-ID --for-good',
    async run([petId = '', consent]) {
      if (consent !== '--for-good' || !UUID.test(petId)) throw new StartupError(usage())
      const { destroyClinicalContent } = await import('./features/medical-records/destroy-clinical-content.ts')
      const { keepReceipts } = await import('./platform/keys/destruction-ledger.ts')
      await inContext(async (context) => {
        const receipt = await destroyClinicalContent(context, petId)
        await keepReceipts({ db: context.db, folder }, petId)
        console.log(`Nothing of this pet's records opens any more, here or in a backup. The receipt:\n${receipt}`)
      })
    },
  },
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const folder = join(dataDir(), 'keys')
const [name = '', ...words] = process.argv.slice(2)

function usage(): string {
  const ways = Object.entries(commands).map(([command, { takes }]) => command + takes)
  return `Say what to do: npm run keys -- ${ways.join(' | ')}`
}

async function inContext(work: (context: Context) => Promise<void>): Promise<void> {
  const { openContext } = await import('./platform/context.ts')
  const { runningSuperuserUrl } = await import('./platform/embedded-postgres/embedded-postgres.ts')
  const config = readConfig()
  const databaseUrl = config.databaseUrl ?? (await runningSuperuserUrl(join(config.dataDir, 'postgres')))
  if (databaseUrl === undefined) throw new StartupError('No database is running. Start Petra first.')
  await using context = await openContext({ ...config, databaseUrl })
  await work(context)
}

try {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command || words.length > command.takes.split(' ').length - 1) throw new StartupError(usage())
  await command.run(words)
} catch (error) {
  const failure = unusableFolder(folder, error)
  if (!(failure instanceof StartupError || failure instanceof AppError)) throw failure
  console.error(failure.message)
  process.exitCode = 1
}
