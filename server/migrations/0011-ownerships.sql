-- Periods of ownership are dated and stay: what was so is never written over. A period that lasted no time at all is none.
alter table ownerships add constraint ends_after_it_begins check (until >= since);

-- A period that begins now overlaps none that is over, and `one_current_ownership` sees to the other; only one that is
-- written down later is compared with the rest. (An exclusion constraint made adding a pet a third slower.)
create function refuse_overlap() returns trigger language plpgsql as $$
begin
  if exists (select from ownerships
              where pet_id = new.pet_id and owner_id = new.owner_id
                and tstzrange(since, until) && tstzrange(new.since, new.until)) then
    raise 'This period overlaps another.' using errcode = 'exclusion_violation', constraint = tg_name, table = tg_table_name;
  end if;
  return new;
end $$;

create trigger periods_do_not_overlap before insert on ownerships
  for each row when (new.since < clock_now() or new.until is not null) execute function refuse_overlap();

revoke update on ownerships from petra_app;
grant update (until) on ownerships to petra_app;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise 'What is over stays as it was.' using errcode = 'check_violation', constraint = tg_name, table = tg_table_name;
end $$;

create trigger ended_ownership_stays before update on ownerships
  for each row when (old.until is not null) execute function refuse_change();

-- A pet in care always has an owner who manages it. The lock makes one who leaves wait for another: two at once would each
-- count on the other.
create function keep_a_manager() returns trigger language plpgsql as $$
begin
  perform from pets where id = new.pet_id and archived_at is null for no key update;
  if found and not exists (select from ownerships where pet_id = new.pet_id and until is null and rights @> '{manage}') then
    raise 'Nobody would manage the pet.' using errcode = 'check_violation', constraint = tg_name, table = tg_table_name;
  end if;
  return null;
end $$;

create trigger pet_keeps_a_manager after update of until on ownerships
  for each row when (old.until is null and new.until is not null and old.rights @> '{manage}')
  execute function keep_a_manager();

-- Ownerships offered to an e-mail address: an invitation to co-own a pet, or its transfer. The address is sealed under the
-- offering account's key, and forgotten as soon as the offer is over.
create table ownership_offers (
  id uuid primary key,
  pet_id uuid not null references pets (id),
  kind text not null,
  rights text[] not null,
  offered_by uuid not null references accounts (id),
  email bytea,
  email_index bytea,
  status text not null default 'open',
  offered_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint kind_is_known check (kind in ('co-owner-invitation', 'pet-transfer')),
  constraint status_is_known check (status in ('open', 'accepted', 'declined', 'withdrawn', 'expired')),
  constraint rights_are_known check (rights <@ '{view,book,records,manage}' and rights @> '{view}'),
  constraint transfer_gives_every_right check (kind <> 'pet-transfer' or rights @> '{view,book,records,manage}'),
  constraint over_means_forgotten check (num_nonnulls(email, email_index) = case status when 'open' then 2 else 0 end),
  constraint over_means_dated check ((status = 'open') = (ended_at is null))
);

create unique index one_open_transfer_per_pet on ownership_offers (pet_id) where kind = 'pet-transfer' and status = 'open';
create unique index one_open_invitation_per_address on ownership_offers (pet_id, email_index)
  where kind = 'co-owner-invitation' and status = 'open';
create index offers_of_pet on ownership_offers (pet_id, id);
create index offers_by_account on ownership_offers (offered_by, offered_at);
create index open_offers_by_expiry on ownership_offers (expires_at) where status = 'open';

create trigger ended_offer_stays before update on ownership_offers
  for each row when (old.status <> 'open') execute function refuse_change();

grant select, insert, update (email, email_index, status, ended_at) on ownership_offers to petra_app;
