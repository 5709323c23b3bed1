import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { Vaccinated } from '../due-vaccinations.ts'
import { patientColumns, type VaccinationRow } from './vaccinations.ts'

const vaccinated = `
  select p.id as "petId", ${patientColumns},
         (select min((v.starts_at at time zone v.time_zone)::date)::text
            from appointments v join services s on s.id = v.service_id
           where v.pet_id = p.id and v.starts_at > clock_now() and s.kind = 'veterinary'
             and v.status in ('requested', 'booked', 'confirmed')) as "nextVisitOn"
    from pets p
   where p.archived_at is null and p.deceased_on is null
     and exists (select from medical_records r
                  where r.pet_id = p.id and r.type = 'vaccination' and r.status = 'current')`

/**
 * Living pets with a vaccination on record, by id from the one after `after` on, of which a location that requires vaccinations had
 * nine o'clock in the morning at `at`, an instant.
 */
export function listVaccinatedAtNine(db: Queryable, at: string, after: string, limit: number): Promise<Vaccinated[]> {
  return db.rows({
    name: 'list-vaccinated-at-nine',
    text: `${vaccinated}
     and p.id > $2
     and exists (select from appointments a join locations l on l.id = a.location_id
                  where a.pet_id = p.id and a.status not in ('cancelled', 'declined', 'no-show')
                    and l.required_vaccines <> '{}' and extract(hour from $1::timestamptz at time zone l.time_zone) = 9)
   order by p.id
   limit $3`,
    values: [at, after, limit],
  })
}

/** One of them, where the morning's look is past and the evening is not far gone. */
export function findVaccinatedByDay(db: Queryable, petId: string): Promise<Vaccinated | undefined> {
  return db.row({
    name: 'find-vaccinated-by-day',
    text: `${vaccinated}
     and p.id = $1
     and exists (select from appointments a join locations l on l.id = a.location_id
                  where a.pet_id = p.id and a.status not in ('cancelled', 'declined', 'no-show') and l.required_vaccines <> '{}'
                    and extract(hour from clock_now() at time zone l.time_zone) between 10 and 20)`,
    values: [petId],
  })
}

/** One of them, whatever the hour; undefined when it has died, is archived, or has no vaccination on record. */
export function findVaccinated(db: Queryable, petId: string): Promise<Vaccinated | undefined> {
  return db.row({ name: 'find-vaccinated', text: `${vaccinated} and p.id = $1`, values: [petId] })
}

/** The vaccinations of many pets. */
export function listVaccinationsOf(
  db: Queryable,
  petIds: readonly string[],
): Promise<(VaccinationRow & { petId: string })[]> {
  return db.rows({
    name: 'list-vaccinations-of',
    text: `select pet_id as "petId", id, version, occurred_on as "occurredOn", content,
                  source = 'clinical' or verified_by is not null as vouched
             from medical_records
            where pet_id = any ($1) and status = 'current' and type = 'vaccination'`,
    values: [petIds],
  })
}

/** @returns those of the digests that were not noted before */
export async function noteNotices(
  tx: Tx,
  notices: readonly { readonly petId: string; readonly digest: Buffer }[],
): Promise<Set<string>> {
  const rows = await tx.rows<{ digest: Buffer }>({
    name: 'note-vaccination-notices',
    text: `insert into vaccination_notices (pet_id, digest)
           select * from unnest($1::uuid[], $2::bytea[])
           on conflict do nothing returning digest`,
    values: [notices.map(({ petId }) => petId), notices.map(({ digest }) => digest)],
  })
  return new Set(rows.map(({ digest }) => digest.toString('hex')))
}

/** Forgets what was noted but not told, so that it is told when it matters again. */
export async function forgetNotices(tx: Tx, digests: readonly Buffer[]): Promise<void> {
  await tx.rows({ text: 'delete from vaccination_notices where digest = any ($1)', values: [digests] })
}

/** Forgets notices of dates long past. */
export async function sweepNotices(db: Queryable): Promise<void> {
  await db.rows({
    text: `delete from vaccination_notices where noted_at < clock_now() - interval '120 days'`,
    values: [],
  })
}

/** What the database's clock shows. */
export async function databaseTime(db: Queryable): Promise<string> {
  const row = await db.row<{ now: string }>({ name: 'vaccination-time', text: 'select clock_now() as now', values: [] })
  return row?.now as string
}
