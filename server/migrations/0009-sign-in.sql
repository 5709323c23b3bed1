-- An address is verified once its holder has shown that mail to it arrives.
alter table account_contacts add column email_verified_at timestamptz;

-- Mailed links and codes that wait for an answer. Each belongs to an address, known or not, by its keyed index: whoever asks
-- for one learns nothing. Link and code are derived from the id, so that nothing here opens anything.
create table challenges (
  email_index bytea not null,
  purpose text not null,
  id uuid not null,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  attempts integer not null default 0,
  primary key (email_index, purpose),
  constraint challenge_has_its_own_id unique (id),
  constraint purpose_is_known check (purpose in ('email-verification', 'password-reset')),
  constraint a_code_is_tried_five_times check (attempts between 0 and 5)
);

create index challenges_by_expiry on challenges (expires_at);
grant select, insert, update, delete on challenges to petra_app;

-- The last change of address an account asked for: the address it had and the one it wants, sealed as one cell. Kept for
-- 30 days, so that both addresses can be told.
create table email_changes (
  account_id uuid primary key references accounts (id),
  id uuid not null,
  addresses bytea not null,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  completed_at timestamptz,
  constraint email_change_has_its_own_id unique (id)
);

create index email_changes_by_creation on email_changes (created_at);
grant select, insert, update, delete on email_changes to petra_app;

-- Tries in the present window of a limit, by a keyed hash of whose tries they are.
create table attempts (
  key bytea primary key,
  count integer not null,
  ends_at timestamptz not null,
  constraint tries_are_counted_from_zero check (count >= 0)
);

create index attempts_by_end on attempts (ends_at);
grant select, insert, update, delete on attempts to petra_app;

-- Whether a person has signed in from an address before.
create index sessions_by_address on sessions (account_id, address);
