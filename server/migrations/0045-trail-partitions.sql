-- The log in monthly partitions of each kind, so that what is past its time goes by dropping a table. Rows are marked by the process
-- that wrote them, under a key the database does not hold; what tells where a person was stands apart, to be forgotten.

-- The smallest UUIDv7 of an instant.
create function first_id_of(instant timestamptz) returns uuid
  language sql immutable
  return (lpad(to_hex((extract(epoch from instant) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- For how many months each kind is kept; null for good. The application's role cannot change it.
create table event_kinds (
  kind text primary key,
  kept_months integer,
  constraint kept_for_a_year_at_least check (kept_months >= 12)
);

insert into event_kinds (kind, kept_months) values ('access', 24), ('company', 84), ('record', 120), ('trail', null);

-- Where requests came from. An event names its origin by the SHA-256 of salt, address, agent and country, so that what is deleted
-- here cannot be guessed again, and the event's own proof holds.
create table event_origins (
  commitment bytea primary key,
  account_id uuid,
  salt bytea not null,
  address text,
  agent text,
  country text,
  first_at timestamptz not null default clock_now()
);

create index event_origins_of_account on event_origins (account_id, first_at);

create schema earlier;
alter table events set schema earlier;
alter table parked_events drop constraint parked_events_event_id_fkey;

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
  primary key (id, kind)
) partition by list (kind);

create table events_access partition of events for values in ('access') partition by range (id);
create table events_company partition of events for values in ('company') partition by range (id);
create table events_record partition of events for values in ('record') partition by range (id);
create table events_trail partition of events for values in ('trail') partition by range (id);

-- Makes the partitions of this month and the next; attaching them keeps nobody from writing.
create function make_event_partitions() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;

select make_event_partitions();

-- An origin for what earlier events say themselves.
insert into event_origins (commitment, account_id, salt, address, agent, first_at)
select sha256(salt || convert_to(coalesce(address, ''), 'UTF8') || '\x00' || convert_to(coalesce(agent, ''), 'UTF8') || '\x00'),
       actor_id, salt, address, agent, first_at
  from (select actor_id, address, agent, min(at) as first_at,
               uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as salt
          from earlier.events where address is not null or agent is not null
         group by actor_id, address, agent) place;

insert into events (id, xid, at, kind, name, outcome, purpose, actor_id, actor_roles, session_id, token_id, resource_type,
                    resource_id, pet_id, record_ids, payload, request_id, origin, announces)
select e.id, e.xid, e.at,
       case when e.name ~ '^(account\.erased)$' then 'trail'
            when e.name ~ '^(pet|medical-record|vaccination-status|emergency-access|ownership|co-owner-invitation|pet-transfer)\M' then 'record'
            when e.name ~ '^(session|token|password|password-reset|email|email-change|email-verification|registration|access|access-log|answer|audit)\.' then 'access'
            else 'company' end,
       e.name, e.outcome, e.purpose, e.actor_id, e.actor_roles, e.session_id, e.token_id, e.resource_type, e.resource_id,
       e.pet_id, e.record_ids, e.payload, e.request_id, o.commitment, e.announces
  from earlier.events e
  left join event_origins o on (e.address is not null or e.agent is not null)
   and o.account_id is not distinct from e.actor_id and o.address is not distinct from e.address
   and o.agent is not distinct from e.agent;

drop schema earlier cascade;

-- What the tails follow, in commit order: the sealer all of it, the dispatcher what is announced.
create index events_in_commit_order on events (xid, id);
create index events_announced on events (xid, id) where announces;
create index events_of_actor on events (actor_id, id);
create index events_of_pet on events (pet_id, id);
create index events_of_resource on events (resource_id, id);
create index events_by_name on events (name, id);
create index events_by_resource_type on events (resource_type, id);
create index refusals on events (id) where outcome <> 'allowed';

grant select, insert on events to petra_app;
grant select on event_kinds to petra_app;
grant select, insert, delete on event_origins to petra_app;
