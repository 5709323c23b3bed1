import type { ProviderRole, Service } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { ownSchedule } from './schedule-lock.ts'

/** What a client says of a service, with the defaults in. */
export type ServiceTerms = Omit<Service, 'id' | 'providerRole'>

const serviceColumns = sql`
  s.id, s.slug, s.kind, s.duration_minutes as "durationMinutes", s.name, s.provider_role as "providerRole",
  s.buffer_before_minutes as "bufferBeforeMinutes", s.buffer_after_minutes as "bufferAfterMinutes",
  s.step_minutes as "stepMinutes", s.lead_minutes as "leadMinutes", s.horizon_days as "horizonDays",
  s.cancellation_hours as "cancellationHours", s.reminder_hours as "reminderHours", s.resource_kinds as "resourceKinds",
  (select coalesce(json_agg(json_strip_nulls(json_build_object(
            'species', d.species, 'fromGrams', lower(d.weight_grams), 'belowGrams', upper(d.weight_grams),
            'durationMinutes', d.duration_minutes)) order by d.species, d.weight_grams), '[]')
     from service_durations d where d.service_id = s.id) as durations,
  s.requires_approval as "requiresApproval", s.active`

const writable = sql`
  slug, name, kind, duration_minutes, buffer_before_minutes, buffer_after_minutes, step_minutes, lead_minutes,
  horizon_days, cancellation_hours, reminder_hours, resource_kinds, requires_approval, active`

/** Services by slug, from the one after `after` on. */
export function listServices(db: Queryable, after: string | null, limit: number): Promise<Service[]> {
  return db.rows(sql`
    select ${serviceColumns}
      from services s
     where ${after}::uuid is null or s.slug > (select slug from services where id = ${after})
     order by s.slug
     limit ${limit}`)
}

/** @returns the id of the new service */
export async function insertService(tx: Tx, terms: ServiceTerms): Promise<string> {
  const row = await tx.row<{ id: string }>(sql`
    insert into services (${writable}) values (${valuesOf(terms)}) returning id`)
  const { id } = row as { id: string }
  await insertDurations(tx, id, terms.durations)
  return id
}

export async function findService(db: Queryable, serviceId: string): Promise<Service | undefined> {
  return db.row(sql`select ${serviceColumns} from services s where s.id = ${serviceId}`)
}

/** A service, with the schedule locked against bookings and other changes of its terms. */
export async function lockService(tx: Tx, serviceId: string): Promise<Service | undefined> {
  const [, service] = await Promise.all([ownSchedule(tx), findService(tx, serviceId)])
  return service
}

export async function updateService(tx: Tx, serviceId: string, terms: ServiceTerms): Promise<void> {
  await Promise.all([
    tx.rows(sql`update services set (${writable}) = row (${valuesOf(terms)}) where id = ${serviceId}`),
    tx.rows(sql`delete from service_durations where service_id = ${serviceId}`),
    insertDurations(tx, serviceId, terms.durations),
  ])
}

async function insertDurations(tx: Tx, serviceId: string, durations: ServiceTerms['durations']): Promise<void> {
  await tx.rows(sql`
    insert into service_durations (service_id, species, weight_grams, duration_minutes)
    select ${serviceId}, species, int4range("fromGrams", "belowGrams"), "durationMinutes"
      from jsonb_to_recordset(${JSON.stringify(durations)}::jsonb)
        as given (species text, "fromGrams" integer, "belowGrams" integer, "durationMinutes" integer)`)
}

export interface NamedService {
  readonly id: string
  readonly slug: string
  readonly providerRole: ProviderRole
}

/** Those of the slugs that are services. */
export function findServices(tx: Tx, slugs: readonly string[]): Promise<NamedService[]> {
  return tx.rows(sql`select id, slug, provider_role as "providerRole" from services where slug = any(${slugs})`)
}

/** In the order of `writable`. */
function valuesOf(terms: ServiceTerms) {
  return sql`
    ${terms.slug}, ${terms.name}, ${terms.kind}, ${terms.durationMinutes}::integer, ${terms.bufferBeforeMinutes}::integer,
    ${terms.bufferAfterMinutes}::integer, ${terms.stepMinutes}::integer, ${terms.leadMinutes}::integer,
    ${terms.horizonDays}::integer, ${terms.cancellationHours}::integer, ${terms.reminderHours}::integer[], ${terms.resourceKinds}::text[],
    ${terms.requiresApproval}::boolean, ${terms.active}::boolean`
}
