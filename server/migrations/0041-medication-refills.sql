-- How often a medication was dispensed again. How often it may be is sealed with the record.
create table medication_refills (
  record_id uuid not null references medical_records (id),
  number smallint not null,
  dispensed_by uuid not null references accounts (id),
  dispensed_at timestamptz not null default clock_now(),
  constraint a_refill_is_given_once primary key (record_id, number),
  constraint refills_are_counted_from_one check (number >= 1)
);

grant select, insert on medication_refills to petra_app;
