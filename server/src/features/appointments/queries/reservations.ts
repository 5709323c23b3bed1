import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { unnested } from '../../../platform/database/set-based.ts'
import { DAY, type Span, type Times } from '../diary.ts'
import { around } from '../stays.ts'
import { sentTimes, toTimes } from './sent-times.ts'

/** What reservations belong to. */
export type Holder = { readonly appointmentId: string } | { readonly holdId: string }

/** What one subject is claimed for. */
export interface Claim {
  readonly subjectId: string
  readonly span: Span
  /** Of a provider: where it is, and the minutes it takes to get there and away; null where nobody travels. */
  readonly at?: { readonly locationId: string; readonly travelMinutes: number | null }
}

/**
 * The reservations of subjects that meet a span, by subject and in order, with the database's clock.
 * @param ignoring an appointment whose own reservations do not count
 */
export async function readBusy(
  db: Queryable,
  subjectIds: readonly string[],
  span: Span,
  ignoring: string | null = null,
): Promise<{ now: number; busy: Map<string, Times> }> {
  const rows = await db.rows<{ now: number; subjectId: string | null; times: Buffer | null }>({
    name: ignoring === null ? 'read-busy' : 'read-busy-ignoring',
    // One index-only scan a subject: over `= any($1)` the planner came to read each subject's whole future, for 3 ms and more.
    text: `select date_part('epoch', clock_now()) * 1000 as now, subject.id as "subjectId", busy.times
             from (values (null::uuid) union all select unnest($1::uuid[])) as subject (id)
             left join lateral (
               select ${sentTimes} as times
                 from reservations r
                where r.subject_id = subject.id and r.during && tstzrange($2, $3)
                  ${ignoring === null ? '' : 'and r.appointment_id is distinct from $4'}
             ) as busy on true`,
    values: [
      subjectIds,
      new Date(span.from).toISOString(),
      new Date(span.to).toISOString(),
      ...(ignoring === null ? [] : [ignoring]),
    ],
  })
  const busy = new Map<string, Times>()
  for (const { subjectId, times } of rows) if (subjectId !== null && times !== null) busy.set(subjectId, toTimes(times))
  return { now: Number(rows[0]?.now), busy }
}

/**
 * When a pet has visits from now on, or is held for somebody else than an account.
 * @param ignoring an appointment that does not count
 */
export async function readVisitTimes(
  db: Queryable,
  petId: string,
  accountId: string | null,
  ignoring: string | null = null,
): Promise<Span[]> {
  const rows = await db.rows<{ from: string; to: string }>({
    name: 'read-visit-times',
    text: `select extract(epoch from lower(during)) * 1000 as "from", extract(epoch from upper(during)) * 1000 as "to"
             from reservations
            where subject_id = $1 and during && tstzrange(clock_now(), null)
              and (hold_id is null and appointment_id is distinct from $2
                   or hold_id in (select id from holds where expires_at > clock_now() and account_id is distinct from $3))`,
    values: [petId, ignoring, accountId],
  })
  return rows.map(({ from, to }) => ({ from: Number(from), to: Number(to) }))
}

/**
 * Claims subjects, which are locked, for an appointment or a hold, in the order given.
 * @throws a database error that names `subject_is_free`, and in its detail the first subject that is another's
 */
export async function insertReservations(tx: Tx, holder: Holder, claims: readonly Claim[]): Promise<void> {
  await tx.rows({
    name: 'insert-reservations',
    text: insertClaimed,
    values: [
      ...claimValues('appointmentId' in holder ? holder.appointmentId : holder.holdId, claims),
      'holdId' in holder,
    ],
  })
}

export const claimColumns = 'subject_id, during, location_id, around'

/** Claims as rows of `holder_id` and `claimColumns`. @param first of six parameters, which `claimValues` gives */
export function claimed(first: number): string {
  const columns = {
    holder_id: 'uuid',
    subject_id: 'uuid',
    starts: 'timestamptz',
    ends: 'timestamptz',
    location_id: 'uuid',
    travel: 'integer',
  }
  return `(
    select holder_id, subject_id, tstzrange(starts, ends) as during, location_id,
           case when travel is not null
                then tstzrange(starts - make_interval(mins => travel), ends + make_interval(mins => travel)) end as around
      from ${unnested('claim', columns, first)}) as claimed`
}

const insertClaimed = `insert into reservations (appointment_id, hold_id, ${claimColumns})
  select case when $7 then null else holder_id end, case when $7 then holder_id end, ${claimColumns} from ${claimed(1)}`

export function claimValues(holderId: string, claims: readonly Claim[]): unknown[] {
  return [
    claims.map(() => holderId),
    claims.map(({ subjectId }) => subjectId),
    claims.map(({ span }) => new Date(span.from).toISOString()),
    claims.map(({ span }) => new Date(span.to).toISOString()),
    claims.map(({ at }) => at?.locationId ?? null),
    claims.map(({ at }) => at?.travelMinutes ?? null),
  ]
}

/** Gives back everything that appointments have reserved. */
export async function deleteReservations(tx: Tx, appointmentIds: readonly string[]): Promise<void> {
  await tx.rows({
    name: 'delete-reservations',
    text: 'delete from reservations where appointment_id = any($1)',
    values: [appointmentIds],
  })
}

const lockDays = `select pg_advisory_xact_lock(hashtextextended(claim, 1))
  from (select distinct claim from ${unnested('claimed', { asker: 'int', claim: 'text' })} order by claim) as ordered`

/**
 * Waits for its turn with subjects on the days of a claim, until the transaction ends: nobody else claims or gives up any of them there
 * meanwhile, so the constraint finds nothing that is not committed, and never waits. All are taken at once and in order, so nobody
 * waits in a circle.
 */
export async function lockClaimed(tx: Tx, claims: readonly Claim[]): Promise<void> {
  await tx.rows({
    name: 'lock-claimed',
    text: lockDays,
    values: [claims.flatMap(daysOf)],
    isSetBased: true,
  })
}

function daysOf({ subjectId, span, at }: Claim): string[] {
  const { from, to } = around(span, at?.travelMinutes ?? 0)
  const first = Math.floor(from / DAY)
  return Array.from({ length: Math.ceil(to / DAY) - first }, (_, index) => `${subjectId} ${first + index}`)
}
