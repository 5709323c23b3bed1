import { callers, company, firstBookedDay, hours, petCount, staffCount } from './company.ts'

const { owners, petsPerOwner, locations, staffPerLocation, services, bookedDays } = company
const halfHours = (hours.to - hours.from) * 2
const firstDay = new Date(firstBookedDay).toISOString()

/**
 * Everything of the company that is not sealed, for whoever owns the schema. Service 2 takes place in a room, of which a
 * location has as many as providers; the others need none.
 */
export const companyRows = `
insert into accounts (id, name)
select md5('owner:' || n)::uuid, 'Owner ' || n from generate_series(1, ${owners}) n;

insert into accounts (id, name, roles)
select md5('staff-account:' || s)::uuid, 'Staff ' || s, '{owner,veterinarian}' from generate_series(1, ${staffCount}) s;

insert into pets (id, name, species, breed, birth_date, weight_grams)
select md5('pet:' || p)::uuid, 'Pet ' || p, (array['dog', 'cat', 'rabbit'])[(p - 1) % 3 + 1], 'mixed',
       date '2020-01-01' + p % 1500, 3000 + p % 20000
  from generate_series(1, ${petCount}) p;

insert into ownerships (pet_id, owner_id)
select md5('pet:' || p)::uuid, md5('owner:' || (p - 1) / ${petsPerOwner} + 1)::uuid from generate_series(1, ${petCount}) p;

insert into locations (id, name, time_zone)
select md5('location:' || l)::uuid, 'Location ' || l, 'UTC' from generate_series(1, ${locations}) l;

insert into resources (id, location_id, name, kind)
select md5('room:' || l || ':' || r)::uuid, md5('location:' || l)::uuid, 'Room ' || r, 'room'
  from generate_series(1, ${locations}) l, generate_series(1, ${staffPerLocation}) r;

insert into services (id, slug, name, kind, duration_minutes, step_minutes, lead_minutes, horizon_days, resource_kinds)
select md5('service:' || n)::uuid, 'service-' || n, 'Service ' || n, 'veterinary', 30, 30, 0, 3650,
       case n when 2 then array['room'] else '{}'::text[] end
  from generate_series(1, ${services}) n;

insert into providers (id, account_id, role)
select md5('staff:' || s)::uuid, md5('staff-account:' || s)::uuid, 'veterinarian' from generate_series(1, ${staffCount}) s;

insert into provider_services (provider_id, service_id, role)
select md5('staff:' || s)::uuid, md5('service:' || n)::uuid, 'veterinarian'
  from generate_series(1, ${staffCount}) s, generate_series(1, ${services}) n;

insert into provider_locations (provider_id, location_id)
select md5('staff:' || s)::uuid, md5('location:' || (s - 1) / ${staffPerLocation} + 1)::uuid
  from generate_series(1, ${staffCount}) s;

insert into working_hours (provider_id, location_id, weekday, from_minute, to_minute, effective)
select provider_id, location_id, weekday, ${hours.from * 60}, ${hours.to * 60}, daterange('2026-01-01', null)
  from provider_locations, generate_series(1, 7) weekday;

insert into appointments (id, pet_id, service_id, provider_id, location_id, starts_at, ends_at, local_start, time_zone,
                          status, booked_by)
select md5('appt:' || s || ':' || d || ':' || k)::uuid, md5('pet:' || p)::uuid, md5('service:' || s % ${services} + 1)::uuid,
       md5('staff:' || s)::uuid, md5('location:' || (s - 1) / ${staffPerLocation} + 1)::uuid,
       starts_at, starts_at + interval '30 minutes', starts_at at time zone 'UTC', 'UTC',
       'booked', md5('owner:' || (p - 1) / ${petsPerOwner} + 1)::uuid
  from generate_series(1, ${staffCount}) s, generate_series(0, ${bookedDays - 1}) d, generate_series(0, ${halfHours - 1}) k,
       lateral (select (s * 7919 + d * 104729 + k * 1299709) % ${petCount} + 1 as p,
                       timestamptz '${firstDay}' + make_interval(days => d, hours => ${hours.from}, mins => 30 * k) as starts_at)
 where (k * 7 + s * 3 + d * 5) % 20 < 12;

insert into reservations (subject_id, during, appointment_id)
select subject_id, tstzrange(starts_at, ends_at), id
  from appointments, unnest(array[provider_id, pet_id]) subject_id;

insert into reservations (subject_id, during, appointment_id)
select md5('room:' || (s - 1) / ${staffPerLocation} + 1 || ':' || (s - 1) % ${staffPerLocation} + 1)::uuid,
       tstzrange(starts_at, ends_at), id
  from generate_series(1, ${staffCount}) s join appointments on provider_id = md5('staff:' || s)::uuid
 where service_id = md5('service:2')::uuid;

insert into sessions (id, account_id, refresh_hash, device, expires_at)
select md5('session:' || n)::uuid, md5('owner:' || n)::uuid, sha256(uuid_send(gen_random_uuid())), 'bench',
       clock_now() + interval '90 days'
  from generate_series(1, ${callers.count}) k, unnest(array[k, k + ${callers.addingFrom}]) n;
`
