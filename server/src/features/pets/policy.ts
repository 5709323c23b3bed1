import type { Right } from '@petra/contract'
import { type Actor, hasRole } from '../../platform/actor.ts'

export type { Right } from '@petra/contract'

/** How an actor stands to a pet. */
export interface Relation {
  /** The rights of their ownership, if any. */
  readonly rights: readonly Right[] | null
  /** Whether they groom it: are the provider of a visit, from its booking until 24 hours after its end. */
  readonly isBooked: boolean
}

/** Front desk, vets and admins reach every pet's profile. */
export function reachesEveryPet(actor: Actor): boolean {
  return hasRole(actor, 'receptionist', 'veterinarian', 'admin')
}

/** Groomers reach the pets on their books. */
export function reachesBookedPets(actor: Actor): boolean {
  return hasRole(actor, 'groomer')
}

/** The whole profile, the limited one, or nothing: a pet one may not see does not exist. */
export function viewOf(actor: Actor, { rights, isBooked }: Relation): 'full' | 'limited' | null {
  if (rights !== null || reachesEveryPet(actor)) return 'full'
  return isBooked ? 'limited' : null
}

export function mayChange(actor: Actor, { rights }: Relation): boolean {
  return reachesEveryPet(actor) || rights?.includes('manage') === true
}

/** Only owners see who looked; the company has the trail. */
export function mayReadAccessLog({ rights }: Relation): boolean {
  return rights !== null
}
