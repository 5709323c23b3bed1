-- A challenge is found by the index of an address. It goes when the account has that address no longer, whichever way.
create function challenge_lost_its_address() returns trigger language plpgsql as $$
begin
  delete from challenges where email_index = old.email_index;
  return null;
end $$;

create trigger challenge_lost_its_address after update of email_index on account_contacts
  for each row when (old.email_index is distinct from new.email_index) execute function challenge_lost_its_address();
create trigger contact_lost_its_challenges after delete on account_contacts
  for each row execute function challenge_lost_its_address();
