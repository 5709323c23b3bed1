import { type Changes, openChanges } from '../changes.ts'
import { type DataKeys, openDataKeys } from './data-keys.ts'
import type { Keyring } from './keyring.ts'

/** A key that any process destroyed is used by none a second later, the time it takes to close it included. */
const TRUSTED_MS = 900

/** Data keys that hear from the database at `url` which were destroyed, and are read anew while they might not. */
export async function openHeardDataKeys(keyring: Keyring, url: string): Promise<DataKeys & AsyncDisposable> {
  let changes: Changes | undefined
  const dataKeys = openDataKeys(keyring, () => changes?.isCurrent() ?? false)
  changes = await openChanges(url, {
    channel: 'key_destroyed',
    trustedMs: TRUSTED_MS,
    changed: dataKeys.forget,
    lost: dataKeys.forgetAll,
  })
  return {
    ...dataKeys,
    async [Symbol.asyncDispose]() {
      await changes[Symbol.asyncDispose]()
      dataKeys[Symbol.dispose]()
    },
  }
}
