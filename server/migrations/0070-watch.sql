-- What the watch over the trail remembers, with ids as the trail has them. It lives as long as an hour of the trail is looked at together,
-- but for the countries, which last as long as their account.
create table opened_pets (
  account_id uuid not null,
  pet_id uuid not null,
  opened_at timestamptz not null,
  primary key (account_id, pet_id)
);
create index opened_pets_by_age on opened_pets using brin (opened_at);
grant select, insert, update, delete on opened_pets to petra_app;

create table refusals_in_a_row (
  account_id uuid primary key,
  refusals integer not null,
  last_at timestamptz not null
);
create index refusals_in_a_row_by_age on refusals_in_a_row using brin (last_at);
grant select, insert, update, delete on refusals_in_a_row to petra_app;

create table sign_in_countries (
  account_id uuid not null,
  country text not null,
  primary key (account_id, country)
);
grant select, insert, delete on sign_in_countries to petra_app;

insert into sign_in_countries (account_id, country)
select distinct account_id, country from event_origins where account_id is not null and country is not null;

-- The last alarm of each account and rule: another one waits for an hour.
create table watch_alarms (
  account_id uuid not null,
  rule text not null,
  raised_at timestamptz not null,
  primary key (account_id, rule)
);
create index watch_alarms_by_age on watch_alarms using brin (raised_at);
grant select, insert, update, delete on watch_alarms to petra_app;

-- What was before is history, and nobody is called for it.
insert into log_cursors (tail, system_identifier, xid, id)
select 'watch', system_identifier::text, pg_current_xact_id(), '00000000-0000-0000-0000-000000000000' from pg_control_system()
 where exists (select from events);
