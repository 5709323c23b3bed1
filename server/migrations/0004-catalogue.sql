-- What the company offers, where, by whom and when.
create table locations (
  id uuid primary key default new_id(),
  name text not null,
  time_zone text not null,
  address text,
  vaccination_policy text not null default 'us',
  required_vaccines text[] not null default '{}',
  created_at timestamptz not null default clock_now(),
  constraint vaccination_policy_is_known check (vaccination_policy in ('us', 'eu')),
  -- A zone that PostgreSQL does not know raises 22023 here, and so never does in a query.
  constraint time_zone_is_known check (timezone(time_zone, timestamptz 'epoch') is not null)
);

-- A room, a table or a machine.
create table resources (
  id uuid primary key default new_id(),
  location_id uuid not null references locations (id),
  name text not null,
  kind text not null,
  constraint resource_name_is_free unique (location_id, name)
);

create index resources_of_kind on resources (location_id, kind);

create table services (
  id uuid primary key default new_id(),
  slug text not null,
  name text not null,
  kind text not null,
  duration_minutes integer not null,
  buffer_before_minutes integer not null default 0,
  buffer_after_minutes integer not null default 0,
  step_minutes integer not null default 15,
  lead_minutes integer not null default 60,
  horizon_days integer not null default 180,
  cancellation_hours integer not null default 24,
  resource_kinds text[] not null default '{}',
  requires_approval boolean not null default false,
  provider_role text generated always as (case kind when 'grooming' then 'groomer' else 'veterinarian' end) stored,
  created_at timestamptz not null default clock_now(),
  constraint slug_is_free unique (slug),
  unique (id, provider_role),
  constraint kind_is_known check (kind in ('veterinary', 'grooming')),
  constraint step_divides_the_day check (step_minutes > 0 and 1440 % step_minutes = 0)
);

-- A vet or groomer who performs services at locations.
create table providers (
  id uuid primary key default new_id(),
  account_id uuid not null references accounts (id),
  role text not null,
  created_at timestamptz not null default clock_now(),
  constraint account_is_one_provider unique (account_id),
  unique (id, role),
  constraint role_provides check (role in ('veterinarian', 'groomer'))
);

-- Who performs what; the role is there so that neither side can change to one the other does not fit.
create table provider_services (
  provider_id uuid not null,
  service_id uuid not null,
  role text not null,
  primary key (service_id, provider_id),
  constraint provider_has_the_role foreign key (provider_id, role) references providers (id, role),
  constraint service_asks_for_the_role foreign key (service_id, role) references services (id, provider_role)
);

create index services_of_provider on provider_services (provider_id);

create table provider_locations (
  provider_id uuid not null references providers (id),
  location_id uuid not null references locations (id),
  primary key (provider_id, location_id)
);

create index providers_of_location on provider_locations (location_id);

-- Weekly hours in wall-clock minutes from midnight; past 1440 they run into the next day. Monday is 1.
-- A provider who leaves a location leaves the hours there behind.
create table working_hours (
  provider_id uuid not null,
  location_id uuid not null,
  weekday smallint not null,
  from_minute integer not null,
  to_minute integer not null,
  effective daterange not null,
  constraint provider_works_there foreign key (provider_id, location_id)
    references provider_locations (provider_id, location_id) on delete cascade,
  constraint hours_begin_on_a_date check (not isempty(effective) and not lower_inf(effective)),
  constraint weekday_is_iso check (weekday between 1 and 7),
  constraint hours_run_forward check (from_minute between 0 and 1439 and to_minute > from_minute and to_minute <= from_minute + 1440)
);

create index hours_of_provider on working_hours (provider_id, location_id, weekday);

-- One-off changes to a provider's week: time off takes away, extra hours add. No location means everywhere.
create table schedule_exceptions (
  id uuid primary key default new_id(),
  provider_id uuid not null references providers (id),
  location_id uuid references locations (id),
  kind text not null,
  during tstzrange not null,
  reason text,
  created_at timestamptz not null default clock_now(),
  constraint kind_is_known check (kind in ('time-off', 'extra-hours')),
  constraint extra_hours_have_a_place check (kind = 'time-off' or location_id is not null)
);

create index exceptions_of_provider on schedule_exceptions using gist (provider_id, during);

create table closures (
  id uuid primary key default new_id(),
  location_id uuid not null references locations (id),
  during tstzrange not null,
  reason text,
  created_at timestamptz not null default clock_now()
);

create index closures_of_location on closures using gist (location_id, during);

grant select, insert, update on locations, resources, services, providers to petra_app;
grant select, insert, update, delete on provider_services, provider_locations, working_hours to petra_app;
grant select, insert, delete on schedule_exceptions, closures to petra_app;
