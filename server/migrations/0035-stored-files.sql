-- A file that was kept, by the id of its document key, which is its name in the store of files too. A key without such a row
-- belongs to an upload that never came to an end.
create table stored_files (
  id uuid primary key,
  media_type text not null,
  bytes integer not null,
  created_at timestamptz not null default clock_now(),
  constraint a_file_is_not_empty check (bytes > 0)
);

grant select, insert, delete on stored_files to petra_app;

create index document_keys_by_age on vault.document_keys (created_at);

-- Without its key a file is nothing: whatever refers to it goes with it.
create function file_lost_its_key() returns trigger language plpgsql as $$
begin
  delete from stored_files where id = old.document_id;
  return null;
end $$;

create trigger file_lost_its_key after delete on vault.document_keys for each row execute function file_lost_its_key();

-- A pet's photo: the whole of it, and the sizes that a job makes. A new photo is a new row.
create table pet_photos (
  id uuid primary key references stored_files (id) on delete cascade,
  created_at timestamptz not null default clock_now()
);

create table pet_photo_sizes (
  photo_id uuid not null references pet_photos (id) on delete cascade,
  size text not null,
  file_id uuid not null references stored_files (id) on delete cascade,
  primary key (photo_id, size),
  constraint a_file_is_one_size unique (file_id),
  constraint size_is_known check (size in ('small', 'medium', 'large'))
);

grant select, insert on pet_photos, pet_photo_sizes to petra_app;

alter table pets add column photo_id uuid references pet_photos (id) on delete set null;
alter table pets add constraint a_photo_shows_one_pet unique (photo_id);
