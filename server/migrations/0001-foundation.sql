-- What every other table stands on: the extensions, the one clock, and the application's role.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- The one clock. Tests replace this function; the application's role does not own it and cannot.
create function clock_now() returns timestamptz
  language sql stable
  return now();

-- A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random. PostgreSQL has uuidv7() from 18 on only.
create function new_id() returns uuid
  language sql volatile
  return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;

grant usage on schema public to petra_app;

-- The log: the audit event and the outbox in one row. The application may add to it, and nothing else.
create table events (
  id uuid primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default clock_now(),
  name text not null,
  outcome text not null,
  purpose text not null,
  actor_id uuid,
  actor_roles text[] not null,
  session_id uuid,
  resource_type text,
  resource_id uuid,
  pet_id uuid,
  record_ids uuid[],
  payload jsonb,
  request_id text,
  address text,
  agent text,
  announces boolean not null,
  constraint outcome_is_known check (outcome in ('allowed', 'denied', 'failed')),
  constraint purpose_is_known check (purpose in ('care', 'owner-request', 'emergency', 'operations'))
);

-- What the dispatcher follows, in commit order.
create index events_announced on events (xid, id) where announces;
create index events_of_pet on events (pet_id, id) where pet_id is not null;
create index events_of_actor on events (actor_id, id) where actor_id is not null;
create index events_of_resource on events (resource_id, id) where resource_id is not null;
create index events_by_name on events (name, id);
create index refusals on events (id) where outcome <> 'allowed';
create index events_by_time on events using brin (at);

grant select, insert on events to petra_app;

-- How far each tail has read, and in which cluster: transaction ids mean nothing in another one.
create table log_cursors (
  tail text primary key,
  system_identifier text not null,
  xid xid8 not null,
  id uuid not null,
  moved_at timestamptz not null default clock_now()
);

-- Events a tail could not handle; the log goes on without them.
create table parked_events (
  tail text not null,
  event_id uuid not null references events (id),
  reason text not null,
  parked_at timestamptz not null default clock_now(),
  primary key (tail, event_id)
);

grant select, insert, update on log_cursors to petra_app;
grant select, insert, delete on parked_events to petra_app;

-- The first answer to a POST that carried an Idempotency-Key, sealed, for 24 hours.
create table idempotent_answers (
  account_id uuid not null,
  key text not null,
  fingerprint bytea not null,
  answer bytea not null,
  expires_at timestamptz not null,
  primary key (account_id, key)
);

create index idempotent_answers_by_expiry on idempotent_answers (expires_at);
grant select, insert, update, delete on idempotent_answers to petra_app;

-- The wrapped data key of each subject. A destroyed key leaves its row, without the key.
create table data_keys (
  id uuid primary key default new_id(),
  subject_id uuid not null,
  purpose text not null,
  kek_id text not null,
  wrapped bytea,
  created_at timestamptz not null default clock_now(),
  destroyed_at timestamptz,
  constraint one_data_key_per_purpose unique (subject_id, purpose),
  constraint purpose_is_known check (purpose in ('pet-clinical', 'owner-personal')),
  constraint destroyed_means_gone check ((wrapped is null) = (destroyed_at is not null))
);

grant select, insert, update on data_keys to petra_app;
