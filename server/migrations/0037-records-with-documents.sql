-- Whether a record ever had a document: those that had none, nearly all of them, are read without looking for any.
alter table medical_records add has_documents boolean not null default false;
update medical_records set has_documents = true where id in (select record_id from medical_documents);

create or replace function record_takes_document() returns trigger language plpgsql as $$
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
  update medical_records set has_documents = true where id = new.record_id and not has_documents;
  return new;
end $$;
