-- Who loses a pet, a role or their way in is not shown again what they were answered while they had it. The argument names the
-- column that says who.
create function forget_kept_answers() returns trigger language plpgsql as $$
begin
  delete from idempotent_answers where account_id = (to_jsonb(new) ->> tg_argv[0])::uuid;
  return null;
end $$;

create trigger forget_kept_answers after update of until on ownerships
  for each row when (old.until is null and new.until is not null)
  execute function forget_kept_answers('owner_id');

create trigger forget_kept_answers after update of roles, disabled_at on accounts
  for each row when (old.roles is distinct from new.roles or old.disabled_at is distinct from new.disabled_at)
  execute function forget_kept_answers('id');
