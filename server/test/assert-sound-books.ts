import assert from 'node:assert/strict'
import type { Backstage } from './backstage.ts'

/** Nobody and nothing is in two places, every hold and every living appointment has its reservations, and nothing else has any. */
export async function assertSoundBooks({ sql }: Backstage): Promise<void> {
  const overlaps = await sql(`
    select a.subject_id from reservations a join reservations b
        on a.subject_id = b.subject_id and a.during && b.during and a.ctid < b.ctid`)
  assert.deepEqual(overlaps, [], 'reservations overlap')
  const leaked = await sql(`
    select id, status from appointments v
     where status in ('cancelled', 'declined') and exists (select from reservations r where r.appointment_id = v.id)`)
  assert.deepEqual(leaked, [], 'reservations outlive their appointment')
  const empty = await sql('select id from holds h where not exists (select from reservations r where r.hold_id = h.id)')
  assert.deepEqual(empty, [], 'holds hold nothing')
  const unfounded = await sql(`
    select v.id, v.status from appointments v join services s on s.id = v.service_id
     where status not in ('cancelled', 'declined')
       and (select count(*) filter (where subject_id = v.pet_id and during = tstzrange(v.starts_at, v.ends_at)) = 1
               and count(*) filter (where subject_id = v.provider_id and during @> tstzrange(v.starts_at, v.ends_at)) = 1
               and count(*) filter (where subject_id in (select id from resources where location_id = v.location_id))
                   = cardinality(s.resource_kinds)
               and count(*) = 2 + cardinality(s.resource_kinds)
              from reservations r where r.appointment_id = v.id) is not true`)
  assert.deepEqual(unfounded, [], 'appointments lack reservations, or have others')
}
