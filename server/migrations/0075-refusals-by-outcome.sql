-- By outcome: failures are few among refusals, and asked for alone.
drop index refusals;
create index refusals on events (outcome, id) where outcome <> 'allowed';
