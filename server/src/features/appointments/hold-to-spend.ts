import type { Booking } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { AppError } from '../../platform/errors.ts'
import { shareSchedule } from '../catalogue/lookup.ts'
import type { Diary, Reason } from './diary.ts'
import { HoldExpired } from './errors.ts'
import type { FoundVisit } from './look-up-visit.ts'
import { type HoldRow, lockHold } from './queries/holds.ts'
import { roomsFirst } from './rooms-first.ts'

export interface HoldToSpend extends HoldRow {
  readonly where: { readonly providerId: string; readonly locationId: string }
}

/**
 * Locks a hold that is to become a visit; of two who want to spend it, the second finds it gone.
 * @throws HoldExpired when it is over, spent, or not the actor's
 */
export async function holdToSpend(tx: Tx, { accountId }: Person, holdId: string): Promise<HoldToSpend> {
  // The schedule first, as everywhere.
  const [, hold] = await Promise.all([shareSchedule(tx), lockHold(tx, holdId, accountId)])
  if (!hold) throw new HoldExpired()
  const { providerId, locationId } = hold
  return { ...hold, where: { providerId, locationId } }
}

/**
 * How a visit is placed where its hold stands: with its provider, if they still do it, in the rooms that are held, and without a
 * lead time, which was kept when the hold was made.
 * @throws AppError 422 when service, time, provider or location are not the hold's
 */
export function asHeld(
  hold: HoldToSpend,
  { service, startsAt, diary }: FoundVisit,
  { providerId = hold.providerId, locationId = hold.locationId }: Pick<Booking, 'providerId' | 'locationId'>,
): { diary: Diary; except: Reason[] } {
  const isThere = providerId === hold.providerId && locationId === hold.locationId
  if (service.id !== hold.serviceId || startsAt !== Date.parse(hold.startsAt) || !isThere) {
    throw new AppError('hold.mismatch', "Service, time, provider and location must be the hold's, or be left out.")
  }
  const held = diary.voidHolds?.filter(({ holdId }) => holdId === hold.id).map(({ subjectId }) => subjectId)
  return { diary: roomsFirst(diary, held ?? []), except: ['lead-time'] }
}
