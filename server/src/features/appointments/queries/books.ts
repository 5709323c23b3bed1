import type { Queryable } from '../../../platform/database/database.ts'
import type { Span } from '../diary.ts'
import { CHUNK_SECONDS, type Stretch } from '../timelines.ts'
import { sentTimes, toTimes } from './sent-times.ts'

/** A hold's reservation of one subject, or a visit's, which has no hold. */
export interface Reserved {
  readonly subjectId: string
  readonly span: Span
  readonly holdId: string | undefined
}

export interface KnownHold {
  readonly id: string
  readonly accountId: string
  readonly expiresAt: number
}

/** What has been committed since a snapshot. What is freed goes before what is taken: a time may have been given to another. */
export interface Changes {
  /** The snapshot these changes lead to. */
  readonly snapshot: string
  /** The database's clock, in epoch milliseconds. */
  readonly now: number
  /** Of the timetable. */
  readonly version: number
  /** Whether some of what was freed has been swept already. */
  readonly isBehind: boolean
  readonly freed: readonly Reserved[]
  readonly holds: readonly KnownHold[]
  readonly taken: readonly Reserved[]
}

const reserved = `string_agg(concat_ws(' ', subject_id, date_part('epoch', lower(during)), date_part('epoch', upper(during)), hold_id), ',')`
const held = `string_agg(concat_ws(' ', id, account_id, date_part('epoch', expires_at)), ',')`

/** A snapshot to begin at, and all holds there are. */
export async function readHoldsAndSnapshot(db: Queryable): Promise<Pick<Changes, 'snapshot' | 'holds' | 'taken'>> {
  const row = await db.row<{ snapshot: string; holds: string | null; taken: string | null }>({
    name: 'holds-and-snapshot',
    text: `select pg_current_snapshot()::text as snapshot,
                  (select ${held} from holds) as holds,
                  (select ${reserved} from reservations where hold_id in (select id from holds)) as taken`,
    values: [],
  })
  return { snapshot: row?.snapshot ?? '', holds: listed(row?.holds, toHold), taken: listed(row?.taken, toReserved) }
}

/** Ids past the snapshot's own end are of the cluster that this database was restored from. */
const since = `xid >= pg_snapshot_xmin($1::pg_snapshot) and xid < pg_snapshot_xmax(pg_current_snapshot())`
const unseen = `${since} and not pg_visible_in_snapshot(xid, $1::pg_snapshot)`

export async function readChanges(db: Queryable, snapshot: string): Promise<Changes> {
  const row = await db.row<Pick<Changes, 'snapshot' | 'now' | 'version' | 'isBehind'> & ChangeTexts>({
    name: 'read-changes',
    text: `select pg_current_snapshot()::text as snapshot, date_part('epoch', clock_now()) * 1000 as now, version,
                  exists (select from swept_freed_reservations where ${since}) as "isBehind",
                  (select ${reserved} from freed_reservations where ${unseen}) as freed,
                  (select ${held} from holds where ${unseen}) as holds,
                  (select ${reserved} from reservations where ${unseen}) as taken
             from timetable_version`,
    values: [snapshot],
  })
  if (!row) throw new Error('The timetable has no version')
  return {
    ...row,
    freed: listed(row.freed, toReserved),
    holds: listed(row.holds, toHold),
    taken: listed(row.taken, toReserved),
  }
}

interface ChangeTexts {
  readonly freed: string | null
  readonly holds: string | null
  readonly taken: string | null
}

/** What is reserved of subjects in stretches of time. */
export async function readStretches(
  db: Queryable,
  stretches: readonly Stretch[],
): Promise<(Stretch & { times: number[] })[]> {
  const rows = await db.rows<Stretch & { times: Buffer | null }>({
    name: 'read-stretches',
    text: `select s.id as "subjectId", s.chunk,
                  (select ${sentTimes}
                     from reservations
                    where subject_id = s.id
                      and during && tstzrange(to_timestamp(s.chunk * ${CHUNK_SECONDS}), to_timestamp((s.chunk + 1) * ${CHUNK_SECONDS}))) as times
             from unnest($1::uuid[], $2::float8[]) as s (id, chunk)`,
    values: [stretches.map(({ subjectId }) => subjectId), stretches.map(({ chunk }) => chunk)],
  })
  return rows.map(({ subjectId, chunk, times }) => ({ subjectId, chunk, times: toTimes(times) }))
}

function listed<T>(text: string | null | undefined, read: (words: string[]) => T): T[] {
  return text ? text.split(',').map((item) => read(item.split(' '))) : []
}

function toReserved([subjectId = '', from, to, holdId]: string[]): Reserved {
  return { subjectId, span: { from: Number(from) * 1000, to: Number(to) * 1000 }, holdId }
}

function toHold([id = '', accountId = '', expires]: string[]): KnownHold {
  return { id, accountId, expiresAt: Number(expires) * 1000 }
}
