-- Who is erased owns no pet from then on. Of a pet that is on its way to them and the erasure, one waits for the other.
create function owner_is_not_erased() returns trigger language plpgsql as $$
begin
  perform from accounts where id = new.owner_id and erased_at is null for key share;
  if not found and exists (select from accounts where id = new.owner_id) then
    raise 'An erased account owns no pet.' using errcode = 'check_violation', constraint = tg_name, table = tg_table_name;
  end if;
  return new;
end $$;

create trigger owner_is_not_erased before insert on ownerships for each row execute function owner_is_not_erased();
