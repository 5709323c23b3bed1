import { overridableReasons } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import { Forbidden } from '../../platform/errors.ts'
import { DAY, type Reason } from './diary.ts'
import { mayOverride } from './policy.ts'

/** Further ahead it is the year that is wrong. */
const MOST_AHEAD = 3653 * DAY

/**
 * The rules that a request for a start sets aside: none without an override. A lead time can be waived, but what has begun
 * stays past; a horizon, but not for more than ten years; a step, but a second stays whole, as every time is told.
 * @throws Forbidden for anybody but front desk and admin
 */
export function overriding(
  actor: Person,
  override: { readonly reason: string } | undefined,
  startsAt: number,
  now: number,
): readonly Reason[] {
  if (override === undefined) return []
  requireMayOverride(actor)
  const kept: Partial<Record<Reason, boolean>> = {
    'off-step': startsAt % 1000 !== 0,
    'lead-time': startsAt < now,
    horizon: startsAt > now + MOST_AHEAD,
  }
  return overridableReasons.filter((reason) => !kept[reason])
}

/** @throws Forbidden for anybody but front desk and admin */
export function requireMayOverride(actor: Person): void {
  if (!mayOverride(actor)) throw new Forbidden('Only front desk and admins override.')
}
