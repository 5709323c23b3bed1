import type { ExportContent } from '@petra/contract'
import type { DataKey } from '../../platform/keys/data-key.ts'
import { open, type Place, seal } from '../../platform/keys/envelope.ts'

export function sealExport(key: DataKey, exportId: string, content: ExportContent): Buffer {
  return seal(key, JSON.stringify(content), placeOf(key, exportId))
}

/** One that was made before tokens were in it says nothing of any. @throws IntegrityError when it does not open */
export function openExport(key: DataKey, exportId: string, sealed: Buffer): ExportContent {
  return { tokens: [], ...JSON.parse(open(key, sealed, placeOf(key, exportId)).toString()) }
}

function placeOf({ subjectId }: DataKey, rowId: string): Place {
  return { table: 'account_exports', column: 'content', rowId, version: 1, subjectId }
}
