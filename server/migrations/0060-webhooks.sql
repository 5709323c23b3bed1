-- Endpoints of others that are told of events. URL and secrets are sealed; what is sent is made of ids alone.
create table webhooks (
  id uuid primary key default new_id(),
  account_id uuid not null references accounts (id),
  url bytea not null,
  url_version integer not null default 1,
  event_types text[] not null,
  description text,
  secret bytea not null,
  secret_version integer not null default 1,
  -- Of the version before; signs along until then.
  previous_secret bytea,
  previous_secret_until timestamptz,
  disabled_at timestamptz,
  disabled_because text,
  -- Since when nothing has got through, how often in a row it could not be reached, and until when it is left alone.
  failing_since timestamptz,
  failures integer not null default 0,
  paused_until timestamptz,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  constraint an_endpoint_is_told_of_something check (event_types <> '{}'),
  constraint a_disabled_endpoint_says_why check ((disabled_at is null) = (disabled_because is null)),
  constraint reason_is_known check (disabled_because in ('admin', 'gone', 'failing')),
  constraint a_previous_secret_ends check ((previous_secret is null) = (previous_secret_until is null))
);

create index webhooks_of_account on webhooks (account_id);
grant select, insert, update, delete on webhooks to petra_app;

-- What each endpoint was sent, by the id of the event, and how it fared. Events are partitioned and go; this stays for its own time.
create table webhook_deliveries (
  webhook_id uuid not null references webhooks (id) on delete cascade,
  event_id uuid not null,
  type text not null,
  occurred_at timestamptz not null,
  appointment_id uuid,
  pet_id uuid,
  status text not null default 'pending',
  attempts integer not null default 0,
  -- Begun and not ended: the process died in between, and the endpoint may have taken it.
  is_under_way boolean not null default false,
  interrupted integer not null default 0,
  last_status integer,
  last_fault text,
  last_attempt_at timestamptz,
  next_attempt_at timestamptz,
  created_at timestamptz not null default clock_now(),
  primary key (webhook_id, event_id),
  constraint status_is_known check (status in ('pending', 'delivered', 'failed', 'withheld')),
  constraint only_what_is_pending_is_sent_again check (status = 'pending' or next_attempt_at is null)
);

create index webhook_deliveries_by_status on webhook_deliveries (webhook_id, status, event_id);
create index webhook_deliveries_by_age on webhook_deliveries using brin (created_at);
grant select, insert, update, delete on webhook_deliveries to petra_app;

-- Alarms that are raised now: whoever finds one first says so, once.
create table alarms (
  name text primary key,
  raised_at timestamptz not null default clock_now()
);

grant select, insert, delete on alarms to petra_app;

-- A parked event that is to be tried again.
alter table parked_events add column retried_at timestamptz;
grant update (retried_at) on parked_events to petra_app;
