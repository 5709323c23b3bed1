-- Drops the oldest partition of events whose kind is past its time, once a checkpoint over all of it has been anchored, and says which
-- it was. The application may ask for it, and for nothing that is not due; what it records of it is what explains the gap.
create function drop_due_event_partition() returns table (dropped_kind text, until uuid)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part record;
  newest record;
begin
  perform set_config('lock_timeout', '2s', true);
  for part in
    select k.kind, c.relname as name, until_month.instant as ends
      from event_kinds k
      join pg_inherits i on i.inhparent = ('events_' || k.kind)::regclass
      join pg_class c on c.oid = i.inhrelid
     cross join lateral (
       select (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')::timestamp at time zone 'UTC' as instant) until_month
     where until_month.instant <= now() - make_interval(months => k.kept_months)
     order by ends, k.kind
  loop
    execute format('select xid, id from %I order by xid desc, id desc limit 1', part.name) into newest;
    if newest.id is null or exists (
      select from checkpoints c join checkpoint_anchors a on a.number = c.number
       where (c.last_xid, c.last_id) >= (newest.xid, newest.id)) then
      execute format('drop table %I', part.name);
      dropped_kind := part.kind;
      until := first_id_of(part.ends);
      return next;
      return;
    end if;
  end loop;
end $$;
