-- What a script signs in with: some scopes of its account's, until a day. Of its secret only the hash is kept.
create table personal_access_tokens (
  id uuid primary key default new_id(),
  account_id uuid not null references accounts (id),
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint one_secret_opens_one_token unique (token_hash),
  constraint a_token_carries_a_scope check (scopes <> '{}'),
  constraint a_token_lives_a_year_at_most check (expires_at <= created_at + interval '365 days')
);

create index personal_access_tokens_of_account on personal_access_tokens (account_id, id);
grant select, insert, update (name, revoked_at) on personal_access_tokens to petra_app;

-- Which personal access token somebody acted through, where it was no session.
alter table events add column token_id uuid;

create trigger tell_token_revoked after update of revoked_at on personal_access_tokens
  for each row when (old.revoked_at is null and new.revoked_at is not null)
  execute function tell_session_changed();

create or replace function tell_account_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('session_changed', held.id::text)
     from (select id from sessions where account_id = new.id and ended_at is null
           union all
           select id from personal_access_tokens where account_id = new.id and revoked_at is null) held;
  return null;
end $$;
