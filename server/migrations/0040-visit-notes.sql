-- The visit that a record comes from, and the visit note that it adds to.
alter table medical_records
  add appointment_id uuid references appointments (id),
  add addendum_to uuid references medical_records (id);

create index addenda_of_note on medical_records (addendum_to) where addendum_to is not null;

-- The author of a visit note stands by a version of it; an amendment has to be signed anew.
create table visit_note_signatures (
  record_id uuid not null,
  version integer not null,
  signed_at timestamptz not null default clock_now(),
  primary key (record_id, version),
  foreign key (record_id, version) references medical_record_versions (record_id, version)
);

grant select, insert on visit_note_signatures to petra_app;

-- A visit note, or an addendum to one, is amended for 24 hours. Entering it in error stays possible, and is the end of it.
create trigger visit_note_is_open before update on medical_records for each row
  when (old.status = 'current' and new.status = 'current' and (old.type = 'visit-note' or old.addendum_to is not null)
        and clock_now() >= old.created_at + interval '24 hours'
        and (new.pet_id, new.type, new.occurred_on, new.content, new.author_id, new.version, new.created_at, new.addendum_to)
            is distinct from
            (old.pet_id, old.type, old.occurred_on, old.content, old.author_id, old.version, old.created_at, old.addendum_to))
  execute function refuse_change();

create trigger entered_in_error_is_final before update on medical_records for each row
  when (old.status = 'entered-in-error')
  execute function refuse_change();
