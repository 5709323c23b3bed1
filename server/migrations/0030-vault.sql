-- Wrapped keys live apart from what they seal: in a schema of their own, which is backed up by itself.
create schema vault;
grant usage on schema vault to petra_app;
alter table data_keys set schema vault;

-- One key per document, wrapped by its pet's data key. `blob` is what it seals, by its name in the store of files. The row is
-- written before the first byte is stored, so that nothing can be stored that no row knows of.
create table vault.document_keys (
  document_id uuid primary key,
  id uuid not null,
  pet_key_id uuid not null references vault.data_keys (id),
  blob text not null,
  wrapped bytea not null,
  created_at timestamptz not null default clock_now(),
  constraint a_blob_has_one_key unique (blob)
);

create index document_keys_of_pet on vault.document_keys (pet_key_id);
grant select, insert, delete on vault.document_keys to petra_app;

-- What the store of files has to remove: without its key a blob is of no use, but it takes up room.
create table blobs_to_delete (
  blob text primary key,
  queued_at timestamptz not null default clock_now()
);

grant select, insert, delete on blobs_to_delete to petra_app;

create function blob_lost_its_key() returns trigger language plpgsql as $$
begin
  insert into blobs_to_delete (blob) values (old.blob) on conflict do nothing;
  return null;
end $$;

create trigger blob_lost_its_key after delete on vault.document_keys for each row execute function blob_lost_its_key();
