import type { ProviderRole, Service } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database.ts'
import { ownSchedule } from './schedule-lock.ts'

/** What a client says of a service, with the defaults in. */
export type ServiceTerms = Omit<Service, 'id' | 'providerRole'>

const serviceColumns = sql`
  s.id, s.slug, s.kind, s.duration_minutes as "durationMinutes", s.name, s.provider_role as "providerRole",
  s.buffer_before_minutes as "bufferBeforeMinutes", s.buffer_after_minutes as "bufferAfterMinutes",
  s.step_minutes as "stepMinutes", s.lead_minutes as "leadMinutes", s.horizon_days as "horizonDays",
  s.cancellation_hours as "cancellationHours", s.resource_kinds as "resourceKinds",
  s.requires_approval as "requiresApproval", s.active`

const writable = sql`
  slug, name, kind, duration_minutes, buffer_before_minutes, buffer_after_minutes, step_minutes, lead_minutes,
  horizon_days, cancellation_hours, resource_kinds, requires_approval, active`

/** Services by slug, from the one after `after` on. */
export function listServices(db: Queryable, after: string | null, limit: number): Promise<Service[]> {
  return db.rows(sql`
    select ${serviceColumns}
      from services s
     where ${after}::uuid is null or s.slug > (select slug from services where id = ${after})
     order by s.slug
     limit ${limit}`)
}

export async function insertService(tx: Tx, terms: ServiceTerms): Promise<Service> {
  const row = await tx.row<Service>(sql`
    insert into services as s (${writable}) values (${valuesOf(terms)}) returning ${serviceColumns}`)
  return row as Service
}

/** A service, with the schedule locked against bookings and other changes of its terms. */
export async function lockService(tx: Tx, serviceId: string): Promise<Service | undefined> {
  const found = sql`select ${serviceColumns} from services s where s.id = ${serviceId}`
  const [, service] = await Promise.all([ownSchedule(tx), tx.row<Service>(found)])
  return service
}

export async function updateService(tx: Tx, serviceId: string, terms: ServiceTerms): Promise<Service> {
  const row = await tx.row<Service>(sql`
    update services s set (${writable}) = row (${valuesOf(terms)}) where s.id = ${serviceId} returning ${serviceColumns}`)
  return row as Service
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
    ${terms.horizonDays}::integer, ${terms.cancellationHours}::integer, ${terms.resourceKinds}::text[],
    ${terms.requiresApproval}::boolean, ${terms.active}::boolean`
}
