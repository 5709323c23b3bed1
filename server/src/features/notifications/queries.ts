import type { Queryable } from '../../platform/database.ts'
import type { EmergencyAccess } from './emergency-access-mail.ts'
import type { EmergencyAccessNewsForOwner } from './emergency-access-news.ts'
import type { Visit } from './visit.ts'

/** Every owner a pet has now. */
export async function listOwners(db: Queryable, petId: string): Promise<string[]> {
  const rows = await db.rows<{ ownerId: string }>({
    name: 'list-owners',
    text: `select owner_id as "ownerId" from ownerships where pet_id = $1 and until is null order by owner_id`,
    values: [petId],
  })
  return rows.map(({ ownerId }) => ownerId)
}

/**
 * A visit as one of its pet's owners is told of it, and whether it lies ahead and will take place; undefined for who may
 * not book for the pet, or not any more.
 */
export function findVisit(
  db: Queryable,
  appointmentId: string,
  ownerId: string,
): Promise<(Omit<Visit, 'ownerEmail'> & { isExpected: boolean }) | undefined> {
  return db.row({
    name: 'find-visit',
    text: `select a.id as "appointmentId", a.sequence, a.status, a.starts_at as "startsAt", a.ends_at as "endsAt",
                  a.time_zone as "timeZone", l.name as "locationName", l.address as "locationAddress",
                  s.name as "serviceName", staff.name as "providerName", p.name as "petName",
                  owner.id as "ownerId", owner.name as "ownerName",
                  a.status in ('booked', 'confirmed') and a.starts_at > clock_now() and p.deceased_on is null as "isExpected"
             from appointments a
             join pets p on p.id = a.pet_id
             join ownerships o on o.pet_id = p.id and o.until is null and 'book' = any (o.rights)
             join accounts owner on owner.id = o.owner_id
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
  { petId, ownerId, vetId }: EmergencyAccessNewsForOwner,
): Promise<Pick<EmergencyAccess, 'ownerName' | 'petName' | 'vetName' | 'timeZone'> | undefined> {
  return db.row({
    name: 'find-emergency-access',
    text: `select owner.name as "ownerName", p.name as "petName", vet.name as "vetName",
                  coalesce((select l.time_zone
                              from providers v
                              join provider_locations at on at.provider_id = v.id
                              join locations l on l.id = at.location_id
                             where v.account_id = vet.id
                             order by l.created_at, l.id
                             limit 1), 'UTC') as "timeZone"
             from pets p
             join ownerships o on o.pet_id = p.id and o.until is null
             join accounts owner on owner.id = o.owner_id
             join accounts vet on vet.id = $3
            where p.id = $1 and o.owner_id = $2`,
    values: [petId, ownerId, vetId],
  })
}
