import { type Actor, hasRole } from '../../platform/actor.ts'

/** Front desk and admins read every schedule, a provider their own. */
export function mayReadSchedule(actor: Actor, provider: { accountId: string }): boolean {
  return hasRole(actor, 'receptionist', 'admin') || provider.accountId === actor.accountId
}

/** Admins take anyone off the books, a vet themselves: groomers lack the permission. */
export function mayAddTimeOff(actor: Actor, provider: { accountId: string }): boolean {
  return hasRole(actor, 'admin') || provider.accountId === actor.accountId
}
