-- What a no-show can be taken back to, and until when.
alter table appointments
  add no_show_from appointment_status,
  add no_show_at timestamptz;

-- A time kept for an account while its owner makes up their mind. One that has expired keeps nothing from anybody, whether
-- or not its row is still there.
create table holds (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  number smallint not null,
  service_id uuid not null references services (id),
  provider_id uuid not null references providers (id),
  location_id uuid not null references locations (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  expires_at timestamptz not null,
  is_extended boolean not null default false,
  constraint an_account_has_three_holds check (number between 1 and 3),
  constraint hold_number_is_free unique (account_id, number),
  constraint ends_after_it_starts check (ends_at > starts_at)
);

create index holds_by_expiry on holds (expires_at);
grant select, insert, update, delete on holds to petra_app;

-- A reservation is an appointment's or a hold's.
alter table reservations
  alter appointment_id drop not null,
  add hold_id uuid references holds (id) on delete cascade,
  add constraint somebody_has_reserved check (num_nonnulls(appointment_id, hold_id) = 1);

create index reservations_of_hold on reservations (hold_id);

-- Why the front desk gave a time that the rules do not offer; null where they do.
alter table appointments add override_reason text;
