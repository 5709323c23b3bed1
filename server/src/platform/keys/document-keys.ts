import { randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Queryable, Tx } from '../database/database.ts'
import { DataKey } from './data-key.ts'
import { type DocumentKeyRow, deleteDocumentKey, insertDocumentKey, selectDocumentKey } from './document-key-rows.ts'
import { IntegrityError, open, seal } from './envelope.ts'
import type { KeyCache } from './key-cache.ts'

/** The keys of documents: one each, wrapped by the clinical key of its pet, and closed with it. */
export interface DocumentKeys {
  /**
   * Makes the key of a new document, and the pet's where there is none. Commit it before the first byte of `blob` is stored: what
   * was never finished is then found by its key.
   * @param blob what the key will seal, by its name in the store of files
   * @throws Conflict when the pet's key was destroyed
   */
  createDocumentKey(tx: Tx, petId: string, documentId: string, blob: string): Promise<DataKey>
  /**
   * Serves for 40 s like every key: while a long document streams, ask anew for each chunk; it costs a look into the cache.
   * @throws IntegrityError when there is none, or the pet's key is not the one it was wrapped with
   */
  documentKeyFor(db: Queryable, petId: string, documentId: string): Promise<DataKey>
  /** Destroys the key of a document; its blob is queued for deletion in the same transaction. */
  destroyDocumentKey(tx: Tx, documentId: string): Promise<void>
}

interface PetKeys {
  readonly create: (tx: Tx, petId: string) => Promise<DataKey>
  readonly find: (db: Queryable, petId: string) => Promise<DataKey>
}

export function openDocumentKeys(cache: KeyCache, environment: string, petKeys: PetKeys): DocumentKeys {
  return {
    async createDocumentKey(tx, petId, documentId, blob) {
      const petKey = await petKeys.create(tx, petId)
      const id = randomUUIDv7()
      const secret = randomBytes(32)
      const wrapped = seal(petKey, secret, wrappedAt(id, documentId, petKey))
      const key = new DataKey(id, petKey.subjectId, environment, secret)
      // Never into the cache: should the transaction fail, the key is in no database.
      cache.retire(key)
      await tx.rows(insertDocumentKey({ id, documentId, petKeyId: petKey.id, blob, wrapped }))
      return key
    },
    async documentKeyFor(db, petId, documentId) {
      const name = `document ${documentId.toLowerCase()} of ${petId.toLowerCase()}`
      const cached = cache.get(name)
      if (cached) return cached
      const epoch = cache.epoch()
      const [row, petKey] = await Promise.all([
        db.row<DocumentKeyRow>(selectDocumentKey(documentId)),
        petKeys.find(db, petId),
      ])
      if (!row) throw new IntegrityError()
      const secret = open(petKey, row.wrapped, wrappedAt(row.id, documentId, petKey))
      const key = new DataKey(row.id, petKey.subjectId, environment, secret)
      if (row.is_committed) cache.put(name, key, epoch)
      else cache.retire(key)
      return key
    },
    async destroyDocumentKey(tx, documentId) {
      await tx.rows(deleteDocumentKey(documentId))
    },
  }
}

function wrappedAt(keyId: string, documentId: string, petKey: DataKey) {
  return {
    table: 'vault.document_keys',
    column: 'wrapped',
    rowId: `${documentId} ${keyId}`,
    version: 1,
    subjectId: petKey.subjectId,
  }
}
