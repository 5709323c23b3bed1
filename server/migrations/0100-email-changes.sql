-- A change that was completed stays until both addresses are told, whatever is asked for next; only one waits for its link.
alter table email_changes drop constraint email_changes_pkey;
alter table email_changes drop constraint email_change_has_its_own_id;
alter table email_changes add primary key (id);
create unique index one_open_email_change on email_changes (account_id) where completed_at is null;
create index email_changes_by_account on email_changes (account_id, created_at);
