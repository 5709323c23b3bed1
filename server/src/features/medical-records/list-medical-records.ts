import type { MedicalRecord } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { page } from '../../platform/http/cursor.ts'
import { WrittenPage } from '../../platform/http/written-page.ts'
import { accessTo } from './access.ts'
import { clinicalKey } from './clinical-key.ts'
import { openOrReport } from './damage.ts'
import { openForPage, unsealed } from './open-record.ts'
import { listRecords, type RecordFilter, type RecordRow } from './queries/records.ts'
import { saysAnywhere } from './says-anywhere.ts'
import { openContent } from './sealed-content.ts'

export interface RecordQuery extends RecordFilter {
  readonly search: string | null
  /** Day and id of the last record of the page before. */
  readonly after: readonly string[] | null
  readonly limit: number
}

/** What a search opens between two breaths of the event loop: about 4 ms. */
const BATCH = 500

/**
 * A page of a pet's current records, newest first. The trail names every record on it before any of it is shown.
 * A search opens one record after the other: there is no index of what they say.
 * @throws NotFound, AppError 403, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function listMedicalRecords(
  { db, dataKeys, trail }: Context,
  actor: Person,
  petId: string,
  { search, after, limit, ...filter }: RecordQuery,
): Promise<WrittenPage<MedicalRecord>> {
  const list = (from: readonly string[] | null, most: number) => listRecords(db, petId, filter, from, most)
  const { purpose } = await accessTo(db, actor, petId)
  const first = list(after, search === null ? limit + 1 : BATCH)
  const [rows, key] = await Promise.all([first, clinicalKey(dataKeys, db, petId)])

  const shown = await openOrReport(trail, actor, 'medical-record.listed', petId, async () => {
    const says = (row: RecordRow) => search === null || saysAnywhere(openContent(key, 'medical_records', row), search)
    const found = search === null ? rows : await matching(rows, says, limit + 1, (from) => list(from, BATCH))
    const { items, nextCursor } = page(found, limit, placeOf)
    const records = items.map((row) => openForPage(key, row))
    return { ids: items.map(({ id }) => id), page: new WrittenPage<MedicalRecord>(records, nextCursor) }
  })
  await trail.append(actor, 'medical-record.listed', { petId, recordIds: shown.ids, purpose })
  return shown.page
}

/** The first `most` rows that match, batch after batch. */
async function matching(
  first: RecordRow[],
  matches: (row: RecordRow) => boolean,
  most: number,
  next: (from: readonly string[]) => Promise<RecordRow[]>,
): Promise<RecordRow[]> {
  const found: RecordRow[] = []
  for (let batch = first; ; ) {
    for (const row of batch) if (matches(row) && found.push(row) === most) return found
    const last = batch.at(-1)
    if (!last || batch.length < BATCH) return found
    batch = await next(placeOf(last))
  }
}

function placeOf(row: RecordRow): readonly string[] {
  return [unsealed(row).occurredOn, row.id]
}
