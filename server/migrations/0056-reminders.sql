-- How long before a visit its owners are reminded; none for no reminder.
alter table services add column reminder_hours integer[] not null default '{168,24}',
  add constraint reminders_are_hours_to_weeks_ahead check
    (cardinality(reminder_hours) <= 5 and 2 <= all (reminder_hours) and 720 >= all (reminder_hours));

-- A visit is reminded of once for each of them.
alter table sent_reminders add column hours_before integer not null default 24;
alter table sent_reminders drop constraint sent_reminders_pkey;
alter table sent_reminders add primary key (appointment_id, starts_at, hours_before);
alter table sent_reminders alter column hours_before drop default;
