-- Of the reservations few are a hold's; each visit's wrote three entries of null here.
drop index reservations_of_hold;
create index reservations_of_hold on reservations (hold_id) where hold_id is not null;
