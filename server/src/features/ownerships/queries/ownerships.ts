import type { PetOwner, Right } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

const currentOwners = sql`
  select o.owner_id as id, a.name, o.rights, o.since
    from ownerships o join accounts a on a.id = o.owner_id
   where o.until is null`

/** The owners a pet has now, longest first. */
export function listCurrentOwners(db: Queryable, petId: string): Promise<PetOwner[]> {
  return db.rows(sql`${currentOwners} and o.pet_id = ${petId} order by o.since, o.owner_id`)
}

export function findCurrentOwner(db: Queryable, petId: string, ownerId: string): Promise<PetOwner | undefined> {
  return db.row(sql`${currentOwners} and o.pet_id = ${petId} and o.owner_id = ${ownerId}`)
}

/**
 * When a change of a locked pet's ownerships takes place: now, but after the change before it, whose transaction may have
 * begun later and had the lock first.
 */
export async function instantOfChange(tx: Tx, petId: string): Promise<string> {
  const row = await tx.row<{ at: string }>(sql`
    select greatest(clock_now(), max(since) + interval '1 microsecond', max(until)) as at
      from ownerships where pet_id = ${petId}`)
  return (row as { at: string }).at
}

export interface NewOwnership {
  readonly petId: string
  readonly ownerId: string
  readonly rights: readonly Right[]
  /** An instant. */
  readonly at: string
}

/** Fails on `one_current_ownership` when they own the pet already. */
export async function beginOwnership(tx: Tx, { petId, ownerId, rights, at }: NewOwnership): Promise<void> {
  await tx.rows(sql`
    insert into ownerships (pet_id, owner_id, rights, since) values (${petId}, ${ownerId}, ${rights}, ${at})`)
}

/** Fails on `pet_keeps_a_manager` when nobody would manage the pet. */
export async function closeOwnership(tx: Tx, petId: string, ownerId: string, at: string): Promise<void> {
  await tx.rows(sql`
    update ownerships set until = ${at} where pet_id = ${petId} and owner_id = ${ownerId} and until is null`)
}

/** Ends a period of ownership and begins the next in one statement, after which `pet_keeps_a_manager` is checked. */
export async function replaceRights(tx: Tx, { petId, ownerId, rights, at }: NewOwnership): Promise<void> {
  await tx.rows(sql`
    with ended as (
      update ownerships set until = ${at} where pet_id = ${petId} and owner_id = ${ownerId} and until is null
      returning pet_id, owner_id
    )
    insert into ownerships (pet_id, owner_id, rights, since) select pet_id, owner_id, ${rights}, ${at} from ended`)
}

/** Ends every ownership of a pet and begins one, likewise. @returns who owned it, with which rights */
export function replaceOwners(
  tx: Tx,
  { petId, ownerId, rights, at }: NewOwnership,
): Promise<{ ownerId: string; rights: Right[] }[]> {
  return tx.rows(sql`
    with ended as (
      update ownerships set until = ${at} where pet_id = ${petId} and until is null returning owner_id, rights
    ), begun as (
      insert into ownerships (pet_id, owner_id, rights, since)
      select ${petId}, ${ownerId}, ${rights}, ${at} from (select count(*) from ended) as all_of_them
    )
    select owner_id as "ownerId", rights from ended order by owner_id`)
}
