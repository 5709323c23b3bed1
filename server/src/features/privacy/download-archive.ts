import type { ExportContent } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { type ZipEntry, zip } from '../../platform/files/zip.ts'
import type { FoundFile } from '../../platform/http/file-answer.ts'
import { IntegrityError } from '../../platform/keys/envelope.ts'
import { reportDamagedDocument } from '../medical-records/lookup.ts'
import { findPhotoFile } from '../pets/lookup.ts'
import { downloadExport } from './download-export.ts'

/**
 * The caller's export with the photos and documents that belong to it, one archive. What `downloadExport` leaves in the trail
 * stands there before its first byte.
 * @throws NotFound, IntegrityError, AppError 503 when the trail cannot be written
 */
export async function downloadArchive(context: Context, actor: Person, exportId: string): Promise<FoundFile> {
  const content = await downloadExport(context, actor, exportId)
  const madeAt = Temporal.Instant.from(content.madeAt).toZonedDateTimeISO('UTC').toPlainDateTime()
  return {
    id: null,
    bytes: null,
    mediaType: 'application/zip',
    name: 'petra-export.zip',
    open: async () => zip(entriesOf(context, actor, content), madeAt),
  }
}

async function* entriesOf(context: Context, actor: Person, content: ExportContent): AsyncGenerator<ZipEntry> {
  yield { name: 'petra-export.json', content: [Buffer.from(JSON.stringify(content, null, 2))] }
  const damaged: string[] = []
  for (const { name, file, recordId } of await filesOf(context, content)) {
    const damage = async (error: unknown) => {
      // One that does not open must not keep the others from whom they belong to.
      if (!(error instanceof IntegrityError)) throw error
      damaged.push(name)
      if (recordId !== null) await reportDamagedDocument(context, actor, file.petId, recordId)
    }
    const opened = await context.files.open(file, { from: 0, to: file.bytes - 1 }).catch(damage)
    if (opened) yield { name, content: asFarAsItOpens(opened, damage) }
  }
  if (damaged.length > 0) yield { name: 'unreadable.txt', content: [Buffer.from(`${damaged.join('\n')}\n`)] }
}

/** What has been sent of it by then cannot be taken back. */
async function* asFarAsItOpens(content: AsyncIterable<Buffer>, damage: (error: unknown) => Promise<void>) {
  try {
    yield* content
  } catch (error) {
    await damage(error)
  }
}

async function filesOf({ db }: Context, { pets, medicalRecords }: ExportContent) {
  const photos = await Promise.all(
    pets
      .filter(({ pet }) => pet.photoUrl !== null)
      .map(async ({ pet: { id: petId, name } }) => {
        const file = await findPhotoFile(db, petId, 'large')
        return file
          ? [{ name: `photos/${plain(name)} ${petId.slice(-6)}.webp`, file: { ...file, petId }, recordId: null }]
          : []
      }),
  )
  const documents = medicalRecords.flatMap(({ id, petId, type, occurredOn, documents }) =>
    documents.map((document, index) => ({
      name: `documents/${occurredOn} ${type} ${id.slice(-6)}/${index + 1} ${plain(document.name)}`,
      file: { ...document, petId },
      recordId: id,
    })),
  )
  return [...photos.flat(), ...documents]
}

/** Leads out of no folder. */
function plain(name: string): string {
  return name.replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, '_')
}
