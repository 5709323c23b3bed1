-- The schema as the migrations make it; `npm run schema:write` writes this file.
create schema vault;
create domain appointment_status as text constraint status_is_known check (value in ('requested', 'booked', 'confirmed', 'checked-in', 'in-service', 'completed', 'cancelled', 'declined', 'no-show'));
create domain event_outcome as text constraint outcome_is_known check (value in ('allowed', 'denied', 'failed'));
create domain event_purpose as text constraint purpose_is_known check (value in ('care', 'owner-request', 'emergency', 'operations'));
create domain half_open_range as tstzrange constraint range_is_half_open check (lower_inc(value) and not upper_inc(value) and not isempty(value));
create domain microchip as text constraint microchip_is_iso_11784 check (
case
    when value ~ '^\d{15}$' then "left"(value, 3)::integer >= 1 and "left"(value, 3)::integer <= 998 and "right"(value, 12)::bigint <= '274877906943'::bigint
    else value is null
end);
create domain weight_grams as integer constraint weight_is_positive check (value > 0);
create extension btree_gist;
create extension pg_trgm;

create function clock_now()
 returns timestamptz
 language sql
 stable
return now();

create function new_id()
 returns uuid
 language sql
return (encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring(int8send(((extract(epoch from clock_timestamp()) * (1000)::numeric))::bigint) from 3) from 1 for 6), (52)::bigint, 1), (53)::bigint, 1), 'hex'))::uuid;

create table log_cursors (
  tail text not null,
  system_identifier text not null,
  xid xid8 not null,
  id uuid not null,
  moved_at timestamptz not null default clock_now(),
  constraint log_cursors_pkey primary key (tail)
);

create table parked_events (
  tail text not null,
  event_id uuid not null,
  reason text not null,
  parked_at timestamptz not null default clock_now(),
  retried_at timestamptz,
  constraint parked_events_pkey primary key (tail, event_id)
);

create table idempotent_answers (
  account_id uuid not null,
  key text not null,
  fingerprint bytea not null,
  answer bytea not null,
  expires_at timestamptz not null,
  constraint idempotent_answers_pkey primary key (account_id, key)
);
create index idempotent_answers_by_expiry on idempotent_answers (expires_at);

create table vault.data_keys (
  id uuid not null default new_id(),
  subject_id uuid not null,
  purpose text not null,
  kek_id text not null,
  wrapped bytea,
  created_at timestamptz not null default clock_now(),
  destroyed_at timestamptz,
  constraint data_keys_pkey primary key (id),
  constraint one_data_key_per_purpose unique (subject_id, purpose),
  constraint purpose_is_known check (purpose in ('pet-clinical', 'owner-personal')),
  constraint destroyed_means_gone check ((wrapped is null) = (destroyed_at is not null))
);

create table accounts (
  id uuid not null default new_id(),
  name text not null,
  password_hash text,
  roles text[] not null default '{owner}',
  locale text not null default 'en',
  disabled_at timestamptz,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  erased_at timestamptz,
  constraint accounts_pkey primary key (id),
  constraint roles_are_known check (roles <@ '{owner,receptionist,groomer,veterinarian,admin}'),
  constraint everyone_is_an_owner check (roles @> '{owner}'),
  constraint nothing_is_left_of_who_was_erased check (erased_at is null or name = 'Former client' and password_hash is null and roles = '{owner}' and disabled_at is not null)
);
create index accounts_by_name on accounts using gin (name gin_trgm_ops);
create index accounts_in_order on accounts (name, id);

create table account_contacts (
  account_id uuid not null,
  version integer not null default 1,
  contact bytea not null,
  email_index bytea,
  phone_index bytea,
  email_verified_at timestamptz,
  address_index bytea,
  undeliverable_since timestamptz,
  constraint account_contacts_pkey primary key (account_id),
  constraint email_has_one_account unique (email_index),
  constraint account_contacts_account_id_fkey foreign key (account_id) references accounts(id)
);
create index account_contacts_by_phone on account_contacts (phone_index) where phone_index is not null;

create table sessions (
  id uuid not null default new_id(),
  account_id uuid not null,
  generation integer not null default 1,
  refresh_hash bytea not null,
  device text,
  address text,
  created_at timestamptz not null default clock_now(),
  rotated_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_because text,
  constraint sessions_pkey primary key (id),
  constraint sessions_account_id_fkey foreign key (account_id) references accounts(id),
  constraint an_end_has_a_reason check ((ended_at is null) = (ended_because is null))
);
create index sessions_of_account on sessions (account_id) where ended_at is null;

create function tell_session_changed()
 returns trigger
 language plpgsql
as $function$
begin
  perform pg_notify('session_changed', new.id::text);
  return null;
end $function$;
create trigger tell_session_ended after update of ended_at on sessions for each row when (old.ended_at is null and new.ended_at is not null) execute function tell_session_changed();

create function tell_account_changed()
 returns trigger
 language plpgsql
as $function$
begin
  perform pg_notify('session_changed', held.id::text)
     from (select id from sessions where account_id = new.id and ended_at is null
           union all
           select id from personal_access_tokens where account_id = new.id and revoked_at is null) held;
  return null;
end $function$;
create trigger tell_account_changed after update of roles, disabled_at on accounts for each row when (old.roles is distinct from new.roles or old.disabled_at is distinct from new.disabled_at) execute function tell_account_changed();

create table pets (
  id uuid not null default new_id(),
  name text not null,
  species text not null,
  breed text,
  sex text not null default 'unknown',
  neutered boolean,
  birth_date date,
  birth_date_estimated boolean not null default false,
  weight_grams weight_grams,
  color text,
  microchip microchip,
  care_notes text,
  deceased_on date,
  archived_at timestamptz,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  photo_id uuid,
  microchipped_on date,
  constraint pets_pkey primary key (id),
  constraint a_photo_shows_one_pet unique (photo_id),
  constraint dies_after_it_is_born check (deceased_on >= birth_date)
);
create index pets_by_name on pets using gin (name gin_trgm_ops) where archived_at is null;

create table ownerships (
  pet_id uuid not null,
  owner_id uuid not null,
  rights text[] not null default '{view,book,records,manage}',
  since timestamptz not null default clock_now(),
  until timestamptz,
  constraint ownerships_pkey primary key (pet_id, owner_id, since),
  constraint ownerships_pet_id_fkey foreign key (pet_id) references pets(id),
  constraint ownerships_owner_id_fkey foreign key (owner_id) references accounts(id),
  constraint rights_are_known check (rights <@ '{view,book,records,manage}' and rights @> '{view}'),
  constraint ends_after_it_begins check (until >= since)
);
create unique index one_current_ownership on ownerships (pet_id, owner_id) where until is null;
create index pets_of_owner on ownerships (owner_id, pet_id) where until is null;

create table locations (
  id uuid not null default new_id(),
  name text not null,
  time_zone text not null,
  address text,
  vaccination_policy text not null default 'us',
  required_vaccines text[] not null default '{}',
  created_at timestamptz not null default clock_now(),
  travel_minutes integer not null default 0,
  constraint locations_pkey primary key (id),
  constraint vaccination_policy_is_known check (vaccination_policy in ('us', 'eu')),
  constraint time_zone_is_known check (timezone(time_zone, '1970-01-01 00:00:00+00'::timestamptz) is not null),
  constraint nobody_arrives_before_they_leave check (travel_minutes >= 0)
);

create table resources (
  id uuid not null default new_id(),
  location_id uuid not null,
  name text not null,
  kind text not null,
  constraint resources_pkey primary key (id),
  constraint resource_name_is_free unique (location_id, name),
  constraint resources_location_id_fkey foreign key (location_id) references locations(id)
);
create index resources_of_kind on resources (location_id, kind);

create table services (
  id uuid not null default new_id(),
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
  provider_role text generated always as (
case kind
    when 'grooming' then 'groomer'
    else 'veterinarian'
end) stored,
  created_at timestamptz not null default clock_now(),
  active boolean not null default true,
  reminder_hours integer[] not null default '{168,24}'::integer[],
  constraint services_pkey primary key (id),
  constraint slug_is_free unique (slug),
  constraint services_id_provider_role_key unique (id, provider_role),
  constraint kind_is_known check (kind in ('veterinary', 'grooming')),
  constraint step_divides_the_day check (step_minutes > 0 and (1440 % step_minutes) = 0),
  constraint reminders_are_hours_to_weeks_ahead check (cardinality(reminder_hours) <= 5 and (2 <= all (reminder_hours)) and (720 >= all (reminder_hours)))
);

create table providers (
  id uuid not null default new_id(),
  account_id uuid not null,
  role text not null,
  created_at timestamptz not null default clock_now(),
  active boolean not null default true,
  constraint providers_pkey primary key (id),
  constraint account_is_one_provider unique (account_id),
  constraint providers_id_role_key unique (id, role),
  constraint providers_account_id_fkey foreign key (account_id) references accounts(id),
  constraint role_provides check (role in ('veterinarian', 'groomer'))
);

create table provider_services (
  provider_id uuid not null,
  service_id uuid not null,
  role text not null,
  species text[],
  constraint provider_services_pkey primary key (service_id, provider_id),
  constraint provider_has_the_role foreign key (provider_id, role) references providers(id, role),
  constraint service_asks_for_the_role foreign key (service_id, role) references services(id, provider_role),
  constraint a_skill_names_a_species check (species <> '{}')
);
create index services_of_provider on provider_services (provider_id);

create table provider_locations (
  provider_id uuid not null,
  location_id uuid not null,
  constraint provider_locations_pkey primary key (provider_id, location_id),
  constraint provider_locations_provider_id_fkey foreign key (provider_id) references providers(id),
  constraint provider_locations_location_id_fkey foreign key (location_id) references locations(id)
);
create index providers_of_location on provider_locations (location_id);

create table working_hours (
  provider_id uuid not null,
  location_id uuid not null,
  weekday smallint not null,
  from_minute integer not null,
  to_minute integer not null,
  effective daterange not null,
  constraint provider_works_there foreign key (provider_id, location_id) references provider_locations(provider_id, location_id) on delete cascade,
  constraint hours_begin_on_a_date check (not isempty(effective) and not lower_inf(effective)),
  constraint weekday_is_iso check (weekday >= 1 and weekday <= 7),
  constraint hours_run_forward check (from_minute >= 0 and from_minute <= 1439 and to_minute > from_minute and to_minute <= (from_minute + 1440))
);
create index hours_of_provider on working_hours (provider_id, location_id, weekday);

create table schedule_exceptions (
  id uuid not null default new_id(),
  provider_id uuid not null,
  location_id uuid,
  kind text not null,
  during tstzrange not null,
  reason text,
  created_at timestamptz not null default clock_now(),
  local_from timestamp not null,
  local_to timestamp not null,
  constraint schedule_exceptions_pkey primary key (id),
  constraint schedule_exceptions_provider_id_fkey foreign key (provider_id) references providers(id),
  constraint schedule_exceptions_location_id_fkey foreign key (location_id) references locations(id),
  constraint kind_is_known check (kind in ('time-off', 'extra-hours')),
  constraint extra_hours_have_a_place check (kind = 'time-off' or location_id is not null)
);
create index exceptions_of_provider on schedule_exceptions using gist (provider_id, during);

create table closures (
  id uuid not null default new_id(),
  location_id uuid not null,
  during tstzrange not null,
  reason text,
  created_at timestamptz not null default clock_now(),
  local_from timestamp not null,
  local_to timestamp not null,
  constraint closures_pkey primary key (id),
  constraint closures_location_id_fkey foreign key (location_id) references locations(id)
);
create index closures_of_location on closures using gist (location_id, during);

create table appointments (
  id uuid not null default new_id(),
  pet_id uuid not null,
  service_id uuid not null,
  provider_id uuid not null,
  location_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  local_start timestamp not null,
  time_zone text not null,
  status appointment_status not null,
  notes text,
  late_cancellation boolean not null default false,
  booked_by uuid not null,
  booked_by_vet boolean not null default false,
  sequence integer not null default 0,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  no_show_from appointment_status,
  no_show_at timestamptz,
  override_reason text,
  resource_ids uuid[] not null default '{}'::uuid[],
  constraint appointments_pkey primary key (id),
  constraint appointments_pet_id_fkey foreign key (pet_id) references pets(id),
  constraint appointments_service_id_fkey foreign key (service_id) references services(id),
  constraint appointments_provider_id_fkey foreign key (provider_id) references providers(id),
  constraint appointments_location_id_fkey foreign key (location_id) references locations(id),
  constraint ends_after_it_starts check (ends_at > starts_at)
);
create index appointments_of_pet on appointments (pet_id, starts_at);
create index appointments_of_provider on appointments (provider_id, starts_at);
create index appointments_by_assignment on appointments (provider_id, created_at);
create index appointments_of_location on appointments (location_id, starts_at);
create index appointments_by_start on appointments (starts_at, id);

create table reservations (
  subject_id uuid not null,
  during half_open_range not null,
  appointment_id uuid,
  hold_id uuid,
  location_id uuid,
  around half_open_range,
  xid xid8 not null default pg_current_xact_id(),
  constraint subject_is_free exclude using gist (subject_id with =, during with &&),
  constraint provider_has_time_to_travel exclude using gist (subject_id with =, location_id with <>, around with &&) where (around is not null),
  constraint reservations_appointment_id_fkey foreign key (appointment_id) references appointments(id),
  constraint somebody_has_reserved check (num_nonnulls(appointment_id, hold_id) = 1)
);
create index reservations_of_appointment on reservations (appointment_id);

create table timetable_version (
  only_row boolean not null default true,
  version bigint not null,
  constraint timetable_version_pkey primary key (only_row),
  constraint timetable_version_only_row_check check (only_row)
);

create function timetable_changed()
 returns trigger
 language plpgsql
 security definer
 set search_path to 'public'
as $function$
begin
  update timetable_version set version = version + 1;
  return null;
end $function$;
create trigger timetable_changed after insert or delete or update on locations for each statement execute function timetable_changed();
create trigger timetable_changed after insert or delete or update on resources for each statement execute function timetable_changed();
create trigger timetable_changed after insert or delete or update on services for each statement execute function timetable_changed();
create trigger timetable_changed after insert or delete or update on providers for each statement execute function timetable_changed();
create trigger timetable_changed after insert or delete or update on provider_services for each statement execute function timetable_changed();
create trigger timetable_changed after insert or delete or update on provider_locations for each statement execute function timetable_changed();
create trigger timetable_changed after insert or delete or update on working_hours for each statement execute function timetable_changed();
create trigger timetable_changed after insert or delete or update on schedule_exceptions for each statement execute function timetable_changed();
create trigger timetable_changed after insert or delete or update on closures for each statement execute function timetable_changed();
create trigger timetable_changed after update of name on accounts for each row when (old.name is distinct from new.name and new.roles && '{groomer,veterinarian}') execute function timetable_changed();

create table medical_records (
  id uuid not null default new_id(),
  pet_id uuid not null,
  type text not null,
  occurred_on date not null,
  content bytea not null,
  source text not null,
  author_id uuid not null,
  verified_by uuid,
  status text not null default 'current',
  version integer not null default 1,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  has_documents boolean not null default false,
  appointment_id uuid,
  addendum_to uuid,
  constraint medical_records_pkey primary key (id),
  constraint medical_records_pet_id_fkey foreign key (pet_id) references pets(id),
  constraint medical_records_author_id_fkey foreign key (author_id) references accounts(id),
  constraint medical_records_verified_by_fkey foreign key (verified_by) references accounts(id),
  constraint medical_records_appointment_id_fkey foreign key (appointment_id) references appointments(id),
  constraint medical_records_addendum_to_fkey foreign key (addendum_to) references medical_records(id),
  constraint type_is_known check (type in ('vaccination', 'allergy', 'medication', 'weight', 'vitals', 'lab-result', 'diagnosis', 'procedure', 'visit-note', 'document', 'note')),
  constraint source_is_known check (source in ('clinical', 'owner-reported')),
  constraint status_is_known check (status in ('current', 'entered-in-error')),
  constraint only_reported_is_verified check (verified_by is null or source = 'owner-reported')
);
create index records_of_pet on medical_records (pet_id, occurred_on desc, id desc) where status = 'current';
create index vaccinations_of_pet on medical_records (pet_id) where status = 'current' and type = 'vaccination';

create table medical_record_versions (
  record_id uuid not null,
  version integer not null,
  occurred_on date not null,
  content bytea not null,
  status text not null,
  reason bytea,
  changed_by uuid not null,
  changed_at timestamptz not null default clock_now(),
  constraint medical_record_versions_pkey primary key (record_id, version),
  constraint medical_record_versions_record_id_fkey foreign key (record_id) references medical_records(id),
  constraint medical_record_versions_changed_by_fkey foreign key (changed_by) references accounts(id),
  constraint status_is_known check (status in ('current', 'entered-in-error'))
);

create table emergency_accesses (
  id uuid not null default new_id(),
  pet_id uuid not null,
  account_id uuid not null,
  reason bytea not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_now(),
  constraint emergency_accesses_pkey primary key (id),
  constraint emergency_accesses_pet_id_fkey foreign key (pet_id) references pets(id),
  constraint emergency_accesses_account_id_fkey foreign key (account_id) references accounts(id)
);
create index emergency_accesses_open on emergency_accesses (pet_id, account_id, expires_at);

create table sent_reminders (
  appointment_id uuid not null,
  starts_at timestamptz not null,
  sent_at timestamptz not null default clock_now(),
  hours_before integer not null,
  constraint sent_reminders_pkey primary key (appointment_id, starts_at, hours_before),
  constraint sent_reminders_appointment_id_fkey foreign key (appointment_id) references appointments(id)
);

create table personal_access_tokens (
  id uuid not null default new_id(),
  account_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint personal_access_tokens_pkey primary key (id),
  constraint one_secret_opens_one_token unique (token_hash),
  constraint personal_access_tokens_account_id_fkey foreign key (account_id) references accounts(id),
  constraint a_token_carries_a_scope check (scopes <> '{}'),
  constraint a_token_lives_a_year_at_most check (expires_at <= (created_at + '365 days'::interval))
);
create index personal_access_tokens_of_account on personal_access_tokens (account_id, id);
create trigger tell_token_revoked after update of revoked_at on personal_access_tokens for each row when (old.revoked_at is null and new.revoked_at is not null) execute function tell_session_changed();

create table challenges (
  email_index bytea not null,
  purpose text not null,
  id uuid not null,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  attempts integer not null default 0,
  constraint challenges_pkey primary key (email_index, purpose),
  constraint challenge_has_its_own_id unique (id),
  constraint purpose_is_known check (purpose in ('email-verification', 'password-reset')),
  constraint a_code_is_tried_five_times check (attempts >= 0 and attempts <= 5)
);
create index challenges_by_expiry on challenges (expires_at);

create table email_changes (
  account_id uuid not null,
  id uuid not null,
  addresses bytea not null,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  completed_at timestamptz,
  constraint email_changes_pkey primary key (id),
  constraint email_changes_account_id_fkey foreign key (account_id) references accounts(id)
);
create index email_changes_by_creation on email_changes (created_at);

create table attempts (
  key bytea not null,
  count integer not null,
  ends_at timestamptz not null,
  constraint attempts_pkey primary key (key),
  constraint tries_are_counted_from_zero check (count >= 0)
);
create index attempts_by_end on attempts (ends_at);
create index sessions_by_address on sessions (account_id, address);
create index account_contacts_by_address on account_contacts (address_index) where address_index is not null;
create index accounts_by_role on accounts using gin (roles);
create index disabled_accounts on accounts (name, id) where disabled_at is not null;

create function an_admin_remains()
 returns trigger
 language plpgsql
as $function$
begin
  perform pg_advisory_xact_lock(hashtextextended('an admin remains', 0));
  if not exists (select from accounts
                  where id <> new.id and roles @> '{admin}' and disabled_at is null and password_hash is not null) then
    raise exception 'The last active admin stays' using errcode = 'check_violation', constraint = 'an_admin_remains';
  end if;
  return new;
end $function$;
create trigger an_admin_remains before update of roles, disabled_at, password_hash on accounts for each row when (old.roles @> '{admin}' and old.disabled_at is null and old.password_hash is not null and not (new.roles @> '{admin}' and new.disabled_at is null and new.password_hash is not null)) execute function an_admin_remains();

create table account_invitations (
  account_id uuid not null,
  id uuid not null default new_id(),
  expires_at timestamptz not null default (clock_now() + '7 days'::interval),
  constraint account_invitations_pkey primary key (account_id),
  constraint a_link_opens_one_account unique (id),
  constraint account_invitations_account_id_fkey foreign key (account_id) references accounts(id)
);
create index past_ownerships_of_owner on ownerships (owner_id) where until is not null;

create table account_exports (
  id uuid not null default new_id(),
  account_id uuid not null,
  content bytea,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null default (clock_now() + '1 day'::interval),
  constraint account_exports_pkey primary key (id),
  constraint account_exports_account_id_fkey foreign key (account_id) references accounts(id)
);
create index exports_of_account on account_exports (account_id);
create unique index one_export_at_a_time on account_exports (account_id) where content is null;
create index exports_by_expiry on account_exports (expires_at);

create table erasure_requests (
  account_id uuid not null,
  requested_at timestamptz not null default clock_now(),
  due_at timestamptz not null default (clock_now() + '14 days'::interval),
  constraint erasure_requests_pkey primary key (account_id),
  constraint erasure_requests_account_id_fkey foreign key (account_id) references accounts(id)
);
create index erasure_requests_by_due_date on erasure_requests (due_at);

create function refuse_overlap()
 returns trigger
 language plpgsql
as $function$
begin
  if exists (select from ownerships
              where pet_id = new.pet_id and owner_id = new.owner_id
                and tstzrange(since, until) && tstzrange(new.since, new.until)) then
    raise 'This period overlaps another.' using errcode = 'exclusion_violation', constraint = tg_name, table = tg_table_name;
  end if;
  return new;
end $function$;
create trigger periods_do_not_overlap before insert on ownerships for each row when (new.since < clock_now() or new.until is not null) execute function refuse_overlap();

create function refuse_change()
 returns trigger
 language plpgsql
as $function$
begin
  raise 'What is over stays as it was.' using errcode = 'check_violation', constraint = tg_name, table = tg_table_name;
end $function$;
create trigger ended_ownership_stays before update on ownerships for each row when (old.until is not null) execute function refuse_change();

create function keep_a_manager()
 returns trigger
 language plpgsql
as $function$
begin
  perform from pets where id = new.pet_id and archived_at is null for no key update;
  if found and not exists (select from ownerships where pet_id = new.pet_id and until is null and rights @> '{manage}') then
    raise 'Nobody would manage the pet.' using errcode = 'check_violation', constraint = tg_name, table = tg_table_name;
  end if;
  return null;
end $function$;
create trigger pet_keeps_a_manager after update of until on ownerships for each row when (old.until is null and new.until is not null and old.rights @> '{manage}') execute function keep_a_manager();

create table ownership_offers (
  id uuid not null,
  pet_id uuid not null,
  kind text not null,
  rights text[] not null,
  offered_by uuid not null,
  email bytea,
  email_index bytea,
  status text not null default 'open',
  offered_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  undeliverable_since timestamptz,
  constraint ownership_offers_pkey primary key (id),
  constraint ownership_offers_pet_id_fkey foreign key (pet_id) references pets(id),
  constraint ownership_offers_offered_by_fkey foreign key (offered_by) references accounts(id),
  constraint kind_is_known check (kind in ('co-owner-invitation', 'pet-transfer')),
  constraint status_is_known check (status in ('open', 'accepted', 'declined', 'withdrawn', 'expired')),
  constraint rights_are_known check (rights <@ '{view,book,records,manage}' and rights @> '{view}'),
  constraint transfer_gives_every_right check (kind <> 'pet-transfer' or rights @> '{view,book,records,manage}'),
  constraint over_means_forgotten check (num_nonnulls(email, email_index) =
case status
    when 'open' then 2
    else 0
end),
  constraint over_means_dated check ((status = 'open') = (ended_at is null))
);
create unique index one_open_transfer_per_pet on ownership_offers (pet_id) where kind = 'pet-transfer' and status = 'open';
create unique index one_open_invitation_per_address on ownership_offers (pet_id, email_index) where kind = 'co-owner-invitation' and status = 'open';
create index offers_of_pet on ownership_offers (pet_id, id);
create index offers_by_account on ownership_offers (offered_by, offered_at);
create index open_offers_by_expiry on ownership_offers (expires_at) where status = 'open';
create trigger ended_offer_stays before update on ownership_offers for each row when (old.status <> 'open') execute function refuse_change();

create table holds (
  id uuid not null,
  account_id uuid not null,
  number smallint not null,
  service_id uuid not null,
  provider_id uuid not null,
  location_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  expires_at timestamptz not null,
  is_extended boolean not null default false,
  resource_ids uuid[] not null default '{}'::uuid[],
  xid xid8 not null default pg_current_xact_id(),
  constraint holds_pkey primary key (id),
  constraint hold_number_is_free unique (account_id, number),
  constraint holds_account_id_fkey foreign key (account_id) references accounts(id),
  constraint holds_service_id_fkey foreign key (service_id) references services(id),
  constraint holds_provider_id_fkey foreign key (provider_id) references providers(id),
  constraint holds_location_id_fkey foreign key (location_id) references locations(id),
  constraint an_account_has_three_holds check (number >= 1 and number <= 3),
  constraint ends_after_it_starts check (ends_at > starts_at)
);
alter table reservations add constraint reservations_hold_id_fkey foreign key (hold_id) references holds(id) on delete cascade;
create index holds_by_expiry on holds (expires_at);

create function forget_kept_answers()
 returns trigger
 language plpgsql
as $function$
begin
  delete from idempotent_answers where account_id = (to_jsonb(new) ->> tg_argv[0])::uuid;
  return null;
end $function$;
create trigger forget_kept_answers after update of until on ownerships for each row when (old.until is null and new.until is not null) execute function forget_kept_answers('owner_id');
create trigger forget_kept_answers after update of roles, disabled_at on accounts for each row when (old.roles is distinct from new.roles or old.disabled_at is distinct from new.disabled_at) execute function forget_kept_answers('id');

create table service_durations (
  service_id uuid not null,
  species text not null,
  weight_grams int4range not null,
  duration_minutes integer not null,
  constraint a_pet_has_one_duration exclude using gist (service_id with =, species with =, weight_grams with &&),
  constraint service_durations_service_id_fkey foreign key (service_id) references services(id),
  constraint some_weight_is_meant check (not isempty(weight_grams)),
  constraint a_visit_takes_time check (duration_minutes > 0)
);
create trigger timetable_changed after insert or delete or update on service_durations for each statement execute function timetable_changed();
create index reservations_by_transaction on reservations (xid);
create index holds_by_transaction on holds (xid);

create function note_transaction()
 returns trigger
 language plpgsql
as $function$
begin
  new.xid := pg_current_xact_id();
  return new;
end $function$;
create trigger note_transaction before update on holds for each row execute function note_transaction();

create table freed_reservations (
  subject_id uuid not null,
  during tstzrange not null,
  hold_id uuid,
  xid xid8 not null default pg_current_xact_id(),
  freed_at timestamptz not null default clock_now()
);
create index freed_reservations_by_transaction on freed_reservations (xid);

create table swept_freed_reservations (
  only_row boolean not null default true,
  xid xid8 not null,
  constraint swept_freed_reservations_pkey primary key (only_row),
  constraint swept_freed_reservations_only_row_check check (only_row)
);

create function note_freed()
 returns trigger
 language plpgsql
 security definer
 set search_path to 'public'
as $function$
begin
  insert into freed_reservations (subject_id, during, hold_id)
  select subject_id, during, hold_id from freed where upper(during) >= clock_now() - interval '7 days';
  return null;
end $function$;
create trigger note_freed after delete on reservations referencing old table as freed for each statement execute function note_freed();

create table vault.document_keys (
  document_id uuid not null,
  id uuid not null,
  pet_key_id uuid not null,
  blob text not null,
  wrapped bytea not null,
  created_at timestamptz not null default clock_now(),
  constraint document_keys_pkey primary key (document_id),
  constraint a_blob_has_one_key unique (blob),
  constraint document_keys_pet_key_id_fkey foreign key (pet_key_id) references vault.data_keys(id)
);
create index document_keys_of_pet on vault.document_keys (pet_key_id);

create table blobs_to_delete (
  blob text not null,
  queued_at timestamptz not null default clock_now(),
  constraint blobs_to_delete_pkey primary key (blob)
);

create function blob_lost_its_key()
 returns trigger
 language plpgsql
as $function$
begin
  insert into blobs_to_delete (blob) values (old.blob) on conflict do nothing;
  return null;
end $function$;
create trigger blob_lost_its_key after delete on vault.document_keys for each row execute function blob_lost_its_key();

create function tell_key_destroyed()
 returns trigger
 language plpgsql
as $function$
begin
  perform pg_notify('key_destroyed', old.subject_id::text);
  return null;
end $function$;
create trigger tell_key_destroyed after update of wrapped on vault.data_keys for each row when (old.wrapped is not null and new.wrapped is null) execute function tell_key_destroyed();
create trigger tell_key_removed after delete on vault.data_keys for each row execute function tell_key_destroyed();

create function forget_person_without_key()
 returns trigger
 language plpgsql
as $function$
begin
  delete from account_contacts where account_id = new.subject_id;
  delete from email_changes where account_id = new.subject_id;
  delete from account_exports where account_id = new.subject_id;
  update ownership_offers set status = 'withdrawn', email = null, email_index = null, ended_at = clock_now()
   where offered_by = new.subject_id and status = 'open';
  return null;
end $function$;
create trigger forget_person_without_key after update of wrapped on vault.data_keys for each row when (new.purpose = 'owner-personal' and old.wrapped is not null and new.wrapped is null) execute function forget_person_without_key();

create table vault.destruction_receipts (
  key_id uuid not null,
  receipt text not null,
  constraint destruction_receipts_pkey primary key (key_id),
  constraint destruction_receipts_key_id_fkey foreign key (key_id) references vault.data_keys(id)
);
create index destroyed_data_keys on vault.data_keys (subject_id) where destroyed_at is not null;
create index data_keys_of_kek on vault.data_keys (kek_id, id) where wrapped is not null;

create table stored_files (
  id uuid not null,
  media_type text not null,
  bytes integer not null,
  created_at timestamptz not null default clock_now(),
  constraint stored_files_pkey primary key (id),
  constraint a_file_is_not_empty check (bytes > 0)
);
create index document_keys_by_age on vault.document_keys (created_at);

create function file_lost_its_key()
 returns trigger
 language plpgsql
as $function$
begin
  delete from stored_files where id = old.document_id;
  return null;
end $function$;
create trigger file_lost_its_key after delete on vault.document_keys for each row execute function file_lost_its_key();

create table pet_photos (
  id uuid not null,
  created_at timestamptz not null default clock_now(),
  constraint pet_photos_pkey primary key (id),
  constraint pet_photos_id_fkey foreign key (id) references stored_files(id) on delete cascade
);
alter table pets add constraint pets_photo_id_fkey foreign key (photo_id) references pet_photos(id) on delete set null;

create table pet_photo_sizes (
  photo_id uuid not null,
  size text not null,
  file_id uuid not null,
  constraint pet_photo_sizes_pkey primary key (photo_id, size),
  constraint a_file_is_one_size unique (file_id),
  constraint pet_photo_sizes_photo_id_fkey foreign key (photo_id) references pet_photos(id) on delete cascade,
  constraint pet_photo_sizes_file_id_fkey foreign key (file_id) references stored_files(id) on delete cascade,
  constraint size_is_known check (size in ('small', 'medium', 'large'))
);

create table medical_documents (
  id uuid not null,
  record_id uuid not null,
  record_version integer not null,
  name bytea not null,
  added_by uuid not null,
  added_at timestamptz not null default clock_now(),
  constraint medical_documents_pkey primary key (id),
  constraint medical_documents_id_fkey foreign key (id) references stored_files(id) on delete cascade,
  constraint medical_documents_record_id_fkey foreign key (record_id) references medical_records(id),
  constraint medical_documents_added_by_fkey foreign key (added_by) references accounts(id)
);
create index documents_of_record on medical_documents (record_id, id);

create function record_takes_document()
 returns trigger
 language plpgsql
as $function$
declare
  entry medical_records;
begin
  select * into entry from medical_records where id = new.record_id;
  if entry.status <> 'current' then
    raise exception using errcode = '23514', constraint = 'record_stands', message = 'the record was entered in error';
  end if;
  if (entry.type = 'visit-note' or entry.addendum_to is not null) and clock_now() >= entry.created_at + interval '24 hours' then
    raise exception using errcode = '23514', constraint = 'visit_note_is_open', message = 'the visit note is locked';
  end if;
  if (select count(*) from medical_documents where record_id = new.record_id) >= 50 then
    raise exception using errcode = '23514', constraint = 'record_has_room_for_documents', message = 'the record has 50 documents';
  end if;
  update medical_records set has_documents = true where id = new.record_id and not has_documents;
  return new;
end $function$;
create trigger record_takes_document before insert on medical_documents for each row execute function record_takes_document();
create index addenda_of_note on medical_records (addendum_to) where addendum_to is not null;

create table visit_note_signatures (
  record_id uuid not null,
  version integer not null,
  signed_at timestamptz not null default clock_now(),
  constraint visit_note_signatures_pkey primary key (record_id, version),
  constraint visit_note_signatures_record_id_version_fkey foreign key (record_id, version) references medical_record_versions(record_id, version)
);
create trigger visit_note_is_open before update on medical_records for each row when (old.status = 'current' and new.status = 'current' and (old.type = 'visit-note' or old.addendum_to is not null) and clock_now() >= (old.created_at + '24:00:00'::interval) and (new.pet_id is distinct from old.pet_id or new.type is distinct from old.type or new.occurred_on is distinct from old.occurred_on or new.content is distinct from old.content or new.author_id is distinct from old.author_id or new.version is distinct from old.version or new.created_at is distinct from old.created_at or new.addendum_to is distinct from old.addendum_to)) execute function refuse_change();
create trigger entered_in_error_is_final before update on medical_records for each row when (old.status = 'entered-in-error') execute function refuse_change();

create table medication_refills (
  record_id uuid not null,
  number smallint not null,
  dispensed_by uuid not null,
  dispensed_at timestamptz not null default clock_now(),
  constraint a_refill_is_given_once primary key (record_id, number),
  constraint medication_refills_record_id_fkey foreign key (record_id) references medical_records(id),
  constraint medication_refills_dispensed_by_fkey foreign key (dispensed_by) references accounts(id),
  constraint refills_are_counted_from_one check (number >= 1)
);
create unique index microchip_has_one_pet on pets (microchip) where microchip is not null and archived_at is null;

create function first_id_of(instant timestamptz)
 returns uuid
 language sql
 immutable
return ((lpad(to_hex(((extract(epoch from instant) * (1000)::numeric))::bigint), 12, '0') || repeat('0', 20)))::uuid;

create table event_kinds (
  kind text not null,
  kept_months integer,
  constraint event_kinds_pkey primary key (kind),
  constraint kept_for_a_year_at_least check (kept_months >= 12)
);

create table event_origins (
  commitment bytea not null,
  account_id uuid,
  salt bytea not null,
  address text,
  agent text,
  country text,
  first_at timestamptz not null default clock_now(),
  constraint event_origins_pkey primary key (commitment)
);
create index event_origins_of_account on event_origins (account_id, first_at);

create table events (
  id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default clock_now(),
  kind text not null default 'company',
  name text not null,
  outcome event_outcome not null,
  purpose event_purpose not null,
  actor_id uuid,
  actor_roles text[] not null,
  behalf_of uuid,
  session_id uuid,
  token_id uuid,
  resource_type text,
  resource_id uuid,
  pet_id uuid,
  record_ids uuid[],
  results integer,
  payload jsonb,
  request_id text,
  origin bytea,
  announces boolean not null,
  writer uuid,
  counter bigint,
  mac bytea,
  constraint events_pkey primary key (id, kind)
) partition by list (kind);
create table events_access partition of events for values in ('access') partition by range (id);
create table events_company partition of events for values in ('company') partition by range (id);
create table events_record partition of events for values in ('record') partition by range (id);
create table events_trail partition of events for values in ('trail') partition by range (id);

create function make_event_partitions()
 returns void
 language plpgsql
 security definer
 set search_path to 'public', 'pg_temp'
as $function$
declare
  each_kind text;
  newest date;
  made date;
  part text;
begin
  perform pg_advisory_xact_lock(hashtextextended('event partitions', 0));
  for each_kind in select kind from event_kinds order by kind loop
    select max(to_date(right(inhrelid::regclass::text, 7), 'YYYY_MM')) into newest
      from pg_inherits where inhparent = ('events_' || each_kind)::regclass;
    made := coalesce(newest + interval '1 month', date_trunc('month', now() at time zone 'UTC'));
    while made <= date_trunc('month', now() at time zone 'UTC') + interval '1 month' loop
      part := format('events_%s_%s', each_kind, to_char(made, 'YYYY_MM'));
      execute format('create table %I (like events including defaults)', part);
      execute format('alter table events_%s attach partition %I for values from (%s) to (%L)', each_kind, part,
        case when newest is null then 'minvalue' else quote_literal(first_id_of(made::timestamp at time zone 'UTC')) end,
        first_id_of((made + interval '1 month')::timestamp at time zone 'UTC'));
      newest := made;
      made := made + interval '1 month';
    end loop;
  end loop;
end $function$;
create index events_in_commit_order on events (xid, id);
create index events_announced on events (xid, id) where announces;
create index events_of_actor on events (actor_id, id);
create index events_of_pet on events (pet_id, id);
create index events_of_resource on events (resource_id, id);
create index events_by_name on events (name, id);
create index events_by_resource_type on events (resource_type, id);

create table checkpoints (
  number bigint not null,
  size bigint not null,
  note text not null,
  last_xid xid8 not null,
  last_id uuid not null,
  sealed_at timestamptz not null default clock_now(),
  constraint checkpoints_pkey primary key (number)
);
create index checkpoints_in_commit_order on checkpoints (last_xid, last_id);

create table checkpoint_entries (
  number bigint not null,
  first_leaf bigint not null,
  entries bytea not null,
  constraint checkpoint_entries_pkey primary key (number),
  constraint checkpoint_entries_number_fkey foreign key (number) references checkpoints(number)
);
create index checkpoint_entries_by_leaf on checkpoint_entries (first_leaf);

create table tree_nodes (
  level smallint not null,
  "position" bigint not null,
  hash bytea not null,
  constraint tree_nodes_pkey primary key (level, "position")
);

create table checkpoint_anchors (
  number bigint not null,
  place text not null,
  anchored_at timestamptz not null default clock_now(),
  constraint checkpoint_anchors_pkey primary key (place, number),
  constraint checkpoint_anchors_number_fkey foreign key (number) references checkpoints(number)
);
create index checkpoint_anchors_by_number on checkpoint_anchors (number);

create function drop_due_event_partition()
 returns table(dropped_kind text, until uuid)
 language plpgsql
 security definer
 set search_path to 'public', 'pg_temp'
as $function$
declare
  part record;
  newest record;
begin
  perform set_config('lock_timeout', '2s', true);
  for part in
    select k.kind, c.relname as name, until_month.instant as ends
      from event_kinds k
      join pg_inherits i on i.inhparent = ('events_' || k.kind)::regclass
      join pg_class c on c.oid = i.inhrelid
     cross join lateral (
       select (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')::timestamp at time zone 'UTC' as instant) until_month
     where until_month.instant <= now() - make_interval(months => k.kept_months)
     order by ends, k.kind
  loop
    execute format('select xid, id from %I order by xid desc, id desc limit 1', part.name) into newest;
    if newest.id is null or exists (
      select from checkpoints c join checkpoint_anchors a on a.number = c.number
       where (c.last_xid, c.last_id) >= (newest.xid, newest.id)) then
      execute format('drop table %I', part.name);
      dropped_kind := part.kind;
      until := first_id_of(part.ends);
      return next;
      return;
    end if;
  end loop;
end $function$;

create table notification_settings (
  account_id uuid not null,
  time_zone text,
  quiet_from time without time zone,
  quiet_until time without time zone,
  constraint notification_settings_pkey primary key (account_id),
  constraint notification_settings_account_id_fkey foreign key (account_id) references accounts(id),
  constraint quiet_hours_have_a_zone_and_both_ends check ((quiet_from is null) = (quiet_until is null) and (quiet_from is null or time_zone is not null)),
  constraint quiet_hours_are_not_the_whole_day check (quiet_from <> quiet_until)
);

create table switched_off_messages (
  account_id uuid not null,
  kind text not null,
  channel text not null,
  constraint switched_off_messages_pkey primary key (account_id, kind, channel),
  constraint switched_off_messages_account_id_fkey foreign key (account_id) references accounts(id),
  constraint what_is_switched_off_may_be check (kind in ('visit-reminders', 'vaccinations', 'new-records', 'day-list')),
  constraint channel_is_known check (channel = 'email')
);

create table mails (
  message_id text not null,
  begun_at timestamptz,
  sent_at timestamptz,
  repeats integer not null default 0,
  noted_at timestamptz not null default clock_now(),
  constraint mails_pkey primary key (message_id),
  constraint a_mail_that_was_sent_is_not_being_sent check (sent_at is null or begun_at is null)
);
create index mails_by_age on mails (noted_at);
create index mails_perhaps_repeated on mails (repeats) where repeats > 0;

create table day_lists (
  location_id uuid not null,
  day date not null,
  constraint day_lists_pkey primary key (location_id, day),
  constraint day_lists_location_id_fkey foreign key (location_id) references locations(id)
);

create table vaccination_notices (
  digest bytea not null,
  pet_id uuid not null,
  noted_at timestamptz not null default clock_now(),
  constraint vaccination_notices_pkey primary key (digest),
  constraint vaccination_notices_pet_id_fkey foreign key (pet_id) references pets(id)
);
create index vaccination_notices_of_pet on vaccination_notices (pet_id);
create index vaccination_notices_by_age on vaccination_notices (noted_at);

create table webhooks (
  id uuid not null default new_id(),
  account_id uuid not null,
  url bytea not null,
  url_version integer not null default 1,
  event_types text[] not null,
  description text,
  secret bytea not null,
  secret_version integer not null default 1,
  previous_secret bytea,
  previous_secret_until timestamptz,
  disabled_at timestamptz,
  disabled_because text,
  failing_since timestamptz,
  failures integer not null default 0,
  paused_until timestamptz,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  constraint webhooks_pkey primary key (id),
  constraint webhooks_account_id_fkey foreign key (account_id) references accounts(id),
  constraint an_endpoint_is_told_of_something check (event_types <> '{}'),
  constraint a_disabled_endpoint_says_why check ((disabled_at is null) = (disabled_because is null)),
  constraint reason_is_known check (disabled_because in ('admin', 'gone', 'failing')),
  constraint a_previous_secret_ends check ((previous_secret is null) = (previous_secret_until is null))
);
create index webhooks_of_account on webhooks (account_id);

create table webhook_deliveries (
  webhook_id uuid not null,
  event_id uuid not null,
  type text not null,
  occurred_at timestamptz not null,
  appointment_id uuid,
  pet_id uuid,
  status text not null default 'pending',
  attempts integer not null default 0,
  is_under_way boolean not null default false,
  interrupted integer not null default 0,
  last_status integer,
  last_fault text,
  last_attempt_at timestamptz,
  next_attempt_at timestamptz,
  created_at timestamptz not null default clock_now(),
  constraint webhook_deliveries_pkey primary key (webhook_id, event_id),
  constraint webhook_deliveries_webhook_id_fkey foreign key (webhook_id) references webhooks(id) on delete cascade,
  constraint status_is_known check (status in ('pending', 'delivered', 'failed', 'withheld')),
  constraint only_what_is_pending_is_sent_again check (status = 'pending' or next_attempt_at is null)
);
create index webhook_deliveries_by_status on webhook_deliveries (webhook_id, status, event_id);
create index webhook_deliveries_by_age on webhook_deliveries using brin (created_at);

create table alarms (
  name text not null,
  raised_at timestamptz not null default clock_now(),
  constraint alarms_pkey primary key (name)
);
create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_attempt_at, event_id) where status = 'pending';

create table opened_pets (
  account_id uuid not null,
  pet_id uuid not null,
  opened_at timestamptz not null,
  constraint opened_pets_pkey primary key (account_id, pet_id)
);
create index opened_pets_by_age on opened_pets using brin (opened_at);

create table refusals_in_a_row (
  account_id uuid not null,
  refusals integer not null,
  last_at timestamptz not null,
  constraint refusals_in_a_row_pkey primary key (account_id)
);
create index refusals_in_a_row_by_age on refusals_in_a_row using brin (last_at);

create table sign_in_countries (
  account_id uuid not null,
  country text not null,
  constraint sign_in_countries_pkey primary key (account_id, country)
);

create table watch_alarms (
  account_id uuid not null,
  rule text not null,
  raised_at timestamptz not null,
  constraint watch_alarms_pkey primary key (account_id, rule)
);
create index watch_alarms_by_age on watch_alarms using brin (raised_at);
create index refusals on events (outcome, id) where outcome::text <> 'allowed';

create function challenge_lost_its_address()
 returns trigger
 language plpgsql
as $function$
begin
  delete from challenges where email_index = old.email_index;
  return null;
end $function$;
create trigger challenge_lost_its_address after update of email_index on account_contacts for each row when (old.email_index is distinct from new.email_index) execute function challenge_lost_its_address();
create trigger contact_lost_its_challenges after delete on account_contacts for each row execute function challenge_lost_its_address();
create index reservations_of_hold on reservations (hold_id) where hold_id is not null;
create unique index one_open_email_change on email_changes (account_id) where completed_at is null;
create index email_changes_by_account on email_changes (account_id, created_at);

create function owner_is_not_erased()
 returns trigger
 language plpgsql
as $function$
begin
  perform from accounts where id = new.owner_id and erased_at is null for key share;
  if not found and exists (select from accounts where id = new.owner_id) then
    raise 'An erased account owns no pet.' using errcode = 'check_violation', constraint = tg_name, table = tg_table_name;
  end if;
  return new;
end $function$;
create trigger owner_is_not_erased before insert on ownerships for each row execute function owner_is_not_erased();

insert into timetable_version (only_row, version) values ('true', '3');
insert into swept_freed_reservations (only_row, xid) values ('true', '0');
insert into event_kinds (kind, kept_months) values ('access', '24');
insert into event_kinds (kind, kept_months) values ('company', '84');
insert into event_kinds (kind, kept_months) values ('record', '120');
insert into event_kinds (kind, kept_months) values ('trail', null);

grant usage on schema public to petra_app;
grant usage on schema vault to petra_app;
grant select, insert, update on log_cursors to petra_app;
grant select, insert, update (retried_at), delete on parked_events to petra_app;
grant select, insert, update, delete on idempotent_answers to petra_app;
grant select, insert, update on vault.data_keys to petra_app;
grant select, insert, update on accounts to petra_app;
grant select, insert, update, delete on account_contacts to petra_app;
grant select, insert, update on sessions to petra_app;
grant select, insert, update on pets to petra_app;
grant select, insert, update (until) on ownerships to petra_app;
grant select, insert, update on locations to petra_app;
grant select, insert, update on resources to petra_app;
grant select, insert, update on services to petra_app;
grant select, insert, update on providers to petra_app;
grant select, insert, update, delete on provider_services to petra_app;
grant select, insert, update, delete on provider_locations to petra_app;
grant select, insert, update, delete on working_hours to petra_app;
grant select, insert, update (during), delete on schedule_exceptions to petra_app;
grant select, insert, update (during), delete on closures to petra_app;
grant select, insert, update on appointments to petra_app;
grant select, insert, update (around), delete on reservations to petra_app;
grant select on timetable_version to petra_app;
grant select, insert, update on medical_records to petra_app;
grant select, insert on medical_record_versions to petra_app;
grant select, insert on emergency_accesses to petra_app;
grant select, insert on sent_reminders to petra_app;
grant select, insert, update (name, revoked_at) on personal_access_tokens to petra_app;
grant select, insert, update, delete on challenges to petra_app;
grant select, insert, update, delete on email_changes to petra_app;
grant select, insert, update, delete on attempts to petra_app;
grant select, insert, update, delete on account_invitations to petra_app;
grant select, insert, update, delete on account_exports to petra_app;
grant select, insert, delete on erasure_requests to petra_app;
grant select, insert, update (email, email_index, status, ended_at, undeliverable_since) on ownership_offers to petra_app;
grant select, insert, update, delete on holds to petra_app;
grant select, insert, delete on service_durations to petra_app;
grant select, delete on freed_reservations to petra_app;
grant select, update on swept_freed_reservations to petra_app;
grant select, insert, delete on vault.document_keys to petra_app;
grant select, insert, delete on blobs_to_delete to petra_app;
grant select, insert on vault.destruction_receipts to petra_app;
grant select, insert, delete on stored_files to petra_app;
grant select, insert on pet_photos to petra_app;
grant select, insert on pet_photo_sizes to petra_app;
grant select, insert on medical_documents to petra_app;
grant select, insert on visit_note_signatures to petra_app;
grant select, insert on medication_refills to petra_app;
grant select on event_kinds to petra_app;
grant select, insert, delete on event_origins to petra_app;
grant select, insert on events to petra_app;
grant select, insert on checkpoints to petra_app;
grant select, insert on checkpoint_entries to petra_app;
grant select, insert on tree_nodes to petra_app;
grant select, insert on checkpoint_anchors to petra_app;
grant select, insert, update, delete on notification_settings to petra_app;
grant select, insert, delete on switched_off_messages to petra_app;
grant select, insert, update, delete on mails to petra_app;
grant select, insert, delete on day_lists to petra_app;
grant select, insert, delete on vaccination_notices to petra_app;
grant select, insert, update, delete on webhooks to petra_app;
grant select, insert, update, delete on webhook_deliveries to petra_app;
grant select, insert, delete on alarms to petra_app;
grant select, insert, update, delete on opened_pets to petra_app;
grant select, insert, update, delete on refusals_in_a_row to petra_app;
grant select, insert, delete on sign_in_countries to petra_app;
grant select, insert, update, delete on watch_alarms to petra_app;
