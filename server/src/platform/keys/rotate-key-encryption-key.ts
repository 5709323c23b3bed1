import type { Db } from '../database/database.ts'
import { transact } from '../database/database.ts'
import { StartupError } from '../startup-error.ts'
import { contextOf } from './data-keys.ts'
import type { KeyEncryption, RemoteKeyEncryption } from './key-encryption.ts'
import { type Keyring, openKeyring } from './keyring.ts'
import { generateKeyEncryptionKey, type KeyEncryptionKey } from './keyring-contents.ts'
import { changeKeyring } from './keyring-file.ts'
import type { KeyringGuard } from './keyring-text.ts'
import { countDataKeysByKek, type RewrapRow, replaceWrapped, selectToRewrap } from './rewrap-rows.ts'

/** Some 20 ms of work; with Vault two calls. */
const BATCH = 500
/** A process learns of a new key within 30 s, and what it wrapped before is committed within another 30 s. */
const SETTLED_MS = 120_000

export interface KeysToRotate {
  readonly db: Db
  readonly folder: string
  readonly guard: KeyringGuard
}

export interface Rotation extends KeysToRotate {
  /** With a key in the keyring's file though its guard has keys, which could not move with it. */
  readonly here?: boolean
}

/**
 * Makes a new key-encryption key and wraps every data key with it, while Petra runs. Where a rotation was broken off it goes on with
 * that: what is wrapped anew is committed batch by batch, and stays readable before and after.
 * @param progress is told how many data keys of how many are done
 * @returns the name of the new key, and how many data keys were wrapped anew
 */
export async function rotateKeyEncryptionKey(
  { db, folder, guard, here }: Rotation,
  progress: (done: number, of: number) => void = () => {},
): Promise<{ kekId: string; rewrapped: number }> {
  await chooseKey({ db, folder, guard, here: here || typeof guard !== 'object' })
  const keyring = await openKeyring(folder, guard)
  const { current: kekId, behind, total } = await countBehind(db, keyring)
  let rewrapped = 0
  for (let after: string | null = null; ; ) {
    const rows: RewrapRow[] = await db.rows<RewrapRow>(selectToRewrap(kekId, after, BATCH))
    if (rows.length === 0) break
    rewrapped += await rewrap(db, keyring, rows)
    after = rows.at(-1)?.id ?? null
    progress(total - behind + rewrapped, total)
  }
  return { kekId, rewrapped }
}

/**
 * Drops the key-encryption keys that nothing hangs on any more from the keyring.
 * @returns their names
 * @throws StartupError when something does, or a process may still be wrapping with one
 */
export async function retireKeyEncryptionKeys({ db, folder, guard }: KeysToRotate): Promise<string[]> {
  const { current, behind } = await countBehind(db, await openKeyring(folder, guard))
  if (behind > 0) {
    throw new StartupError(
      `${behind} data keys hang on an older key-encryption key. Wrap them anew first: npm run keys -- rotate`,
    )
  }
  const { before, after } = await changeKeyring(folder, guard, (contents) => {
    const newest = contents.keyEncryptionKeys.find(({ id }) => id === current)
    if (!newest)
      throw new StartupError(`The keyring does not name ${current} yet, which wraps now: npm run keys -- rotate`)
    if (contents.keyEncryptionKeys.length > 1 && Date.now() - Date.parse(newest.createdAt) < SETTLED_MS) {
      throw new StartupError('The newest key is not two minutes old: a process may not know it yet. Try again later.')
    }
    return { ...contents, keyEncryptionKeys: contents.keyEncryptionKeys.filter(({ id }) => id === current) }
  })
  return before.keyEncryptionKeys.filter((key) => !after.keyEncryptionKeys.includes(key)).map(({ id }) => id)
}

/** Makes a key and puts it first, or goes on with the one that a rotation was broken off with. */
async function chooseKey({ db, folder, guard, here }: Required<Rotation>): Promise<void> {
  const keyring = await openKeyring(folder, guard)
  const { current, behind } = await countBehind(db, keyring)
  const isBegun = behind > 0 && keyring.holds(current) === here
  if (!here) await putFirst(folder, guard, await remoteKey(guard as RemoteKeyEncryption, isBegun))
  else if (!isBegun) await putFirst(folder, guard, generateKeyEncryptionKey())
}

/** Named in the keyring in either case: another machine may have made a version, or turned an alias, by itself. */
async function remoteKey(remote: RemoteKeyEncryption, isBegun: boolean): Promise<KeyEncryptionKey> {
  if (!isBegun) await remote.addVersion?.()
  return { id: await currentKekOf(remote), createdAt: new Date().toISOString() }
}

async function putFirst(folder: string, guard: KeyringGuard, first: KeyEncryptionKey): Promise<void> {
  await changeKeyring(folder, guard, (contents) => {
    const others = contents.keyEncryptionKeys.filter(({ id }) => id !== first.id)
    return { ...contents, keyEncryptionKeys: [first, ...others] }
  })
}

/** Whoever wraps says with which key. */
async function currentKekOf(keys: KeyEncryption): Promise<string> {
  const [probe] = await keys.wrapAll([{ bytes: Buffer.alloc(32), context: 'probe' }])
  return probe?.kekId ?? ''
}

async function countBehind(db: Db, keyring: Keyring) {
  const current = await currentKekOf(keyring)
  const counts = await db.rows<{ kek_id: string; keys: number }>(countDataKeysByKek())
  const total = counts.reduce((sum, { keys }) => sum + keys, 0)
  const behind = total - (counts.find(({ kek_id }) => kek_id === current)?.keys ?? 0)
  return { current, behind, total }
}

/** @returns how many were wrapped anew: one that was destroyed meanwhile stays destroyed */
async function rewrap(db: Db, keyring: Keyring, rows: readonly RewrapRow[]): Promise<number> {
  const contexts = rows.map(({ id, purpose, subject_id }) => contextOf(id, purpose, subject_id))
  const secrets = await keyring.unwrapAll(
    rows.map(({ kek_id, wrapped }, index) => ({
      wrapped: { kekId: kek_id, bytes: wrapped },
      context: contexts[index] as string,
    })),
  )
  const anew = await keyring.wrapAll(secrets.map((bytes, index) => ({ bytes, context: contexts[index] as string })))
  for (const secret of secrets) secret.fill(0)
  const replaced = rows.map(({ id, wrapped }, index) => {
    const { kekId, bytes } = anew[index] as (typeof anew)[number]
    return { id, before: wrapped, kekId, wrapped: bytes }
  })
  return (await transact(db, (tx) => tx.rows(replaceWrapped(replaced)))).length
}
