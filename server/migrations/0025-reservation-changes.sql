-- Which transaction reserved what, and what was given back: so that every process can keep what is taken in its memory, and ask
-- before each use for what has been committed since the snapshot it stands at. A booking pays three entries in an index that
-- only grows at its end; whoever gives time back pays a row.
alter table reservations add column xid xid8 not null default pg_current_xact_id();
create index reservations_by_transaction on reservations (xid);

alter table holds add column xid xid8 not null default pg_current_xact_id();
create index holds_by_transaction on holds (xid);

create function note_transaction() returns trigger language plpgsql as $$
begin
  new.xid := pg_current_xact_id();
  return new;
end $$;
create trigger note_transaction before update on holds for each row execute function note_transaction();

create table freed_reservations (
  subject_id uuid not null,
  during tstzrange not null,
  hold_id uuid,
  xid xid8 not null default pg_current_xact_id(),
  freed_at timestamptz not null default clock_now()
);
create index freed_reservations_by_transaction on freed_reservations (xid);

-- What was swept of it: whoever stands at an older snapshot has to begin anew.
create table swept_freed_reservations (
  only_row boolean primary key default true check (only_row),
  xid xid8 not null
);
insert into swept_freed_reservations (xid) values ('0');

-- What is a week past is swept, and nobody looks back that far.
create function note_freed() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into freed_reservations (subject_id, during, hold_id)
  select subject_id, during, hold_id from freed where upper(during) >= clock_now() - interval '7 days';
  return null;
end $$;
create trigger note_freed after delete on reservations referencing old table as freed
  for each statement execute function note_freed();

grant select, delete on freed_reservations to petra_app;
grant select, update on swept_freed_reservations to petra_app;
