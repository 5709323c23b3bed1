-- Whoever made an offer sees that its mail was refused for good.
alter table ownership_offers add column undeliverable_since timestamptz;
grant update (undeliverable_since) on ownership_offers to petra_app;
