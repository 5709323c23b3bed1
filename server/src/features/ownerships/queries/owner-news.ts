import type { Queryable } from '../../../platform/database/database.ts'

/** The names of a pet and of one who manages it now; undefined for who does not, or not any more. */
export function findManagingOwner(
  db: Queryable,
  petId: string,
  ownerId: string,
): Promise<{ petName: string; ownerName: string } | undefined> {
  return db.row({
    text: `select p.name as "petName", a.name as "ownerName"
             from ownerships o join pets p on p.id = o.pet_id join accounts a on a.id = o.owner_id
            where o.pet_id = $1 and o.owner_id = $2 and o.until is null and o.rights @> '{manage}'`,
    values: [petId, ownerId],
  })
}

/** The names of a pet and of one who owned it last until then, and whether it was handed over; undefined for who owns it. */
export function findPastOwner(
  db: Queryable,
  petId: string,
  ownerId: string,
): Promise<{ petName: string; ownerName: string; wasHandedOver: boolean } | undefined> {
  return db.row({
    text: `select p.name as "petName", a.name as "ownerName",
                  exists (select from ownership_offers f
                           where f.pet_id = o.pet_id and f.kind = 'pet-transfer' and f.status = 'accepted'
                             and f.ended_at = o.until) as "wasHandedOver"
             from ownerships o join pets p on p.id = o.pet_id join accounts a on a.id = o.owner_id
            where o.pet_id = $1 and o.owner_id = $2
              and not exists (select from ownerships where pet_id = $1 and owner_id = $2 and until is null)
            order by o.until desc
            limit 1`,
    values: [petId, ownerId],
  })
}
