import type { Override } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Db } from '../../platform/database/database.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { mayReadOverride, maySee } from './policy.ts'
import { findAppointment, findOverrideReason } from './queries/appointments.ts'

/**
 * Why a visit was given a time that the rules do not offer.
 * @throws NotFound out of reach, and where no rule was set aside; Forbidden for owners
 */
export async function readOverride(db: Db, actor: Person, id: string): Promise<Override> {
  const [visit, reason] = await Promise.all([findAppointment(db, actor, id), findOverrideReason(db, id)])
  if (!visit || !maySee(actor, visit)) throw new NotFound()
  if (!mayReadOverride(actor, visit)) throw new Forbidden('This is for the staff.')
  if (reason === null) throw new NotFound()
  return { reason }
}
