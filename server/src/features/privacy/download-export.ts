import type { ExportContent } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import { reportExported } from '../medical-records/lookup.ts'
import { exportPets } from '../pets/lookup.ts'
import { findExportContent } from './queries.ts'
import { openExport } from './sealed-export.ts'

/**
 * The caller's export, without what they may not see any more. The trail names it and every record in it before it is shown.
 * @throws NotFound, IntegrityError, AppError 503 when the trail cannot be written
 */
export async function downloadExport(context: Context, actor: Person, exportId: string): Promise<ExportContent> {
  const { db, dataKeys, trail } = context
  const [sealed, pets] = await Promise.all([
    findExportContent(db, exportId, actor.accountId),
    exportPets(db, actor.accountId),
  ])
  if (!sealed) throw new NotFound()
  const key = await dataKeys.dataKeyFor(db, 'owner-personal', actor.accountId)
  const content = stillVisible(openExport(key, exportId, sealed), pets)
  await Promise.all([
    trail.append(actor, 'export.read', {
      resource: { type: 'account-export', id: exportId },
      recordIds: content.medicalRecords.map(({ id }) => id),
      purpose: 'owner-request',
    }),
    reportExported(context, actor, content.medicalRecords),
  ])
  return content
}

/** A pet may have gone to another owner since, and rights may have been taken back. */
function stillVisible(content: ExportContent, now: ExportContent['pets']): ExportContent {
  const rights = new Map(now.map(({ pet, rights }) => [pet.id, rights]))
  return {
    ...content,
    pets: content.pets.filter(({ pet }) => rights.has(pet.id)),
    appointments: content.appointments.filter(({ petId }) => rights.has(petId)),
    medicalRecords: content.medicalRecords.filter(({ petId }) => rights.get(petId)?.includes('records')),
  }
}
