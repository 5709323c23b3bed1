import type { Person } from '../../../platform/actor.ts'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { unnested } from '../../../platform/database/set-based.ts'
import { mayTreat, type RecordRelation } from '../policy.ts'

/**
 * How an account stands to the records of a pet that is not archived; undefined when there is no such pet.
 * Only vets have care. A visit that a vet booked makes it from check-in only, so that nobody grants themselves care.
 */
export function findRecordRelation(db: Queryable, actor: Person, petId: string): Promise<RecordRelation | undefined> {
  const [name, text] = mayTreat(actor) ? relationOfVet : relation
  return db.row({ name, text, values: [[petId], [actor.accountId]], isSetBased: true })
}

const careColumns = `
                  exists (
                    select from appointments a
                      join services s on s.id = a.service_id
                      join provider_locations l on l.location_id = a.location_id
                      join providers v on v.id = l.provider_id
                     where a.pet_id = p.id and s.kind = 'veterinary'
                       and v.account_id = asked.account_id and v.role = 'veterinarian'
                       and a.starts_at > clock_now() - interval '24 months'
                       and a.status not in ('cancelled', 'declined', 'no-show')
                       and (not a.booked_by_vet or a.status in ('checked-in', 'in-service', 'completed'))
                  ) as "underCare",
                  exists (
                    select from emergency_accesses e
                     where e.pet_id = p.id and e.account_id = asked.account_id and e.expires_at > clock_now()
                  ) as "inEmergency"`

const relationWith = (care: string) => `
  select asker, o.rights, ${care}
    from ${unnested('asked', { asker: 'int', pet_id: 'uuid', account_id: 'uuid' })}
    join pets p on p.id = asked.pet_id and p.archived_at is null
    left join ownerships o on o.pet_id = p.id and o.owner_id = asked.account_id and o.until is null`

const relation = ['find-record-relation', relationWith('false as "underCare", false as "inEmergency"')] as const
const relationOfVet = ['find-record-relation-of-vet', relationWith(careColumns)] as const

/** Opens a pet's records to an account for 60 minutes, and says until when. */
export async function insertEmergencyAccess(
  tx: Tx,
  access: { id: string; petId: string; accountId: string; reason: Buffer },
): Promise<string> {
  const [row] = await tx.rows<{ expiresAt: string }>({
    text: `insert into emergency_accesses (id, pet_id, account_id, reason, expires_at)
           values ($1, $2, $3, $4, clock_now() + interval '60 minutes')
           returning expires_at as "expiresAt"`,
    values: [access.id, access.petId, access.accountId, access.reason],
  })
  return (row as { expiresAt: string }).expiresAt
}

/** An emergency access as it is stored. */
export interface EmergencyAccessRow {
  readonly id: string
  readonly vetId: string
  readonly vetName: string
  readonly reason: Buffer
  readonly grantedAt: string
  readonly expiresAt: string
}

/** The emergency accesses to a pet, newest first, those with an id below `before`. */
export function listEmergencyAccessesOf(
  db: Queryable,
  petId: string,
  before: string | null,
  limit: number,
): Promise<EmergencyAccessRow[]> {
  return db.rows({
    name: 'list-emergency-accesses',
    text: `select e.id, a.id as "vetId", a.name as "vetName", e.reason, e.created_at as "grantedAt",
                  e.expires_at as "expiresAt"
             from emergency_accesses e join accounts a on a.id = e.account_id
            where e.pet_id = $1 and ($2::uuid is null or e.id < $2)
            order by e.id desc
            limit $3`,
    values: [petId, before, limit],
  })
}
