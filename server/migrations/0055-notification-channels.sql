-- When a person is to be left alone, in their zone; who has no row has said nothing.
create table notification_settings (
  account_id uuid primary key references accounts (id),
  time_zone text,
  quiet_from time,
  quiet_until time,
  constraint quiet_hours_have_a_zone_and_both_ends check
    ((quiet_from is null) = (quiet_until is null) and (quiet_from is null or time_zone is not null)),
  constraint quiet_hours_are_not_the_whole_day check (quiet_from <> quiet_until)
);

grant select, insert, update, delete on notification_settings to petra_app;

-- The kinds of messages that a person does not want, by the channel they do not want them by.
create table switched_off_messages (
  account_id uuid not null references accounts (id),
  kind text not null,
  channel text not null,
  primary key (account_id, kind, channel),
  constraint what_is_switched_off_may_be check (kind in ('visit-reminders', 'vaccinations', 'new-records', 'day-list')),
  constraint channel_is_known check (channel in ('email'))
);

grant select, insert, delete on switched_off_messages to petra_app;

-- Every mail by its Message-ID, which names its recipient by id: what was accepted is not sent again. A try that was begun and
-- whose outcome nobody knows may have been accepted: the next one may repeat it, and is counted.
create table mails (
  message_id text primary key,
  begun_at timestamptz,
  sent_at timestamptz,
  repeats integer not null default 0,
  noted_at timestamptz not null default clock_now(),
  constraint a_mail_that_was_sent_is_not_being_sent check (sent_at is null or begun_at is null)
);

create index mails_by_age on mails (noted_at);
create index mails_perhaps_repeated on mails (repeats) where repeats > 0;
grant select, insert, update, delete on mails to petra_app;

-- Since when a person's present address takes no mail, as the server for it says.
alter table account_contacts add column undeliverable_since timestamptz;
