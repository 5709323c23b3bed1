import type { LimitedPet, Pet, PetInput } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { unnested } from '../../platform/database/set-based.ts'
import { type Relation, reachesBookedPets } from './policy.ts'

export const petColumns = `
  p.id, p.name, p.species, p.breed, p.sex, p.neutered, p.birth_date as "birthDate",
  p.birth_date_estimated as "birthDateEstimated", p.weight_grams as "weightGrams", p.color, p.microchip,
  p.microchipped_on as "microchippedOn", p.care_notes as "careNotes", p.deceased_on as "deceasedOn",
  case when p.photo_id is not null then '/pets/' || p.id || '/photo' end as "photoUrl",
  (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name) order by o.since, a.id), '[]')
     from ownerships o join accounts a on a.id = o.owner_id
    where o.pet_id = p.id and o.until is null) as owners,
  p.created_at as "createdAt", p.updated_at as "updatedAt"`

/** The pets of one owner, oldest first, from a cursor on. The first page has a statement of its own, that many share. */
export function listPetsOf(db: Queryable, ownerId: string, after: string[] | null, limit: number): Promise<Pet[]> {
  if (after === null) return listFirstPetsOf(db, ownerId, limit)
  return db.rows({
    name: 'list-more-pets-of',
    text: petsOf('$1', 'and (p.created_at, p.id) > ($3, $4::uuid)', '$2'),
    values: [ownerId, limit, ...after],
  })
}

function listFirstPetsOf(db: Queryable, ownerId: string, limit: number): Promise<Pet[]> {
  return db.rows({
    name: 'list-pets-of',
    text: firstPetsOf,
    values: [[ownerId], [limit]],
    isSetBased: true,
  })
}

function petsOf(ownerId: string, further: string, limit: string): string {
  return `select ${petColumns}
            from ownerships mine join pets p on p.id = mine.pet_id
           where mine.owner_id = ${ownerId} and mine.until is null and p.archived_at is null ${further}
           order by p.created_at, p.id
           limit ${limit}`
}

const firstPetsOf = `select asked.asker, p.*
  from ${unnested('asked', { asker: 'int', owner_id: 'uuid', most: 'int' })},
       lateral (${petsOf('asked.owner_id', '', 'asked.most')}) as p`

/** The pets, of one owner or of all, whose name holds the text or whose microchip is exactly it, oldest first, from a cursor on. */
export function searchPets(
  db: Queryable,
  text: string,
  ownerId: string | null,
  after: string[] | null,
  limit: number,
): Promise<Pet[]> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return db.rows({
    text: `select ${petColumns}
             from pets p
            where p.archived_at is null and (p.name ilike $1 or p.microchip = $2)
              and ($3::timestamptz is null or (p.created_at, p.id) > ($3, $4::uuid))
              and ($6::uuid is null or p.id in (select pet_id from ownerships where owner_id = $6 and until is null))
            order by p.created_at, p.id
            limit $5`,
    values: [pattern, text, after?.[0] ?? null, after?.[1] ?? null, limit, ownerId],
  })
}

export function findPet(db: Queryable, petId: string): Promise<Pet | undefined> {
  return db.row({
    name: 'find-pet',
    text: `select ${petColumns} from pets p where p.id = $1 and p.archived_at is null`,
    values: [petId],
  })
}

/** What decides about who sees a pet and for how long, beside the actor's relation to it. */
export interface Build {
  readonly species: string
  readonly weightGrams: number | null
}

/** How the actor stands to a pet that is not archived; undefined when there is no such pet. Only groomers are booked. */
export async function findRelation(
  db: Queryable,
  actor: Actor,
  petId: string,
): Promise<(Relation & Build & { readonly hasDied: boolean }) | undefined> {
  const [name, text] = reachesBookedPets(actor) ? relationOfGroomer : relation
  return db.row({ name, text, values: [[petId], [actor.accountId]], isSetBased: true })
}

const relationWhere = (isBooked: string) => `
  select asker, (select rights from ownerships where pet_id = p.id and owner_id = account_id and until is null) as rights,
         ${isBooked} as "isBooked", p.species, p.weight_grams as "weightGrams", p.deceased_on is not null as "hasDied"
    from ${unnested('asked', { asker: 'int', pet_id: 'uuid', account_id: 'uuid' })}
    join pets p on p.id = pet_id and p.archived_at is null`

const relation = ['find-relation', relationWhere('false')] as const
const relationOfGroomer = [
  'find-relation-of-groomer',
  relationWhere(`exists (
    select from appointments a
     where a.pet_id = p.id and a.provider_id = (select id from providers where account_id = asked.account_id)
       and a.status not in ('cancelled', 'declined') and a.ends_at > clock_now() - interval '24 hours')`),
] as const

/** The last day that has begun, by the calendar that is furthest ahead. */
export async function findLatestDay(db: Queryable): Promise<string> {
  const row = await db.row<{ day: string }>({
    name: 'find-latest-day',
    text: `select (clock_now() at time zone 'Pacific/Kiritimati')::date as day`,
    values: [],
  })
  return (row as { day: string }).day
}

/** Locks a pet for a change of its profile. */
export async function lockPet(tx: Tx, petId: string): Promise<void> {
  await tx.rows(sql`select from pets where id = ${petId} for no key update`)
}

/** The columns that a client writes, in the order of their values. */
const written = {
  name: 'text',
  species: 'text',
  breed: 'text',
  sex: 'text',
  neutered: 'boolean',
  birth_date: 'date',
  birth_date_estimated: 'boolean',
  weight_grams: 'int',
  color: 'text',
  microchip: 'text',
  care_notes: 'text',
  deceased_on: 'date',
  microchipped_on: 'date',
}
const writable = Object.keys(written)

function valuesOf(pet: PetInput): unknown[] {
  return [
    pet.name,
    pet.species,
    pet.breed ?? null,
    pet.sex ?? 'unknown',
    pet.neutered ?? null,
    pet.birthDate ?? null,
    pet.birthDateEstimated ?? false,
    pet.weightGrams ?? null,
    pet.color ?? null,
    pet.microchip ?? null,
    pet.careNotes ?? null,
    pet.deceasedOn ?? null,
    pet.microchippedOn ?? null,
  ]
}

const insertOwned = `with asked as (select * from ${unnested('asked', { asker: 'int', id: 'uuid', owner_id: 'uuid', ...written })}),
  p as (insert into pets (id, ${writable}) select id, ${writable} from asked returning *),
  o as (insert into ownerships (pet_id, owner_id) select id, owner_id from asked)
  select asker, p.id, p.name, p.species, p.breed, p.sex, p.neutered, p.birth_date as "birthDate",
         p.birth_date_estimated as "birthDateEstimated", p.weight_grams as "weightGrams", p.color, p.microchip,
         p.microchipped_on as "microchippedOn", p.care_notes as "careNotes", p.deceased_on as "deceasedOn", null as "photoUrl",
         json_build_array(json_build_object('id', owner_id, 'name', (select name from accounts where id = owner_id))) as owners,
         p.created_at as "createdAt", p.updated_at as "updatedAt"
    from p join asked using (id)`

/**
 * Adds a pet and its first ownership.
 * @throws a database error that names `ownerships_owner_id_fkey` or `owner_is_not_erased` when there is no such owner
 */
export async function insertPet(tx: Tx, petId: string, ownerId: string, pet: PetInput): Promise<Pet> {
  const row = await tx.row<Pet>({
    name: 'insert-pet',
    text: insertOwned,
    values: [petId, ownerId, ...valuesOf(pet)].map((value) => [value]),
    isSetBased: true,
  })
  return row as Pet
}

/** Whether it is the account of somebody who is not erased. */
export async function isAccount(db: Queryable, id: string): Promise<boolean> {
  return (await db.row(sql`select from accounts where id = ${id} and erased_at is null`)) !== undefined
}

export async function updatePetRow(tx: Tx, petId: string, pet: PetInput): Promise<void> {
  await tx.rows({
    name: 'update-pet',
    text: `update pets set (${writable}, updated_at)
                         = ($2, $3, $4, $5, $6, $7::date, $8, $9, $10, $11, $12, $13::date, $14::date, clock_now())
            where id = $1`,
    values: [petId, ...valuesOf(pet)],
  })
}

export async function archivePetRow(tx: Tx, petId: string): Promise<void> {
  await tx.rows(sql`update pets set archived_at = clock_now(), updated_at = clock_now() where id = ${petId}`)
}

export async function isArchived(db: Queryable, petId: string): Promise<boolean> {
  return (await db.row(sql`select from pets where id = ${petId} and archived_at is not null`)) !== undefined
}

/** What a groomer may see, and in which words. */
export function toLimitedPet(pet: Pet, today: string): LimitedPet {
  const { id, name, species, breed, sex, neutered, weightGrams, color, photoUrl, careNotes, birthDate } = pet
  const until = pet.deceasedOn ?? today
  const ageMonths =
    birthDate === null
      ? null
      : Math.max(0, Temporal.PlainDate.from(birthDate).until(until, { largestUnit: 'months' }).months)
  const ageEstimated = birthDate !== null && pet.birthDateEstimated
  return { id, name, species, breed, sex, neutered, ageMonths, ageEstimated, weightGrams, color, photoUrl, careNotes }
}
