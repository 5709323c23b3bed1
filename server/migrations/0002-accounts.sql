-- People who can sign in, and clients the front desk keeps for people who cannot yet.
create table accounts (
  id uuid primary key default new_id(),
  name text not null,
  password_hash text,
  roles text[] not null default '{owner}',
  locale text not null default 'en',
  disabled_at timestamptz,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  constraint roles_are_known check (roles <@ '{owner,receptionist,groomer,veterinarian,admin}'),
  constraint everyone_is_an_owner check (roles @> '{owner}')
);

create index accounts_by_name on accounts using gin (name gin_trgm_ops);
create index accounts_in_order on accounts (name, id);
grant select, insert, update on accounts to petra_app;

-- How a person is reached: e-mail and phone sealed as one cell; the indexes are keyed HMACs for exact search.
create table account_contacts (
  account_id uuid primary key references accounts (id),
  version integer not null default 1,
  contact bytea not null,
  email_index bytea,
  phone_index bytea,
  constraint email_has_one_account unique (email_index)
);

create index account_contacts_by_phone on account_contacts (phone_index) where phone_index is not null;
grant select, insert, update, delete on account_contacts to petra_app;

-- A signed-in device. Its refresh tokens are one family: generation n is the only living one, kept as a hash.
create table sessions (
  id uuid primary key default new_id(),
  account_id uuid not null references accounts (id),
  generation integer not null default 1,
  refresh_hash bytea not null,
  device text,
  address text,
  created_at timestamptz not null default clock_now(),
  rotated_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_because text,
  constraint an_end_has_a_reason check ((ended_at is null) = (ended_because is null))
);

create index sessions_of_account on sessions (account_id) where ended_at is null;
grant select, insert, update on sessions to petra_app;

-- Whoever ends a session or changes what an account may do tells every process, so that cached sessions are dropped.
create function tell_session_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('session_changed', new.id::text);
  return null;
end $$;

create trigger tell_session_ended after update of ended_at on sessions
  for each row when (old.ended_at is null and new.ended_at is not null)
  execute function tell_session_changed();

create function tell_account_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('session_changed', s.id::text) from sessions s where s.account_id = new.id and s.ended_at is null;
  return null;
end $$;

create trigger tell_account_changed after update of roles, disabled_at on accounts
  for each row when (old.roles is distinct from new.roles or old.disabled_at is distinct from new.disabled_at)
  execute function tell_account_changed();
