-- Postal addresses are sealed in the contact's cell, and found by the whole of them only.
alter table account_contacts add column address_index bytea;
create index account_contacts_by_address on account_contacts (address_index) where address_index is not null;

create index accounts_by_role on accounts using gin (roles);
create index disabled_accounts on accounts (name, id) where disabled_at is not null;

-- An erased account leaves a row that others refer to, and nothing of the person in it.
alter table accounts add column erased_at timestamptz;
alter table accounts add constraint nothing_is_left_of_who_was_erased check
  (erased_at is null or (name = 'Former client' and password_hash is null and roles = '{owner}' and disabled_at is not null));

-- The last admin who can sign in stays one; who is invited and has not come yet does not count. Of two admins who remove
-- each other at once, the second waits here and then sees what the first has done.
create function an_admin_remains() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('an admin remains', 0));
  if not exists (select from accounts
                  where id <> new.id and roles @> '{admin}' and disabled_at is null and password_hash is not null) then
    raise exception 'The last active admin stays' using errcode = 'check_violation', constraint = 'an_admin_remains';
  end if;
  return new;
end $$;

create trigger an_admin_remains before update of roles, disabled_at, password_hash on accounts
  for each row when (old.roles @> '{admin}' and old.disabled_at is null and old.password_hash is not null
                     and not (new.roles @> '{admin}' and new.disabled_at is null and new.password_hash is not null))
  execute function an_admin_remains();

-- Who may claim an account that staff made: the mailed link is derived from the id.
create table account_invitations (
  account_id uuid primary key references accounts (id),
  id uuid not null default new_id(),
  expires_at timestamptz not null default clock_now() + interval '7 days',
  constraint a_link_opens_one_account unique (id)
);

grant select, insert, update, delete on account_invitations to petra_app;

-- What somebody owned before, for their export.
create index past_ownerships_of_owner on ownerships (owner_id) where until is not null;

-- Everything about a person, made for them to take along. `content` is sealed under their own key.
create table account_exports (
  id uuid primary key default new_id(),
  account_id uuid not null references accounts (id),
  content bytea,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null default clock_now() + interval '1 day'
);

create index exports_of_account on account_exports (account_id);
create unique index one_export_at_a_time on account_exports (account_id) where content is null;
create index exports_by_expiry on account_exports (expires_at);
grant select, insert, update, delete on account_exports to petra_app;

-- Who asked to be erased. Withdrawing removes the row, and so does erasing.
create table erasure_requests (
  account_id uuid primary key references accounts (id),
  requested_at timestamptz not null default clock_now(),
  due_at timestamptz not null default clock_now() + interval '14 days'
);

create index erasure_requests_by_due_date on erasure_requests (due_at);
grant select, insert, delete on erasure_requests to petra_app;
