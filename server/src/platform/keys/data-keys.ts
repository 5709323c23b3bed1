import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Queryable, Tx } from '../database/database.ts'
import { Conflict } from '../errors.ts'
import { DataKey } from './data-key.ts'
import {
  type DataKeyPurpose,
  type DataKeyRow,
  insertDataKeys,
  type NewDataKey,
  selectDataKeys,
} from './data-key-rows.ts'
import { signReceipt } from './destruction-receipts.ts'
import { destroyDataKeyRow, insertReceipts } from './destruction-rows.ts'
import { deleteDocumentKeysOf } from './document-key-rows.ts'
import { type DocumentKeys, openDocumentKeys } from './document-keys.ts'
import { IntegrityError } from './envelope.ts'
import { keyCacheLimits, openKeyCache } from './key-cache.ts'
import type { Keyring, WrappedKey } from './keyring.ts'

export type { DataKeyPurpose } from './data-key-rows.ts'

/** The data keys of all subjects. A key it hands out serves for 40 s and then closes: ask again, do not keep it. */
export interface DataKeys extends DocumentKeys, Disposable {
  /** @throws IntegrityError when the subject has no key, or a key that does not unwrap: what it sealed cannot be opened */
  dataKeyFor(db: Queryable, purpose: DataKeyPurpose, subjectId: string): Promise<DataKey>
  /**
   * Many at once, in one statement at most, by subject id in lower case; who has no key is missing from the answer.
   * @throws IntegrityError when one does not unwrap
   */
  dataKeysFor(db: Queryable, purpose: DataKeyPurpose, subjectIds: readonly string[]): Promise<Map<string, DataKey>>
  /**
   * The subject's key, made if there is none.
   * @throws Conflict when the subject's key was destroyed
   */
  createDataKey(tx: Tx, purpose: DataKeyPurpose, subjectId: string): Promise<DataKey>
  /** The same for many, in two statements at most, by subject id in lower case. */
  createDataKeys(tx: Tx, purpose: DataKeyPurpose, subjectIds: readonly string[]): Promise<Map<string, DataKey>>
  /**
   * Destroys the subject's key for good: what it sealed opens nowhere, once every process has forgotten it. The blobs of a pet's
   * documents are queued for deletion.
   * @returns a signed receipt; undefined when there was no key, or no longer
   */
  destroyDataKey(tx: Tx, purpose: DataKeyPurpose, subjectId: string): Promise<string | undefined>
  /** Closes the subject's keys at once: they were destroyed. */
  forget(subjectId: string): void
  /** Reads every key anew from here on: what was destroyed meanwhile may have gone unheard. */
  forgetAll(): void
}

/**
 * Opens the data keys behind a keyring, with a cache of its own.
 * @param isCurrent whether every destruction is heard of in time; while it is not, keys are read anew each time
 * @param now milliseconds of a clock that only goes forward
 */
export function openDataKeys(
  keyring: Keyring,
  isCurrent: () => boolean = () => true,
  now: () => number = () => performance.now(),
): DataKeys {
  const cache = openKeyCache(now, isCurrent)
  const sweeping = setInterval(cache.sweep, keyCacheLimits.sweepMs).unref()

  async function dataKeysFor(db: Queryable, purpose: DataKeyPurpose, subjectIds: readonly string[]) {
    const keys = new Map<string, DataKey>()
    const missing = new Set<string>()
    for (const subjectId of subjectIds.map(lowerCase)) {
      const key = cache.get(nameOf(purpose, subjectId))
      if (key) keys.set(subjectId, key)
      else missing.add(subjectId)
    }
    if (missing.size > 0) for (const key of await read(db, purpose, [...missing])) keys.set(key.subjectId, key)
    return keys
  }

  async function read(db: Queryable, purpose: DataKeyPurpose, subjectIds: readonly string[]): Promise<DataKey[]> {
    const epoch = cache.epoch()
    const rows = await db.rows<DataKeyRow>(selectDataKeys(purpose, subjectIds))
    const secrets = await keyring.unwrapAll(
      rows.map(({ id, subject_id, kek_id, wrapped }) => ({
        wrapped: { kekId: kek_id, bytes: wrapped },
        context: contextOf(id, purpose, subject_id),
      })),
    )
    return rows.map(({ id, subject_id, is_committed }, index) => {
      const key = new DataKey(id, subject_id, keyring.environment, secrets[index] as Buffer)
      if (is_committed) cache.put(nameOf(purpose, subject_id), key, epoch)
      else cache.retire(key)
      return key
    })
  }

  async function createDataKeys(tx: Tx, purpose: DataKeyPurpose, subjectIds: readonly string[]) {
    // In order, so that two transactions that make keys for the same subjects do not wait for each other in a circle.
    const subjects = [...new Set(subjectIds.map(lowerCase))].sort()
    const fresh = await generate(keyring, purpose, subjects)
    const statement = insertDataKeys(
      purpose,
      fresh.map(({ row }) => row),
    )
    const inserted = new Set((await tx.rows<{ id: string }>(statement)).map(({ id }) => id))
    const keys = new Map<string, DataKey>()
    for (const { key } of fresh) {
      // Never into the cache: should the transaction fail, the key is in no database.
      cache.retire(key)
      if (inserted.has(key.id)) keys.set(key.subjectId, key)
    }
    const others = subjects.filter((subjectId) => !keys.has(subjectId))
    for (const [subjectId, key] of await dataKeysFor(tx, purpose, others)) keys.set(subjectId, key)
    if (keys.size < subjects.length)
      throw new Conflict('The content of this subject was destroyed; nothing can be added to it.')
    return keys
  }

  async function dataKeyFor(db: Queryable, purpose: DataKeyPurpose, subjectId: string) {
    const key = cache.get(nameOf(purpose, lowerCase(subjectId))) ?? (await read(db, purpose, [subjectId]))[0]
    if (!key) throw new IntegrityError()
    return key
  }

  async function createDataKey(tx: Tx, purpose: DataKeyPurpose, subjectId: string) {
    const cached = cache.get(nameOf(purpose, lowerCase(subjectId)))
    if (cached) return cached
    const [key] = (await createDataKeys(tx, purpose, [subjectId])).values()
    return key as DataKey
  }

  return {
    dataKeyFor,
    dataKeysFor,
    createDataKey,
    createDataKeys,
    async destroyDataKey(tx, purpose, subjectId) {
      const [documents, [gone]] = await Promise.all([
        purpose === 'pet-clinical' ? tx.rows(deleteDocumentKeysOf(subjectId)) : [],
        tx.rows<{ id: string; subject_id: string; destroyed_at: string }>(destroyDataKeyRow(purpose, subjectId)),
      ])
      if (!gone) return undefined
      const receipt = await signReceipt(keyring.trailKey, {
        environment: keyring.environment,
        keyId: gone.id,
        purpose,
        subjectId: gone.subject_id,
        destroyedAt: gone.destroyed_at,
        documents: documents.length,
      })
      await tx.rows(insertReceipts([{ keyId: gone.id, receipt }]))
      return receipt
    },
    ...openDocumentKeys(cache, keyring.environment, {
      create: (tx, petId) => createDataKey(tx, 'pet-clinical', petId),
      find: (db, petId) => dataKeyFor(db, 'pet-clinical', petId),
    }),
    forget: (subjectId) => cache.forget(lowerCase(subjectId)),
    forgetAll: cache.forgetAll,
    [Symbol.dispose]() {
      clearInterval(sweeping)
      cache.close()
    },
  }
}

async function generate(
  keyring: Keyring,
  purpose: DataKeyPurpose,
  subjectIds: readonly string[],
): Promise<{ key: DataKey; row: NewDataKey }[]> {
  const secrets = subjectIds.map((subjectId) => ({ id: randomUUIDv7(), subjectId, bytes: randomBytes(32) }))
  const wrapped = await keyring.wrapAll(
    secrets.map(({ id, subjectId, bytes }) => ({ bytes, context: contextOf(id, purpose, subjectId) })),
  )
  return secrets.map(({ id, subjectId, bytes }, index) => {
    const { kekId, bytes: under } = wrapped[index] as WrappedKey
    return {
      key: new DataKey(id, subjectId, keyring.environment, bytes),
      row: { id, subjectId, kekId, wrapped: under },
    }
  })
}

function lowerCase(id: string): string {
  return id.toLowerCase()
}

function nameOf(purpose: DataKeyPurpose, subjectId: string): string {
  return `${purpose} ${subjectId}`
}

/** What a data key's wrapping is bound to. */
export function contextOf(id: string, purpose: DataKeyPurpose, subjectId: string): string {
  return `${id} ${purpose} ${subjectId}`
}
