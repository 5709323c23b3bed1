import type { Queryable } from '../../platform/database/database.ts'
import type { Visit } from './visit.ts'

/** Every owner a pet has now. */
export async function listOwners(db: Queryable, petId: string): Promise<string[]> {
  return (await listOwnersOfPets(db, [petId])).map(({ ownerId }) => ownerId)
}

/** Every owner that pets have now. */
export function listOwnersOfPets(
  db: Queryable,
  petIds: readonly string[],
): Promise<{ petId: string; ownerId: string }[]> {
  return db.rows({
    name: 'list-owners',
    text: `select pet_id as "petId", owner_id as "ownerId" from ownerships where pet_id = any ($1) and until is null
            order by pet_id, owner_id`,
    values: [petIds],
  })
}

/** Those of these pets that have died. */
export async function listDead(db: Queryable, petIds: readonly string[]): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'list-dead',
    text: 'select id from pets where id = any ($1) and deceased_on is not null',
    values: [petIds],
  })
  return rows.map(({ id }) => id)
}

/** Everybody who is an admin now. */
export async function listAdmins(db: Queryable): Promise<string[]> {
  const rows = await db.rows<{ id: string }>({
    name: 'list-admins',
    text: `select id from accounts where 'admin' = any (roles) and disabled_at is null order by id`,
    values: [],
  })
  return rows.map(({ id }) => id)
}

/**
 * A visit as one of its pet's owners is told of it, whether it lies ahead and will take place, and whether the pet has died;
 * undefined for who may not book for the pet, or not any more.
 */
export function findVisit(
  db: Queryable,
  appointmentId: string,
  ownerId: string,
): Promise<(Visit & { isExpected: boolean; hasDied: boolean }) | undefined> {
  return db.row({
    name: 'find-visit',
    text: `select a.id as "appointmentId", a.sequence, a.status, a.starts_at as "startsAt", a.ends_at as "endsAt",
                  a.time_zone as "timeZone", l.name as "locationName", l.address as "locationAddress",
                  s.name as "serviceName", staff.name as "providerName", p.name as "petName",
                  o.owner_id as "ownerId",
                  a.status in ('booked', 'confirmed') and a.starts_at > clock_now() and p.deceased_on is null as "isExpected",
                  p.deceased_on is not null as "hasDied"
             from appointments a
             join pets p on p.id = a.pet_id
             join ownerships o on o.pet_id = p.id and o.until is null and 'book' = any (o.rights)
             join services s on s.id = a.service_id
             join locations l on l.id = a.location_id
             join providers v on v.id = a.provider_id
             join accounts staff on staff.id = v.account_id
            where a.id = $1 and o.owner_id = $2`,
    values: [appointmentId, ownerId],
  })
}

/** What a mail about an emergency access says beyond its news; times are on the clock of the vet's first location. */
export function findEmergencyAccess(
  db: Queryable,
  petId: string,
  ownerId: string,
  vetId: string,
): Promise<{ petName: string; vetName: string; timeZone: string } | undefined> {
  return db.row({
    name: 'find-emergency-access',
    text: `select p.name as "petName", vet.name as "vetName",
                  coalesce((select l.time_zone
                              from providers v
                              join provider_locations at on at.provider_id = v.id
                              join locations l on l.id = at.location_id
                             where v.account_id = vet.id
                             order by l.created_at, l.id
                             limit 1), 'UTC') as "timeZone"
             from pets p
             join ownerships o on o.pet_id = p.id and o.until is null
             join accounts vet on vet.id = $3
            where p.id = $1 and o.owner_id = $2`,
    values: [petId, ownerId, vetId],
  })
}

/**
 * A session as its account's holder is told of it; `isNew` when the account has other sessions, and none of them on such a
 * device, whatever its version.
 */
export function findSignIn(
  db: Queryable,
  sessionId: string,
): Promise<{ accountId: string; device: string | null; isNew: boolean } | undefined> {
  return db.row({
    name: 'find-sign-in',
    text: `select s.account_id as "accountId", s.device,
                  exists (select from sessions b where b.account_id = s.account_id and b.created_at < s.created_at)
                  and not exists (select from sessions b
                                   where b.account_id = s.account_id and b.created_at < s.created_at
                                     and regexp_replace(b.device, '[0-9]', '', 'g')
                                         is not distinct from regexp_replace(s.device, '[0-9]', '', 'g')) as "isNew"
             from sessions s
            where s.id = $1`,
    values: [sessionId],
  })
}

export async function findAccountName(db: Queryable, accountId: string): Promise<string | undefined> {
  const row = await db.row<{ name: string }>({
    name: 'find-account-name',
    text: 'select name from accounts where id = $1',
    values: [accountId],
  })
  return row?.name
}

/**
 * The pet of an entry that a vet made and that still stands, or another that they made within the minutes before it;
 * undefined for an owner who may not read the records.
 */
export function findNewRecord(
  db: Queryable,
  recordId: string,
  ownerId: string,
  minutesBefore: number,
): Promise<{ petName: string } | undefined> {
  return db.row({
    name: 'find-new-record',
    text: `select p.name as "petName"
             from medical_records r
             join pets p on p.id = r.pet_id
             join ownerships o on o.pet_id = p.id and o.owner_id = $2 and o.until is null and 'records' = any (o.rights)
            where r.id = $1 and p.archived_at is null
              and exists (select from medical_records m
                           where m.pet_id = r.pet_id and m.author_id = r.author_id and m.source = 'clinical' and m.status = 'current'
                             and m.created_at between r.created_at - make_interval(mins => $3) and r.created_at)`,
    values: [recordId, ownerId, minutesBefore],
  })
}

/** The name of a pet, for an owner who may book for it. */
export function findBookingOwner(
  db: Queryable,
  petId: string,
  ownerId: string,
): Promise<{ petName: string } | undefined> {
  return db.row({
    name: 'find-booking-owner',
    text: `select p.name as "petName"
             from ownerships o join pets p on p.id = o.pet_id
            where o.pet_id = $1 and o.owner_id = $2 and o.until is null and 'book' = any (o.rights)`,
    values: [petId, ownerId],
  })
}
