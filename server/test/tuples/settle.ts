import { add } from '../../src/features/medical-records/test-records.ts'
import type { House } from '../setup.ts'
import { addAccount } from '../world.ts'
import type { Entry, Facts } from './facts.ts'

/** A word that every record says and nothing else does. */
export const secret = 'furosemide'

/** Puts made-up facts into an empty house, and the ids that it gave into the facts. */
export async function settle(house: House, facts: Facts): Promise<void> {
  for (const account of facts.accounts) account.id = await addAccount(house, account.name, ...account.roles)
  const insert = (table: string, columns: string, rows: readonly object[]) =>
    house.sql(
      `insert into ${table} (${columns.replaceAll(/ [\w[\]]+(?=,|$)/g, '')})
       select * from jsonb_to_recordset($1) as one (${columns})`,
      [JSON.stringify(rows)],
    )

  const places = facts.places.map(({ id, requiresRabies }, i) => {
    return { id, name: `Place ${i}`, time_zone: 'UTC', required_vaccines: requiresRabies ? ['rabies'] : [] }
  })
  await insert('locations', 'id uuid, name text, time_zone text, required_vaccines text[]', places)
  await house.sql(`insert into services (slug, name, kind, duration_minutes)
                   values ('grooming', 'Grooming', 'grooming', 30), ('exam', 'Exam', 'veterinary', 30)`)
  const providers = facts.providers.map(({ id, account, role }) => ({ id, account_id: account.id, role }))
  await insert('providers', 'id uuid, account_id uuid, role text', providers)
  const workplaces = facts.providers.flatMap(({ id, places }) =>
    places.map((place) => ({ provider_id: id, location_id: place.id })),
  )
  await insert('provider_locations', 'provider_id uuid, location_id uuid', workplaces)
  await house.sql(`insert into provider_services (provider_id, service_id, role)
                   select p.id, s.id, p.role from providers p join services s on s.provider_role = p.role`)

  const pets = facts.pets.map(({ id, name, microchip }) => ({ id, name, species: 'dog', microchip }))
  await insert('pets', 'id uuid, name text, species text, microchip text', pets)
  const ownerships = facts.ownerships.map(({ pet, owner, rights, since, until }) => {
    return { pet_id: pet.id, owner_id: owner.id, rights, since: instant(since), until: until && instant(until) }
  })
  const span = 'since timestamptz, until timestamptz'
  await insert('ownerships', `pet_id uuid, owner_id uuid, rights text[], ${span}`, ownerships)
  await settleVisits(house, facts)
  await settleRecords(house, facts)
  const emergencies = facts.emergencies.map(({ pet, vet, until }) => {
    return { pet_id: pet.id, account_id: vet.id, reason: '\\x00', expires_at: instant(until) }
  })
  await insert('emergency_accesses', 'pet_id uuid, account_id uuid, reason bytea, expires_at timestamptz', emergencies)
  const gone = facts.pets.filter(({ isGone }) => isGone).map(({ id }) => id)
  await house.sql('update pets set archived_at = now() where id = any ($1)', [gone])
}

async function settleVisits(house: House, { visits }: Facts): Promise<void> {
  const rows = visits.map(({ id, pet, provider, place, kind, status, startsAt, endsAt, isBookedByVet }) => {
    const ids = { id, pet: pet.id, provider: provider.id, place: place.id, booker: provider.account.id }
    return { ...ids, kind, status, starts: instant(startsAt), ends: instant(endsAt), by_vet: isBookedByVet }
  })
  await house.sql(
    `insert into appointments (id, pet_id, provider_id, location_id, service_id, starts_at, ends_at, local_start, time_zone,
                               status, booked_by, booked_by_vet)
     select v.id, pet, provider, place, s.id, starts, ends, starts at time zone 'UTC', 'UTC', status, booker, by_vet
       from jsonb_to_recordset($1) as v (id uuid, pet uuid, provider uuid, place uuid, booker uuid, kind text, status text,
                                         starts timestamptz, ends timestamptz, by_vet boolean)
       join services s on s.kind = v.kind`,
    [JSON.stringify(rows)],
  )
}

/** Written by a vet in emergencies that are over then, and put down to whoever made each. */
async function settleRecords(house: House, { pets, entries }: Facts): Promise<void> {
  const scribe = await addAccount(house, 'Scribe', 'veterinarian')
  await house.sql(
    `insert into emergency_accesses (pet_id, account_id, reason, expires_at)
     select id, $1, '', now() + interval '1 hour' from unnest($2::uuid[]) as id`,
    [scribe, pets.map(({ id }) => id)],
  )
  for (const entry of entries) entry.id = (await add(house, scribe, entry.pet.id, bodyOf(entry))).id
  await house.sql('update emergency_accesses set expires_at = now()')
  const rows = entries.map(({ id, author, source, isVerified, status }) => {
    return { id, author: author.id, source, verifier: isVerified ? scribe : null, status }
  })
  await house.sql(
    `update medical_records r set author_id = author, source = e.source, verified_by = verifier, status = e.status
       from jsonb_to_recordset($1) as e (id uuid, author uuid, source text, verifier uuid, status text)
      where r.id = e.id`,
    [JSON.stringify(rows)],
  )
}

function bodyOf({ type, word }: Entry): object {
  const details: Record<string, object> = {
    vaccination: { vaccine: 'rabies', dose: 'booster', licensedYears: 3 },
    allergy: { substance: secret },
    diagnosis: { name: secret },
  }
  return { type, occurredOn: '2026-03-30', description: `${secret} ${word}`, details: details[type] ?? {} }
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
