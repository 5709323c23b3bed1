const petColumns = `
  p.id, p.name, p.species, p.breed, p.sex, p.neutered, p.birth_date as "birthDate",
  p.birth_date_estimated as "birthDateEstimated", p.weight_grams as "weightGrams", p.color, p.microchip,
  p.care_notes as "careNotes", null as "photoUrl", p.deceased_on as "deceasedOn",
  p.created_at as "createdAt", p.updated_at as "updatedAt"`

/** One statement per workload. A booking guards the provider's time and leaves one event; nothing else leaves any. */
export const limitStatements = {
  listPets: `
    select ${petColumns},
           (select json_agg(json_build_object('id', a.id, 'name', a.name))
              from ownerships o join accounts a on a.id = o.owner_id where o.pet_id = p.id and o.until is null) as owners
      from ownerships mine join pets p on p.id = mine.pet_id
     where mine.owner_id = $1 and mine.until is null and p.archived_at is null
     order by p.created_at, p.id
     limit 100`,

  createPet: `
    with owner as (select id, name from accounts where id = $1),
         p as (insert into pets (name, species, breed, birth_date, weight_grams)
               select $2, $3, $4, $5::date, $6 from owner returning *),
         o as (insert into ownerships (pet_id, owner_id) select p.id, owner.id from p, owner)
    select ${petColumns}, json_build_array(json_build_object('id', owner.id, 'name', owner.name)) as owners
      from p, owner`,

  book: `
    with pet as (select pet_id as id from ownerships where pet_id = $2 and owner_id = $1 and until is null),
         s as (select id, slug, name, make_interval(mins => duration_minutes) as length from services where id = $3),
         v as (insert into appointments (pet_id, service_id, provider_id, location_id, starts_at, ends_at, local_start,
                                         time_zone, status, booked_by)
               select pet.id, s.id, $4, $5, $6::timestamptz, $6::timestamptz + s.length, $6::timestamptz at time zone 'UTC',
                      'UTC', 'booked', $1
                 from pet, s
               returning *),
         r as (insert into reservations (subject_id, during, appointment_id)
               select $4, tstzrange(starts_at, ends_at), id from v),
         e as (insert into events (id, name, outcome, purpose, actor_id, actor_roles, resource_type, resource_id, pet_id, announces)
               select uuidv7(), 'appointment.booked', 'allowed', 'owner-request', $1, '{owner}', 'appointment', id, pet_id, false from v)
    select v.id, v.pet_id as "petId", json_build_object('id', s.id, 'slug', s.slug, 'name', s.name) as service,
           json_build_object('id', g.id, 'name', a.name) as provider,
           json_build_object('id', l.id, 'name', l.name, 'timeZone', l.time_zone) as location,
           v.starts_at as "startsAt", v.ends_at as "endsAt", to_char(v.local_start, 'YYYY-MM-DD"T"HH24:MI:SS') as "localStart",
           v.status, v.notes, v.late_cancellation as "lateCancellation", v.created_at as "createdAt", v.updated_at as "updatedAt"
      from v, s, providers g join accounts a on a.id = g.account_id, locations l
     where g.id = $4 and l.id = $5`,

  search: `
    select h.provider_id as "providerId", h.from_minute as from, h.to_minute as to, s.duration_minutes as minutes,
           s.step_minutes as step, s.slug,
           (array(select date_part('epoch', a.starts_at - $3::date)::int / 60 * 10000 + date_part('epoch', a.ends_at - $3::date)::int / 60
                    from appointments a
                   where a.provider_id = h.provider_id and a.starts_at >= $3::date and a.starts_at < $3::date + 1
                     and a.status = 'booked'
                   order by a.starts_at))::text as taken
      from services s
      join provider_services p on p.service_id = s.id
      join working_hours h on h.provider_id = p.provider_id and h.location_id = $1 and h.weekday = $4
     where s.id = $2`,

  listRecords: `
    select r.id, r.pet_id as "petId", r.type, r.occurred_on as "occurredOn", r.content, r.source, r.status, r.version,
           r.created_at as "createdAt", r.updated_at as "updatedAt", a.id as "authorId", a.name as "authorName"
      from ownerships o
      join medical_records r on r.pet_id = o.pet_id and r.status = 'current'
      join accounts a on a.id = r.author_id
     where o.pet_id = $2 and o.owner_id = $1 and o.until is null
     order by r.occurred_on desc, r.id desc
     limit 100`,

  readKey: `select id, kek_id as "kekId", wrapped from vault.data_keys where subject_id = $1 and purpose = 'pet-clinical'`,
}
