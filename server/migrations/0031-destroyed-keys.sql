-- Every process drops a key that was destroyed, whoever destroyed it and however.
create function tell_key_destroyed() returns trigger language plpgsql as $$
begin
  perform pg_notify('key_destroyed', old.subject_id::text);
  return null;
end $$;

create trigger tell_key_destroyed after update of wrapped on vault.data_keys
  for each row when (old.wrapped is not null and new.wrapped is null) execute function tell_key_destroyed();
create trigger tell_key_removed after delete on vault.data_keys for each row execute function tell_key_destroyed();

-- What a person is found by goes with their key, also when that is destroyed anew in a database that was restored.
create function forget_person_without_key() returns trigger language plpgsql as $$
begin
  delete from account_contacts where account_id = new.subject_id;
  delete from email_changes where account_id = new.subject_id;
  delete from account_exports where account_id = new.subject_id;
  update ownership_offers set status = 'withdrawn', email = null, email_index = null, ended_at = clock_now()
   where offered_by = new.subject_id and status = 'open';
  return null;
end $$;

create trigger forget_person_without_key after update of wrapped on vault.data_keys
  for each row when (new.purpose = 'owner-personal' and old.wrapped is not null and new.wrapped is null)
  execute function forget_person_without_key();

-- What was destroyed, when and how much of it, signed: a JWS (RFC 7515) by the key of the trail.
create table vault.destruction_receipts (
  key_id uuid primary key references vault.data_keys (id),
  receipt text not null
);

grant select, insert on vault.destruction_receipts to petra_app;
