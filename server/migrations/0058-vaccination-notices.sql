-- What owners were told of a pet's vaccinations, once each. Which vaccination, until when and at which stage is a keyed digest:
-- nothing here says what a pet was vaccinated against.
create table vaccination_notices (
  digest bytea primary key,
  pet_id uuid not null references pets (id),
  noted_at timestamptz not null default clock_now()
);

create index vaccination_notices_of_pet on vaccination_notices (pet_id);
create index vaccination_notices_by_age on vaccination_notices (noted_at);
grant select, insert, delete on vaccination_notices to petra_app;
