-- What an admin said, in wall-clock times: the instants follow from it, and not the other way round where the clock changes.
alter table schedule_exceptions add local_from timestamp, add local_to timestamp;
alter table closures add local_from timestamp, add local_to timestamp;

update schedule_exceptions e
   set local_from = lower(during) at time zone zone, local_to = upper(during) at time zone zone
  from (select e.id, coalesce(l.time_zone, (select min(w.time_zone) from provider_locations p join locations w on w.id = p.location_id
                                              where p.provider_id = e.provider_id), 'UTC') as zone
          from schedule_exceptions e left join locations l on l.id = e.location_id) given
 where given.id = e.id;
update closures c
   set local_from = lower(during) at time zone l.time_zone, local_to = upper(during) at time zone l.time_zone
  from locations l where l.id = c.location_id;

alter table schedule_exceptions alter local_from set not null, alter local_to set not null;
alter table closures alter local_from set not null, alter local_to set not null;
