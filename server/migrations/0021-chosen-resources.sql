-- Which rooms and machines a visit or hold has: any of the right kind, or those that were named.
alter table appointments add resource_ids uuid[] not null default '{}';
alter table holds add resource_ids uuid[] not null default '{}';

update appointments v
   set resource_ids = given.ids
  from (select r.appointment_id, array_agg(s.id order by s.id) as ids
          from reservations r join resources s on s.id = r.subject_id
         where r.appointment_id is not null
         group by r.appointment_id) given
 where given.appointment_id = v.id;
