import type { Attempt } from './queries/deliveries.ts'

/** Whether an endpoint is told anything: its account is still an admin's. */
export function mayBeTold({ isDisabled, account }: Pick<Attempt, 'isDisabled' | 'account'>): boolean {
  return !isDisabled && !account.isDisabled && account.roles.includes('admin')
}
