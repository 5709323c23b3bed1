-- How long it takes to get to a location, or away from it, for whoever works at another one as well.
alter table locations
  add travel_minutes integer not null default 0,
  add constraint nobody_arrives_before_they_leave check (travel_minutes >= 0);

-- Where a provider is for a reservation, and the time around it that they cannot be anywhere else; null where nobody in the company
-- takes time to travel, and once it takes another time than when it was reserved.
alter table reservations
  add location_id uuid,
  add around half_open_range;

update reservations r set location_id = v.location_id
  from appointments v where v.id = r.appointment_id and v.provider_id = r.subject_id;
update reservations r set location_id = h.location_id
  from holds h where h.id = r.hold_id and h.provider_id = r.subject_id;

alter table reservations
  add constraint provider_has_time_to_travel
    exclude using gist (subject_id with =, location_id with <>, around with &&) where (around is not null);

grant update (around) on reservations to petra_app;
