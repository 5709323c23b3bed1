import assert from 'node:assert/strict'
import type { Answer, House } from '../../../test/setup.ts'
import type { World } from '../../../test/world.ts'

export interface Visit {
  readonly petId: string
  readonly providerId: string
  readonly locationId: string
  readonly service?: 'grooming' | 'wellness-exam'
  readonly status?: string
  /** From now, as an interval of PostgreSQL. */
  readonly startsIn?: string
  readonly bookedByVet?: boolean
}

/** Writes an appointment as it might stand, the past ones too, and gives its id. */
export async function visit(house: House, visit: Visit): Promise<string> {
  const { petId, providerId, locationId, service = 'wellness-exam', status = 'booked' } = visit
  const [row] = await house.sql(
    `insert into appointments (pet_id, service_id, provider_id, location_id, starts_at, ends_at, local_start, time_zone,
                               status, booked_by, booked_by_vet)
     select $1, s.id, $2, l.id, starts_at, starts_at + interval '30 minutes', starts_at at time zone l.time_zone,
            l.time_zone, $3, o.owner_id, $4
       from services s, locations l, ownerships o, lateral (select date_trunc('second', clock_now()) + $5::interval as starts_at) as at
      where s.slug = $6 and l.id = $7 and o.pet_id = $1 and o.rights @> '{manage}' and o.until is null
     returning id`,
    [petId, providerId, status, visit.bookedByVet ?? false, visit.startsIn ?? '7 days', service, locationId],
  )
  assert.ok(row, 'the visit was written')
  return row.id
}

/** Brings Rex under the care of Dr. Lind. */
export function visitDrLind(house: House, world: World): Promise<string> {
  return visit(house, { petId: world.rex, providerId: world.drLindAtWork, locationId: world.newYork })
}

export const rabies = {
  type: 'vaccination',
  occurredOn: '2026-03-30',
  description: 'Left shoulder, no reaction.',
  details: { vaccine: 'rabies', licensedYears: 1 },
}

/** Adds a record, and gives the answer's body. */
export async function add(house: House, as: string, petId: string, body: object): Promise<Answer['body']> {
  const answer = await house.call('POST', `/pets/${petId}/medical-records`, { as, body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

export interface EventFacts {
  readonly outcome: string
  readonly purpose: string
  readonly actor_id: string
  readonly behalf_of: string | null
  readonly resource_id: string
  readonly pet_id: string
  readonly record_ids: string[]
  readonly payload: Record<string, unknown>
}

/** The events of a name, oldest first. */
export function eventsOf(house: House, name: string): Promise<EventFacts[]> {
  return house.sql(
    `select outcome, purpose, actor_id, behalf_of, resource_id, pet_id, record_ids, payload
       from events where name = $1 order by id`,
    [name],
  )
}
