import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { gatherExport } from './gather-export.ts'
import { completeExport, deleteEarlierExports, findExportOwner } from './queries.ts'
import { sealExport } from './sealed-export.ts'

/** Makes an export that was asked for, once, in place of the one before; the mail follows from the event, which names every record inside. */
export async function makeExport(context: Context, { exportId }: { readonly exportId: string }): Promise<void> {
  const { db, dataKeys } = context
  const asked = await findExportOwner(db, exportId)
  if (!asked || asked.isReady) return
  const content = await gatherExport(context, asked.accountId)
  if (!content) return
  await transact(db, async (tx) => {
    const key = await dataKeys.createDataKey(tx, 'owner-personal', asked.accountId)
    if (!(await completeExport(tx, exportId, sealExport(key, exportId, content)))) return
    await deleteEarlierExports(tx, asked.accountId, exportId)
    record(tx, system, 'export.made', {
      resource: { type: 'account-export', id: exportId },
      recordIds: content.medicalRecords.map(({ id }) => id),
      purpose: 'owner-request',
      behalfOf: asked.accountId,
    })
  })
}
