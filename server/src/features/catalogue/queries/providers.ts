import type { Provider, ProviderRole } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Role } from '../../../platform/actor.ts'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { ownSchedule } from './schedule-lock.ts'

const providerColumns = sql`
  p.id, a.name, p.role, p.active,
  array(select s.slug from provider_services o join services s on s.id = o.service_id
         where o.provider_id = p.id order by s.slug) as services,
  array(select location_id from provider_locations where provider_id = p.id order by location_id) as "locationIds",
  (select coalesce(json_agg(json_build_object('service', s.slug, 'species', o.species) order by s.slug), '[]')
     from provider_services o join services s on s.id = o.service_id
    where o.provider_id = p.id and o.species is not null) as skills`

/**
 * Providers by name, from the one after `after` on.
 * @param where `service` is a slug or an id
 */
export function listProviders(
  db: Queryable,
  where: { service: string | null; locationId: string | null },
  after: string | null,
  limit: number,
): Promise<Provider[]> {
  const { service, locationId } = where
  return db.rows(sql`
    select ${providerColumns}
      from providers p join accounts a on a.id = p.account_id
     where (${service}::text is null
            or exists (select from provider_services o join services s on s.id = o.service_id
                        where o.provider_id = p.id and (s.slug = ${service} or s.id::text = lower(${service}))))
       and (${locationId}::uuid is null
            or exists (select from provider_locations o where o.provider_id = p.id and o.location_id = ${locationId}))
       and (${after}::uuid is null
            or (a.name, p.id) > (select b.name, q.id from providers q join accounts b on b.id = q.account_id
                                  where q.id = ${after}))
     order by a.name, p.id
     limit ${limit}`)
}

export function findProvider(db: Queryable, providerId: string): Promise<Provider | undefined> {
  return db.row(sql`
    select ${providerColumns} from providers p join accounts a on a.id = p.account_id where p.id = ${providerId}`)
}

/** Whose books they are. */
export interface ProviderAccount {
  readonly id: string
  readonly accountId: string
  readonly role: ProviderRole
}

export function findProviderAccount(db: Queryable, providerId: string): Promise<ProviderAccount | undefined> {
  return db.row(sql`select id, account_id as "accountId", role from providers where id = ${providerId}`)
}

/** The same, with the schedule locked against bookings and other changes of who does what, where and when. */
export async function lockProvider(tx: Tx, providerId: string): Promise<ProviderAccount | undefined> {
  const [, provider] = await Promise.all([ownSchedule(tx), findProviderAccount(tx, providerId)])
  return provider
}

/** The roles of an account that is not disabled. */
export async function findRoles(tx: Tx, accountId: string): Promise<Role[] | undefined> {
  const row = await tx.row<{ roles: Role[] }>(sql`
    select roles from accounts where id = ${accountId} and disabled_at is null`)
  return row?.roles
}

/** @returns the id of the new provider */
export async function insertProvider(tx: Tx, accountId: string, role: ProviderRole): Promise<string> {
  const row = await tx.row<{ id: string }>(sql`
    insert into providers (account_id, role) values (${accountId}, ${role}) returning id`)
  return (row as { id: string }).id
}

/** What a provider performs, in which role, and where. */
export interface Assignment {
  readonly role: ProviderRole
  /** For every species, unless some are named. */
  readonly services: readonly { readonly id: string; readonly species: readonly string[] | null }[]
  readonly locationIds: readonly string[]
  readonly active: boolean
}

/** Puts a provider to these services and locations and to no others. Hours at a location they leave go with it. */
export async function assignProvider(tx: Tx, providerId: string, assignment: Assignment): Promise<void> {
  const { role, services, locationIds, active } = assignment
  const serviceIds = services.map(({ id }) => id)
  await Promise.all([
    tx.rows(sql`
      delete from provider_services where provider_id = ${providerId} and service_id <> all(${serviceIds}::uuid[])`),
    tx.rows(sql`
      delete from provider_locations where provider_id = ${providerId} and location_id <> all(${locationIds}::uuid[])`),
    tx.rows(sql`
      update providers set role = ${role}, active = ${active}
       where id = ${providerId} and (role, active) <> (${role}, ${active}::boolean)`),
    tx.rows(sql`
      insert into provider_services (provider_id, service_id, role, species)
      select ${providerId}, id, ${role}, species
        from jsonb_to_recordset(${JSON.stringify(services)}::jsonb) as given (id uuid, species text[])
      on conflict (service_id, provider_id) do update set species = excluded.species`),
    tx.rows(sql`
      insert into provider_locations (provider_id, location_id)
      select ${providerId}, id from unnest(${locationIds}::uuid[]) as id
      on conflict (provider_id, location_id) do nothing`),
  ])
}
