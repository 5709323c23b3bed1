import { randomUUIDv7 } from 'node:crypto'
import type { Hold, HoldRequest } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { instantText } from './asked-time.ts'
import { holdRefused } from './errors.ts'
import { lookUpVisit } from './look-up-visit.ts'
import type { Books } from './open-books.ts'
import { placeVisit } from './place-visit.ts'
import { insertHold } from './queries/holds.ts'
import { reserve } from './reserve.ts'
import { visitSpan } from './reserved-span.ts'

/**
 * Holds a time for five minutes: its reservations are like a visit's (rule 16).
 * @throws HoldLimit (409) at the fourth, and what booking the time would throw
 */
export async function makeHold(tx: Tx, books: Books, actor: Person, asked: HoldRequest): Promise<Hold> {
  const { petId } = asked
  const { accountId } = actor
  const { timetable, service, startsAt, diary, withPet } = await lookUpVisit(tx, books, actor, asked)
  const { version } = timetable
  const id = randomUUIDv7()
  const span = visitSpan(service, startsAt)
  const times = { startsAt: instantText(span.from), endsAt: instantText(span.to) }
  const holder = { holdId: id }
  const wanted = { holder, service, startsAt, petId, accountId, version, diary, withPet }
  return placeVisit(tx, wanted, async ({ providerId, place: { locationId }, resourceIds }, claims) => {
    record(tx, actor, 'hold.made', {
      resource: { type: 'hold', id },
      ...(petId !== undefined && { petId }),
      payload: { startsAt: times.startsAt },
    })
    tx.land()
    const where = { providerId, locationId, resourceIds: [...resourceIds] }
    const [expiresAt] = await Promise.all([
      insertHold(tx, { id, accountId, serviceId: service.id, ...where, ...times }),
      reserve(tx, holder, claims),
    ])
    return { id, ...times, ...where, expiresAt }
  }).catch(holdRefused)
}
