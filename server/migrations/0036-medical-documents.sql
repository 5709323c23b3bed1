-- A document of a medical record: never changed, and gone only with its key. `name` is sealed under the pet's data key.
create table medical_documents (
  id uuid primary key references stored_files (id) on delete cascade,
  record_id uuid not null references medical_records (id),
  -- The version that the record had when the document was added.
  record_version integer not null,
  name bytea not null,
  added_by uuid not null references accounts (id),
  added_at timestamptz not null default clock_now()
);

create index documents_of_record on medical_documents (record_id, id);
grant select, insert on medical_documents to petra_app;

-- Whoever adds one has locked the record.
create function record_takes_document() returns trigger language plpgsql as $$
declare
  entry medical_records;
begin
  select * into entry from medical_records where id = new.record_id;
  if entry.status <> 'current' then
    raise exception using errcode = '23514', constraint = 'record_stands', message = 'the record was entered in error';
  end if;
  if (entry.type = 'visit-note' or entry.addendum_to is not null) and clock_now() >= entry.created_at + interval '24 hours' then
    raise exception using errcode = '23514', constraint = 'visit_note_is_open', message = 'the visit note is locked';
  end if;
  if (select count(*) from medical_documents where record_id = new.record_id) >= 50 then
    raise exception using errcode = '23514', constraint = 'record_has_room_for_documents', message = 'the record has 50 documents';
  end if;
  return new;
end $$;

create trigger record_takes_document before insert on medical_documents for each row execute function record_takes_document();
