import type { ExportContent, Pet } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { Right } from '../policy.ts'
import { petColumns } from '../queries.ts'

/** The pets somebody owns, with what they may do and since when; archived ones are left out. */
export async function exportPets(db: Queryable, ownerId: string): Promise<ExportContent['pets']> {
  const rows = await db.rows<Pet & { rights: Right[]; since: string }>({
    text: `select ${petColumns}, mine.rights, mine.since
             from ownerships mine join pets p on p.id = mine.pet_id
            where mine.owner_id = $1 and mine.until is null and p.archived_at is null
            order by p.created_at, p.id`,
    values: [ownerId],
  })
  return rows.map(({ rights, since, ...pet }) => ({ pet, rights, since }))
}

/** When somebody owned which pets before; of the pets themselves a former owner sees nothing. */
export function exportFormerOwnerships(db: Queryable, ownerId: string): Promise<ExportContent['formerOwnerships']> {
  return db.rows(sql`
    select pet_id as "petId", rights, since, until from ownerships
     where owner_id = ${ownerId} and until is not null
     order by since, pet_id`)
}

/** Locks the pets somebody owns, in order. @returns the ids of those that nobody else manages */
export async function lockPetsOf(tx: Tx, ownerId: string): Promise<string[]> {
  await tx.rows(sql`
    select from pets
     where id in (select pet_id from ownerships where owner_id = ${ownerId} and until is null)
     order by id for no key update`)
  const rows = await tx.rows<{ id: string }>(sql`
    select p.id from ownerships mine join pets p on p.id = mine.pet_id
     where mine.owner_id = ${ownerId} and mine.until is null and p.archived_at is null
       and not exists (select from ownerships other
                        where other.pet_id = p.id and other.owner_id <> ${ownerId} and other.until is null
                          and other.rights @> '{manage}')
     order by p.id`)
  return rows.map(({ id }) => id)
}

export async function endOwnershipsOf(tx: Tx, ownerId: string): Promise<void> {
  await tx.rows(sql`
    update ownerships set until = greatest(clock_now(), since) where owner_id = ${ownerId} and until is null`)
}
