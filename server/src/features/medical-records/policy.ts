import type { RecordType } from '@petra/contract'
import { type Actor, hasRole, type Purpose } from '../../platform/actor.ts'
import type { Relation, Right } from '../pets/lookup.ts'

/** How an actor stands to the records of a pet. */
export interface RecordRelation {
  /** The rights of their ownership, if any. */
  readonly rights: readonly Right[] | null
  /** Whether the pet is under their care, as a vet. */
  readonly underCare: boolean
  /** Whether an emergency access of theirs is open, as a vet. */
  readonly inEmergency: boolean
}

/** What the relation opens: someone may both own and treat a pet, and then holds what either gives. */
export interface RecordAccess {
  readonly treats: boolean
  /** As the trail records it; emergency only where nothing else would have opened the records. */
  readonly purpose: Purpose
}

/** The types of entries that owners make. */
const ownerTypes: readonly RecordType[] = ['allergy', 'medication', 'vaccination', 'weight', 'document', 'note']

/** Vets treat: care and emergencies open records to nobody else. */
export function mayTreat(actor: Actor): boolean {
  return hasRole(actor, 'veterinarian')
}

/** The access to a pet's records, or null: only owners with the right to them and vets who treat the pet have any. */
export function recordAccess({ rights, underCare, inEmergency }: RecordRelation): RecordAccess | null {
  const owns = rights?.includes('records') === true
  const treats = underCare || inEmergency
  if (!owns && !treats) return null
  return { treats, purpose: underCare ? 'care' : owns ? 'owner-request' : 'emergency' }
}

/** What an entry of theirs counts as. */
export function sourceOf({ treats }: RecordAccess): 'clinical' | 'owner-reported' {
  return treats ? 'clinical' : 'owner-reported'
}

export function mayAdd({ treats }: RecordAccess, type: RecordType): boolean {
  return treats || ownerTypes.includes(type)
}

/** Vets change any entry; owners the ones they reported themselves. */
export function mayChange(
  { treats }: RecordAccess,
  actor: Actor,
  record: { readonly source: string; readonly author: { readonly id: string } },
): boolean {
  return treats || (record.source === 'owner-reported' && record.author.id === actor.accountId)
}

/** A visit note, or an addendum to one, is signed by who wrote it. */
export function maySign(
  { treats }: RecordAccess,
  actor: Actor,
  record: { readonly author: { readonly id: string } },
): boolean {
  return treats && record.author.id === actor.accountId
}

/** Owners, front desk and vets, and the groomer of a pet on the books: it is all of a record that groomers get. */
export function mayReadVaccinationStatus(actor: Actor, { rights, isBooked }: Relation): boolean {
  return rights !== null || hasRole(actor, 'receptionist', 'veterinarian') || isBooked
}
