-- A pet's medical history. `content` is sealed under the pet's data key: { description, details }.
create table medical_records (
  id uuid primary key default new_id(),
  pet_id uuid not null references pets (id),
  type text not null,
  occurred_on date not null,
  content bytea not null,
  source text not null,
  author_id uuid not null references accounts (id),
  verified_by uuid references accounts (id),
  status text not null default 'current',
  version integer not null default 1,
  created_at timestamptz not null default clock_now(),
  updated_at timestamptz not null default clock_now(),
  constraint type_is_known check (type in ('vaccination', 'allergy', 'medication', 'weight', 'vitals', 'lab-result',
    'diagnosis', 'procedure', 'visit-note', 'document', 'note')),
  constraint source_is_known check (source in ('clinical', 'owner-reported')),
  constraint status_is_known check (status in ('current', 'entered-in-error')),
  constraint only_reported_is_verified check (verified_by is null or source = 'owner-reported')
);

create index records_of_pet on medical_records (pet_id, occurred_on desc, id desc) where status = 'current';
create index vaccinations_of_pet on medical_records (pet_id) where status = 'current' and type = 'vaccination';
grant select, insert, update on medical_records to petra_app;

-- Every version a record ever had, the present one included; never changed, never removed.
create table medical_record_versions (
  record_id uuid not null references medical_records (id),
  version integer not null,
  occurred_on date not null,
  content bytea not null,
  status text not null,
  reason bytea,
  changed_by uuid not null references accounts (id),
  changed_at timestamptz not null default clock_now(),
  primary key (record_id, version),
  constraint status_is_known check (status in ('current', 'entered-in-error'))
);

grant select, insert on medical_record_versions to petra_app;

-- A vet outside of care opened one pet's records for an hour, and said why.
create table emergency_accesses (
  id uuid primary key default new_id(),
  pet_id uuid not null references pets (id),
  account_id uuid not null references accounts (id),
  reason bytea not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_now()
);

create index emergency_accesses_open on emergency_accesses (pet_id, account_id, expires_at);
grant select, insert on emergency_accesses to petra_app;
