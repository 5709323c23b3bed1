-- What is to be sent to an endpoint, by when it is due.
create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_attempt_at, event_id) where status = 'pending';
