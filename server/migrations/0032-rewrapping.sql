-- Whose key is gone: few.
create index destroyed_data_keys on vault.data_keys (subject_id) where destroyed_at is not null;

-- What hangs on a key-encryption key: a rotation goes through it, in the order of ids.
create index data_keys_of_kek on vault.data_keys (kek_id, id) where wrapped is not null;
