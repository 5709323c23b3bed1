import type { Queryable, Tx } from '../../../platform/database.ts'
import type { Span } from '../diary.ts'

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
): Promise<{ now: number; busy: Map<string, Span[]> }> {
  const rows = await db.rows<{ now: number; subjectId: string | null; spans: string | null }>({
    name: ignoring === null ? 'read-busy' : 'read-busy-ignoring',
    // One index-only scan a subject: over `= any($1)` the planner came to read each subject's whole future, for 3 ms and more.
    text: `select date_part('epoch', clock_now()) * 1000 as now, subject.id as "subjectId", busy.spans
             from (values (null::uuid) union all select unnest($1::uuid[])) as subject (id)
             left join lateral (
               select string_agg(date_part('epoch', lower(r.during)) || ' ' || date_part('epoch', upper(r.during)), ',') as spans
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
  const busy = new Map<string, Span[]>()
  for (const { subjectId, spans } of rows) {
    if (subjectId !== null && spans !== null) busy.set(subjectId, spans.split(',').map(toSpan).sort(byStart))
  }
  return { now: Number(rows[0]?.now), busy }
}

function toSpan(text: string): Span {
  const gap = text.indexOf(' ')
  return { from: Number(text.slice(0, gap)) * 1000, to: Number(text.slice(gap + 1)) * 1000 }
}

function byStart(a: Span, b: Span): number {
  return a.from - b.from
}

/**
 * When a pet has visits from now on.
 * @param ignoring an appointment that does not count
 */
export async function readVisitTimes(db: Queryable, petId: string, ignoring: string | null = null): Promise<Span[]> {
  const rows = await db.rows<{ from: string; to: string }>({
    name: 'read-visit-times',
    text: `select extract(epoch from lower(during)) * 1000 as "from", extract(epoch from upper(during)) * 1000 as "to"
             from reservations
            where subject_id = $1 and during && tstzrange(clock_now(), null) and hold_id is null and appointment_id is distinct from $2`,
    values: [petId, ignoring],
  })
  return rows.map(({ from, to }) => ({ from: Number(from), to: Number(to) }))
}

/**
 * Claims subjects for an appointment or a hold, lowest id first, so that two who want the same never wait for each other in a circle.
 * `on conflict do nothing` waits for whoever holds the time and then leaves the row out: nobody sees an error, and no
 * storm of deadlocks begins (99 of them among 100 racers with a plain insert).
 * @throws a database error that names `subject_is_free`, and in its detail the subjects that were lost, unless all are won
 */
export async function insertReservations(tx: Tx, holder: Holder, claims: readonly Claim[]): Promise<void> {
  await tx.rows({
    name: 'insert-reservations',
    text: `with won as (
             insert into reservations (subject_id, during, appointment_id, hold_id, location_id, around)
             select subject_id, tstzrange(starts, ends), $4, $5, location_id,
                    case when travel is not null
                         then tstzrange(starts - make_interval(mins => travel), ends + make_interval(mins => travel)) end
               from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $6::uuid[], $7::integer[])
                 as claim (subject_id, starts, ends, location_id, travel)
              order by subject_id
                 on conflict do nothing
             returning subject_id)
           select require_all_won(array_agg(subject_id), $1) from won`,
    values: [
      claims.map(({ subjectId }) => subjectId),
      claims.map(({ span }) => new Date(span.from).toISOString()),
      claims.map(({ span }) => new Date(span.to).toISOString()),
      'appointmentId' in holder ? holder.appointmentId : null,
      'holdId' in holder ? holder.holdId : null,
      claims.map(({ at }) => at?.locationId ?? null),
      claims.map(({ at }) => at?.travelMinutes ?? null),
    ],
  })
}

/** Gives back everything that appointments have reserved. */
export async function deleteReservations(tx: Tx, appointmentIds: readonly string[]): Promise<void> {
  await tx.rows({
    name: 'delete-reservations',
    text: 'delete from reservations where appointment_id = any($1)',
    values: [appointmentIds],
  })
}

export async function subjectsOf(db: Queryable, appointmentId: string): Promise<string[]> {
  const rows = await db.rows<{ subjectId: string }>({
    name: 'subjects-of',
    text: 'select subject_id as "subjectId" from reservations where appointment_id = $1',
    values: [appointmentId],
  })
  return rows.map(({ subjectId }) => subjectId)
}

/**
 * Waits for its turn with subjects, until the transaction ends. Bookings share a subject among themselves and leave the
 * choice to the constraint; a move, which gives one time up while it claims another, has its subjects alone. All are
 * taken at once and in order, so nobody waits in a circle.
 */
export async function lockSubjects(tx: Tx, subjectIds: readonly string[], mode: 'shared' | 'alone'): Promise<void> {
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  await tx.rows({
    name: `lock-subjects-${mode}`,
    text: `select ${lock}(hashtextextended(subject, 1)) from (select subject from unnest($1::text[]) as subject order by 1) as ordered`,
    values: [[...new Set(subjectIds)]],
  })
}
