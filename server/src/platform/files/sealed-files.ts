import { createHash, randomUUIDv7 } from 'node:crypto'
import { type Db, type Tx, transact } from '../database/database.ts'
import { AppError, Conflict } from '../errors.ts'
import type { DataKeys } from '../keys/data-keys.ts'
import { IntegrityError } from '../keys/envelope.ts'
import type { FileStore } from './file-store.ts'
import { type HeldFile, holdFile } from './held-file.ts'
import { type ByteRange, openStream, type StreamSeal, sealStream } from './sealed-stream.ts'
import type { Spool } from './spool.ts'
import {
  deleteOrphanedKey,
  deleteOrphanedKeys,
  deleteQueuedBlobs,
  insertStoredFile,
  selectBlobsToDelete,
} from './stored-file-rows.ts'

/** A file of a pet that was stored and is not kept yet. */
export interface ReceivedFile {
  readonly id: string
  readonly petId: string
  readonly bytes: number
  /** SHA-256 of what was stored, in hex. */
  readonly contentHash: string
}

/** A file of a pet that was kept. */
export type KeptFile = Pick<ReceivedFile, 'id' | 'petId' | 'bytes'>

/** Files of pets, each sealed while it streams under a key of its own, which the pet's key wraps. */
export interface SealedFiles {
  /**
   * Stores a file; no transaction is open while it streams. Until it is kept it is nobody's, and is removed an hour later.
   * @throws Conflict when the pet's key was destroyed, AppError 503 when the store fails, and whatever `content` throws
   */
  receive(petId: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ReceivedFile>
  /** @throws Conflict when the pet's key was destroyed meanwhile */
  keep(tx: Tx, file: ReceivedFile, mediaType: string): Promise<void>
  /** Destroys a file, kept or not: its key at once, its blob soon. What refers to it is gone as well. */
  destroy(tx: Tx, fileId: string): Promise<void>
  /** Destroys a file that was received in vain, unless it was kept after all; where even that fails, the sweep does. */
  abandon(file: Pick<ReceivedFile, 'id'>): Promise<void>
  /**
   * A part of a file, whose first bytes have been opened already.
   * @throws IntegrityError, AppError 503 when the store fails
   */
  open(file: KeptFile, range: ByteRange): Promise<AsyncGenerator<Buffer>>
  /** Lays something aside until its turn has come. */
  hold(content: AsyncIterable<Uint8Array>): Promise<HeldFile>
  /** Removes what was never kept, and what has lost its key. */
  sweep(): Promise<void>
}

/** Removed in one go: a store that is far away takes 20 ms for each. */
const BATCH = 100

export function openSealedFiles(db: Db, dataKeys: DataKeys, store: FileStore, spool: Spool): SealedFiles {
  const sealOf = (petId: string, id: string): StreamSeal => ({
    place: { table: 'stored_files', column: 'content', rowId: id, version: 1, subjectId: petId },
    key: () => dataKeys.documentKeyFor(db, petId, id),
  })

  async function abandon({ id }: { readonly id: string }): Promise<void> {
    await db.rows(deleteOrphanedKey(id)).catch(() => {})
  }

  return {
    async receive(petId, content) {
      const id = randomUUIDv7()
      await transact(db, (tx) => dataKeys.createDocumentKey(tx, petId, id, id))
      const hash = createHash('sha256')
      let bytes = 0
      let fault: unknown
      async function* counted() {
        try {
          for await (const piece of content) {
            bytes += piece.length
            yield piece
          }
        } catch (error) {
          fault = error
          throw error
        }
      }
      async function* sealed() {
        for await (const chunk of sealStream(counted(), sealOf(petId, id))) {
          hash.update(chunk)
          yield chunk
        }
      }
      try {
        await store.put(id, sealed())
      } catch (error) {
        await abandon({ id })
        throw fault ?? toUnavailable(error)
      }
      return { id, petId, bytes, contentHash: hash.digest('hex') }
    },
    async keep(tx, { id, bytes }, mediaType) {
      const kept = await tx.row(insertStoredFile({ id, mediaType, bytes }))
      if (!kept) throw new Conflict('The content of this pet was destroyed; nothing can be added to it.')
    },
    destroy: (tx, fileId) => dataKeys.destroyDocumentKey(tx, fileId),
    abandon,
    async open({ id, petId, bytes }, range) {
      const opened = openStream((sealed) => store.read(id, sealed), bytes, range, sealOf(petId, id))
      const first = await opened.next().catch((error) => {
        throw toUnavailable(error)
      })
      return startingWith(first, opened)
    },
    hold: (content) => holdFile(spool, content),
    async sweep() {
      await db.rows(deleteOrphanedKeys())
      for (;;) {
        const queued = await db.rows<{ blob: string }>(selectBlobsToDelete(BATCH))
        const blobs = queued.map(({ blob }) => blob)
        for (const blob of blobs) await store.remove(blob)
        if (blobs.length > 0) await db.rows(deleteQueuedBlobs(blobs))
        if (blobs.length < BATCH) return
      }
    },
  }
}

async function* startingWith<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    if (first.done) return
    yield first.value
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/** What the store throws is nobody's fault who asks; what we throw says itself what it is. */
function toUnavailable(error: unknown): unknown {
  if (error instanceof AppError || error instanceof IntegrityError) return error
  return new AppError('service.unavailable', 'Files cannot be reached right now.')
}
