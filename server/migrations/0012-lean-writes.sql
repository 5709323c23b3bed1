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
