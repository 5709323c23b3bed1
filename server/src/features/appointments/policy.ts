import { type Actor, hasRole } from '../../platform/actor.ts'
import type { Right } from '../pets/lookup.ts'

/** How an actor stands to an appointment. */
export interface Relation {
  /** The rights of their ownership of the pet, null without one. */
  readonly rights: readonly Right[] | null
  /** Whether they are the provider. */
  readonly isProvider: boolean
  /** Whether they are a provider at its location. */
  readonly isAtLocation: boolean
  /** Whether it was they who booked it, as a vet. */
  readonly bookedItAsVet: boolean
}

/** Front desk and admin: any appointment; vets: their own and those at their locations; groomers: their own; owners: their pets'. */
export function maySee(actor: Actor, relation: Relation): boolean {
  return relation.rights !== null || runs(actor, relation)
}

/** Moving and changing: whoever runs the visit, and owners with the right to book. */
export function mayChange(actor: Actor, relation: Relation): boolean {
  return hasBookingRight(relation) || runs(actor, relation)
}

/** Cancelling: the same, without groomers, who move but do not cancel. */
export function mayCancel(actor: Actor, relation: Relation): boolean {
  return hasBookingRight(relation) || runsDesk(actor) || runsAsVet(actor, relation)
}

/**
 * Checking in: whoever runs the visit, but no vet what they booked themselves. It is the check-in that puts a pet under care,
 * and nobody grants themselves that.
 */
export function mayCheckIn(actor: Actor, relation: Relation): boolean {
  return runs(actor, relation) && !relation.bookedItAsVet
}

/** Starting, completing, marking a no-show: whoever runs the visit, and no owner as such. */
export function mayProgress(actor: Actor, relation: Relation): boolean {
  return runs(actor, relation)
}

/** Approving and declining: front desk, admin, and whoever is asked to do the visit. */
export function mayDecide(actor: Actor, { isProvider }: Relation): boolean {
  return runsDesk(actor) || (isProvider && hasRole(actor, 'groomer', 'veterinarian'))
}

/** Booking for a pet: its owners with the right to, front desk and admin anywhere, vets at their own locations. */
export function mayBook(actor: Actor, asked: { rights: readonly Right[] | null; isAtLocation: boolean }): boolean {
  return hasBookingRight(asked) || runsDesk(actor) || (hasRole(actor, 'veterinarian') && asked.isAtLocation)
}

/** Giving times that the rules do not offer. */
export function mayOverride(actor: Actor): boolean {
  return runsDesk(actor)
}

/** Reading why a rule was set aside: whoever runs the visit. */
export function mayReadOverride(actor: Actor, relation: Relation): boolean {
  return runs(actor, relation)
}

/** What of other people's appointments an actor may list. */
export function listReach(actor: Actor) {
  return {
    everything: runsDesk(actor),
    asProvider: hasRole(actor, 'groomer', 'veterinarian'),
    atOwnLocations: hasRole(actor, 'veterinarian'),
  }
}

function hasBookingRight({ rights }: { rights: readonly Right[] | null }): boolean {
  return rights?.includes('book') === true
}

function runs(actor: Actor, relation: Relation): boolean {
  return runsDesk(actor) || runsAsVet(actor, relation) || (hasRole(actor, 'groomer') && relation.isProvider)
}

function runsDesk(actor: Actor): boolean {
  return hasRole(actor, 'receptionist', 'admin')
}

function runsAsVet(actor: Actor, { isProvider, isAtLocation }: Relation): boolean {
  return hasRole(actor, 'veterinarian') && (isProvider || isAtLocation)
}
