import { hasRole, type Person } from '../../platform/actor.ts'
import type { Relation } from '../pets/lookup.ts'

/** Saying who owns a pet: owners with the right to, and front desk and admins for their clients; no vet as such. */
export function mayManage(actor: Person, { rights }: Relation): boolean {
  return hasRole(actor, 'receptionist', 'admin') || rights?.includes('manage') === true
}

/** Everyone may leave; removing others is for whoever manages. */
export function mayEnd(actor: Person, relation: Relation, owner: { readonly id: string } | undefined): boolean {
  return owner?.id === actor.accountId || mayManage(actor, relation)
}
