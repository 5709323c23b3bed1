import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import type { FoundFile } from '../../platform/http/file-answer.ts'
import { IntegrityError } from '../../platform/keys/envelope.ts'
import { accessTo } from './access.ts'
import { clinicalKey } from './clinical-key.ts'
import { openOrReport } from './damage.ts'
import { openName } from './document-name.ts'
import { findDocument } from './queries/documents.ts'
import { DamagedRecord } from './sealed-content.ts'

const READ = 'medical-record.document-read'

/**
 * A document of a record, entered in error or not. The trail says so before any of it is shown.
 * @throws NotFound, AppError 403, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function getMedicalDocument(
  { db, dataKeys, files, trail }: Context,
  actor: Person,
  { petId, recordId, documentId }: { readonly petId: string; readonly recordId: string; readonly documentId: string },
): Promise<FoundFile> {
  const { purpose } = await accessTo(db, actor, petId)
  const [row, key] = await Promise.all([
    findDocument(db, petId, recordId, documentId),
    clinicalKey(dataKeys, db, petId),
  ])
  if (!row) throw new NotFound()
  const opened = <T>(open: () => T | Promise<T>) => openOrReport(trail, actor, READ, petId, open)
  const name = await opened(() => openName(key, recordId, row))
  await trail.append(actor, READ, {
    resource: { type: 'document', id: documentId },
    petId,
    recordIds: [recordId],
    purpose,
  })
  const { id, bytes, mediaType } = row
  return {
    ...{ id, bytes, mediaType, name },
    open: (range) =>
      opened(async () => {
        const content = await files.open({ id, petId, bytes }, range).catch(damaged(recordId))
        return reporting(content, (error) => opened(() => damaged(recordId)(error)))
      }),
  }
}

/** By then the answer has begun: all that is left is to break it off, and to say so in the trail. */
async function* reporting<T>(content: AsyncIterable<T>, failed: (error: unknown) => Promise<never>): AsyncGenerator<T> {
  try {
    yield* content
  } catch (error) {
    await failed(error)
  }
}

function damaged(recordId: string) {
  return (error: unknown): never => {
    throw error instanceof IntegrityError ? new DamagedRecord(recordId) : error
  }
}
