-- Refuses, with the name of the constraint that carries the rule, what `on conflict do nothing` has left out: so that a booking's
-- reservations, event and commit can travel together. The detail names the subjects that were lost.
create function require_all_won(won uuid[], claimed uuid[]) returns void language plpgsql as $$
begin
  if cardinality(coalesce(won, '{}')) < cardinality(claimed) then
    raise exclusion_violation using
      message = 'a subject is reserved already', constraint = 'subject_is_free',
      detail = (select string_agg(id::text, ' ') from unnest(claimed) as id where id <> all (coalesce(won, '{}')));
  end if;
end $$;

-- What a column may hold, where rows are written all day. A check constraint is parsed anew by every statement that inserts,
-- 10 µs and more each; a domain's is kept.
create domain event_outcome as text constraint outcome_is_known check (value in ('allowed', 'denied', 'failed'));
create domain event_purpose as text
  constraint purpose_is_known check (value in ('care', 'owner-request', 'emergency', 'operations'));
create domain appointment_status as text constraint status_is_known check (value in ('requested', 'booked', 'confirmed',
  'checked-in', 'in-service', 'completed', 'cancelled', 'declined', 'no-show'));
create domain half_open_range as tstzrange
  constraint range_is_half_open check (lower_inc(value) and not upper_inc(value) and not isempty(value));
create domain weight_grams as integer constraint weight_is_positive check (value > 0);

alter table events drop constraint outcome_is_known, alter outcome type event_outcome;
alter table events drop constraint purpose_is_known, alter purpose type event_purpose;
alter table appointments drop constraint status_is_known, alter status type appointment_status;
alter table reservations drop constraint range_is_half_open, alter during type half_open_range;
alter table pets drop constraint weight_is_positive, alter weight_grams type weight_grams;

-- A predicate, too, is planned anew by every statement that inserts.
drop index events_of_pet, events_of_actor, events_of_resource;
create index events_of_pet on events (pet_id, id);
create index events_of_actor on events (actor_id, id);
create index events_of_resource on events (resource_id, id);
