-- What is not active is neither offered nor booked any more; visits made before stand until they are moved or cancelled.
alter table services add active boolean not null default true;
alter table providers add active boolean not null default true;
