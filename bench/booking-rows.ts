import { company, firstBookedDay, hours, staffCount } from './company.ts'

const { bookedDays, staffPerLocation, services } = company
const firstDay = new Date(firstBookedDay).toISOString()

/** So that 170,000 reservations of providers and rooms lie ahead, beside those that the seed has made. */
export const moreDays = 36
/** A visit of a whole day, for which there is no room before the last of them is over. */
export const wholeDay = 'whole-day'
/** Takes one of each of three kinds of rooms. */
export const manyRooms = 'many-rooms'

/** The same with the people of the first five locations only. */
export const fiftyProviders = 'fifty-providers'

/** Visits like the seed's on the days after its own, each with a room; rooms of two more kinds, and services that ask for them. */
export const bookingRows = `
insert into services (id, slug, name, kind, duration_minutes, step_minutes, lead_minutes, horizon_days, resource_kinds)
values (md5('service:${wholeDay}')::uuid, '${wholeDay}', 'Whole day', 'veterinary', ${(hours.to - hours.from) * 60}, 30, 0, 3650, '{}'),
       (md5('service:${manyRooms}')::uuid, '${manyRooms}', 'Many rooms', 'veterinary', 30, 30, 0, 3650, '{room,scanner,table}'),
       (md5('service:${fiftyProviders}')::uuid, '${fiftyProviders}', 'Fifty providers', 'veterinary', 30, 30, 0, 3650, '{room,scanner,table}');

insert into provider_services (provider_id, service_id, role)
select id, service, 'veterinarian'
  from providers, unnest(array[md5('service:${wholeDay}'), md5('service:${manyRooms}')]::uuid[]) service;

insert into provider_services (provider_id, service_id, role)
select md5('staff:' || s)::uuid, md5('service:${fiftyProviders}')::uuid, 'veterinarian' from generate_series(1, 50) s;

insert into resources (id, location_id, name, kind)
select md5(kind || n || id)::uuid, id, kind || ' ' || n, kind
  from locations, unnest(array['scanner', 'table']) kind, generate_series(1, ${staffPerLocation}) n;

insert into appointments (id, pet_id, service_id, provider_id, location_id, starts_at, ends_at, local_start, time_zone,
                          status, booked_by)
select md5('more:' || s || ':' || d || ':' || k)::uuid, pet.id, md5('service:' || s % ${services} + 1)::uuid,
       md5('staff:' || s)::uuid, md5('location:' || (s - 1) / ${staffPerLocation} + 1)::uuid,
       starts_at, starts_at + interval '30 minutes', starts_at at time zone 'UTC', 'UTC', 'booked', md5('owner:1')::uuid
  from (select id from pets limit 1) pet, generate_series(1, ${staffCount}) s,
       generate_series(${bookedDays}, ${bookedDays + moreDays - 1}) d, generate_series(0, ${(hours.to - hours.from) * 2 - 1}) k,
       lateral (select timestamptz '${firstDay}' + make_interval(days => d, hours => ${hours.from}, mins => 30 * k) as starts_at)
 where (k * 7 + s * 3 + d * 5) % 20 < 12;

insert into reservations (subject_id, during, appointment_id)
select subject_id, tstzrange(starts_at, ends_at), v.id
  from generate_series(1, ${staffCount}) s
  join appointments v on v.provider_id = md5('staff:' || s)::uuid and v.starts_at >= timestamptz '${firstDay}' + interval '${bookedDays} days',
       unnest(array[v.provider_id, md5('room:' || (s - 1) / ${staffPerLocation} + 1 || ':' || (s - 1) % ${staffPerLocation} + 1)::uuid]) subject_id
    on conflict do nothing;
`
