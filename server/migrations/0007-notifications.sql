-- Which visit, at which time, its owners were reminded of: running a reminder twice sends it once.
create table sent_reminders (
  appointment_id uuid not null references appointments (id),
  starts_at timestamptz not null,
  sent_at timestamptz not null default clock_now(),
  primary key (appointment_id, starts_at)
);

grant select, insert on sent_reminders to petra_app;
