create table appointments (
  id uuid primary key default new_id(),
  pet_id uuid not null references pets (id),
  service_id uuid not null references services (id),
  provider_id uuid not null references providers (id),
  location_id uuid not null references locations (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  local_start timestamp not null,
  time_zone text not null,
  status text not null,
  notes text,
  late_cancellation boolean not null default false,
  booked_by uuid not null,
  booked_by_vet boolean not null default false,
  sequence integer not null default 0,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  constraint status_is_known check (status in ('requested', 'booked', 'confirmed', 'checked-in', 'in-service', 'completed',
    'cancelled', 'declined', 'no-show')),
  constraint ends_after_it_starts check (ends_at > starts_at)
);

create index appointments_of_pet on appointments (pet_id, starts_at);
create index appointments_of_provider on appointments (provider_id, starts_at);
-- Whom a visit was given to last.
create index appointments_by_assignment on appointments (provider_id, created_at);
create index appointments_of_location on appointments (location_id, starts_at);
create index appointments_by_start on appointments (starts_at, id);
grant select, insert, update on appointments to petra_app;

-- One subject (a provider, a resource, or the pet itself) held for a time range.
-- Nothing is ever double-booked, because of the constraint below and nothing else.
create table reservations (
  subject_id uuid not null,
  during tstzrange not null,
  appointment_id uuid not null references appointments (id),
  constraint subject_is_free exclude using gist (subject_id with =, during with &&),
  constraint range_is_half_open check (lower_inc(during) and not upper_inc(during) and not isempty(during))
);

create index reservations_of_appointment on reservations (appointment_id);
grant select, insert, delete on reservations to petra_app;

-- The version of all that decides about open times. Searches keep the timetable of a version in memory and ask only for the number.
create table timetable_version (
  only_row boolean primary key default true check (only_row),
  version bigint not null
);

insert into timetable_version (version) values (1);

-- As its owner, since the application may not write here by itself.
create function timetable_changed() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update timetable_version set version = version + 1;
  return null;
end $$;

do $$
declare
  source text;
begin
  foreach source in array array['locations', 'resources', 'services', 'providers', 'provider_services', 'provider_locations',
    'working_hours', 'schedule_exceptions', 'closures'] loop
    execute format('create trigger timetable_changed after insert or update or delete on %I
      for each statement execute function timetable_changed()', source);
  end loop;
end $$;

-- A provider is called what their account is called.
create trigger timetable_changed after update of name on accounts
  for each row when (old.name is distinct from new.name and new.roles && '{groomer,veterinarian}')
  execute function timetable_changed();

grant select on timetable_version to petra_app;
