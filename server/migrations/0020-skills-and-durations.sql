-- Which species a provider takes for a service; null takes every one.
alter table provider_services
  add species text[],
  add constraint a_skill_names_a_species check (species <> '{}');

-- How long a service takes for pets of a species and weight, where not as long as it says itself.
create table service_durations (
  service_id uuid not null references services (id),
  species text not null,
  weight_grams int4range not null,
  duration_minutes integer not null,
  constraint a_pet_has_one_duration exclude using gist (service_id with =, species with =, weight_grams with &&),
  constraint some_weight_is_meant check (not isempty(weight_grams)),
  constraint a_visit_takes_time check (duration_minutes > 0)
);

create trigger timetable_changed after insert or update or delete on service_durations
  for each statement execute function timetable_changed();

grant select, insert, delete on service_durations to petra_app;
