import { createHash } from 'node:crypto'
import type { RecordDocument } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict, Forbidden, NotFound } from '../../platform/errors.ts'
import { record as recordEvent } from '../../platform/events/event-log.ts'
import { scanned } from '../../platform/files/clamd.ts'
import type { ReceivedFile } from '../../platform/files/sealed-files.ts'
import { accessTo } from './access.ts'
import { documentName, sealName } from './document-name.ts'
import { sniffed } from './document-type.ts'
import { documentRefused } from './errors.ts'
import { documentUrl, type Unsealed, unsealed } from './open-record.ts'
import { mayChange, type RecordAccess } from './policy.ts'
import { insertDocument } from './queries/documents.ts'
import { findRecord } from './queries/records.ts'
import { recordToChange } from './record-to-change.ts'

/** A document on its way in, and the transaction that keeps it. */
export interface DocumentUpload {
  open(): Promise<{ readonly name: string; readonly content: AsyncIterable<Buffer> }>
  commit(content: unknown, work: (tx: Tx) => Promise<RecordDocument>): Promise<RecordDocument>
}

interface Incoming {
  readonly name: string
  readonly mediaType: string
  readonly file: ReceivedFile
}

/**
 * Adds a document to a record. Whether the actor may is asked before a byte is read, and again once it is stored: it may have
 * taken minutes.
 * @throws NotFound, AppError 403, Conflict when the record takes none, AppError 413, 415, 422 when it is harmful, 503 when that
 *   cannot be told, DamagedRecord
 */
export async function addMedicalDocument(
  context: Context,
  actor: Person,
  params: { readonly petId: string; readonly recordId: string },
  upload: DocumentUpload,
): Promise<RecordDocument> {
  const { db, files, config } = context
  const { petId, recordId } = params
  const access = await accessTo(db, actor, petId)
  const row = await findRecord(db, petId, recordId)
  if (!row) throw new NotFound()
  requireMayAttach(access, actor, unsealed(row))

  const { name: given, content } = await upload.open()
  const name = documentName(given)
  const hash = createHash('sha256')
  let mediaType = ''
  const known = sniffed(content, (type) => {
    mediaType = type
  })
  const file = await files.receive(petId, hashed(config.clamdUrl ? scanned(known, config.clamdUrl) : known, hash))
  try {
    return await upload.commit({ name, sha256: hash.digest('hex') }, (tx) =>
      keepDocument(tx, context, actor, params, { name, mediaType, file }),
    )
  } finally {
    await files.abandon(file)
  }
}

/**
 * Who may change a record may add a document to it; what a vet has verified is no owner's to add to.
 * @throws Forbidden, Conflict
 */
function requireMayAttach(access: RecordAccess, actor: Person, record: Unsealed): void {
  if (!mayChange(access, actor, record)) throw new Forbidden('Owners add to the entries that they made themselves.')
  if (record.verifiedBy !== null && !access.treats) {
    throw new Conflict('A vet has verified this record; make an entry of its own for the document.')
  }
}

async function keepDocument(
  tx: Tx,
  { dataKeys, files }: Context,
  actor: Person,
  { petId, recordId }: { readonly petId: string; readonly recordId: string },
  { name, mediaType, file }: Incoming,
): Promise<RecordDocument> {
  const { access, record, key } = await recordToChange(tx, dataKeys, actor, petId, recordId)
  requireMayAttach(access, actor, record)
  await files.keep(tx, file, mediaType)
  await insertDocument(tx, {
    id: file.id,
    recordId: record.id,
    recordVersion: record.version,
    name: sealName(key, file.id, name),
    addedBy: actor.accountId,
  }).catch(documentRefused)
  recordEvent(tx, actor, 'medical-record.document-added', {
    resource: { type: 'document', id: file.id },
    petId,
    recordIds: [record.id],
    payload: { contentHash: file.contentHash },
    purpose: access.purpose,
  })
  return { id: file.id, name, mediaType, bytes: file.bytes, url: documentUrl(petId, record.id, file.id) }
}

async function* hashed(content: AsyncIterable<Uint8Array>, hash: { update(piece: Uint8Array): unknown }) {
  for await (const piece of content) {
    hash.update(piece)
    yield piece
  }
}
