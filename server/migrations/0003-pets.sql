create table pets (
  id uuid primary key default new_id(),
  name text not null,
  species text not null,
  breed text,
  sex text not null default 'unknown',
  neutered boolean,
  birth_date date,
  birth_date_estimated boolean not null default false,
  weight_grams integer,
  color text,
  microchip text,
  care_notes text,
  deceased_on date,
  archived_at timestamptz,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  constraint weight_is_positive check (weight_grams > 0)
);

create unique index microchip_has_one_pet on pets (microchip) where microchip is not null and archived_at is null;
create index pets_by_name on pets using gin (name gin_trgm_ops) where archived_at is null;
grant select, insert, update on pets to petra_app;

-- Who a pet belongs to, with which rights, from when until when.
create table ownerships (
  pet_id uuid not null references pets (id),
  owner_id uuid not null references accounts (id),
  rights text[] not null default '{view,book,records,manage}',
  since timestamptz not null default clock_now(),
  until timestamptz,
  constraint rights_are_known check (rights <@ '{view,book,records,manage}' and rights @> '{view}'),
  primary key (pet_id, owner_id, since)
);

create unique index one_current_ownership on ownerships (pet_id, owner_id) where until is null;
create index pets_of_owner on ownerships (owner_id, pet_id) where until is null;
grant select, insert, update on ownerships to petra_app;
