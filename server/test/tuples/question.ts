import { type RecordType, type TokenScope, tokenScopes } from '@petra/contract'
import type { Account, Entry, Facts, Pet, Place, Provider, Visit } from './facts.ts'
import type { Random } from './random.ts'

/** What is asked, by the contract's operation ids. */
export const operations = [
  'getMe',
  'updateMe',
  'listOwners',
  'createOwner',
  'createStaff',
  'listPets',
  'createPet',
  'getPet',
  'replacePet',
  'updatePet',
  'archivePet',
  'getPetPhoto',
  'setPetPhoto',
  'removePetPhoto',
  'getVaccinationStatus',
  'getAccessLog',
  'requestEmergencyAccess',
  'createLocation',
  'replaceLocation',
  'createResource',
  'createService',
  'createProvider',
  'replaceProvider',
  'getWorkingHours',
  'setWorkingHours',
  'addTimeOff',
  'addExtraHours',
  'addClosure',
  'searchAvailability',
  'listAppointments',
  'bookAppointment',
  'getAppointment',
  'changeAppointment',
  'cancelAppointment',
  'confirmAppointment',
  'checkInAppointment',
  'startAppointment',
  'completeAppointment',
  'markNoShow',
  'listMedicalRecords',
  'addMedicalRecord',
  'getMedicalRecord',
  'listMedicalRecordVersions',
  'amendMedicalRecord',
  'retractMedicalRecord',
  'verifyMedicalRecord',
  'addMedicalDocument',
  'getMedicalDocument',
  'addAddendum',
  'signVisitNote',
  'refillMedication',
  'listMedications',
  'listProblems',
  'getWeightHistory',
  'listAppointmentAlerts',
  'listAuditEvents',
] as const

/** Whether it lists in pages, and not a whole. */
export function isPaged(operation: Operation): boolean {
  return operation.startsWith('list') && !/(Medications|Problems|Alerts)$/.test(operation)
}

export type Operation = (typeof operations)[number]

/** How a question is put: as it is, or in another way that must not change what may be known. */
export const forms = [
  'plain',
  'plain',
  'plain',
  /** HEAD for GET. */
  'head',
  /** Ids in upper case. */
  'upper',
  /** An id's first character percent-encoded. */
  'encoded',
  /** A query parameter that the operation does not have. */
  'noise',
  /** If-None-Match with any tag. */
  'any tag',
  /** If-None-Match with the tag of what the front desk sees. */
  'known tag',
  /** A list walked in pages of twenty. */
  'pages',
] as const

/** One draw of everything; an operation asks of what it is about. */
export interface Question {
  /** Null for nobody. */
  readonly who: Account | null
  /** What the token carries that is asked with; null for a session. */
  readonly scopes: readonly TokenScope[] | null
  readonly operation: Operation
  readonly form: (typeof forms)[number]
  readonly pet: Pet
  readonly visit: Visit
  /** Of the pet, or of another one. */
  readonly entry: Entry
  readonly provider: Provider
  readonly place: Place
  /** Whose pets are asked for, or whom one is added to; null for one's own. */
  readonly owner: Account | null
  /** Whether a list is searched, and by what it is narrowed. */
  readonly search: boolean
  readonly filter: 'none' | 'pet' | 'provider' | 'place' | 'status' | 'type'
  readonly type: RecordType
}

export function drawQuestion(random: Random, facts: Facts): Question {
  const { accounts, pets, visits, entries, providers, places } = facts
  const asked = random.oneOf(weighted)
  const isBooking = asked === 'bookAppointment'
  const visit = random.oneOf(
    isBooking ? visits.filter(({ place, provider }) => provider.places.includes(place)) : visits,
  )
  const entry = random.oneOf(entries)
  const provider = random.oneOf(providers)
  const isOfEntry = /Medical|Addendum|VisitNote|refill/.test(asked)
  const nowhere: Pet = { id: random.uuid(), name: 'Nowhere', microchip: '', isGone: true }
  const isOfVisit = /Appointment$|NoShow|Alerts/.test(asked) && !isBooking
  const any = random.happens(0.05) ? nowhere : isOfEntry && random.happens(0.8) ? entry.pet : random.oneOf(pets)
  const pet = asked === 'listAppointmentAlerts' ? visit.pet : any
  const someone: Account = { id: random.uuid(), name: 'Nobody', roles: [] }
  const who = random.happens(0.03) ? null : drawWho(random, facts, isOfVisit ? visit.pet : pet, visit)
  return {
    pet,
    who,
    scopes: who && random.happens(0.25) ? tokenScopes.filter(() => random.happens(0.6)) : null,
    operation: harmless(asked, visit, entry),
    form: random.oneOf(forms),
    visit: isOfVisit && random.happens(0.05) ? { ...visit, id: random.uuid() } : visit,
    entry: random.happens(0.05) ? { ...entry, id: random.uuid() } : entry,
    provider: random.happens(0.1) ? { ...provider, id: random.uuid() } : provider,
    place: random.oneOf(places),
    owner: random.happens(0.4) ? null : random.oneOf([...accounts, someone]),
    search: random.happens(0.4),
    filter: random.oneOf(['none', 'pet', 'provider', 'place', 'status', 'type']),
    type: random.oneOf(['vaccination', 'allergy', 'medication', 'note', 'diagnosis', 'visit-note', 'lab-result']),
  }
}

/** Another operation in place of one that would be done, and so change the facts. */
function harmless(operation: Operation, { status }: Visit, entry: Entry): Operation {
  const isOpen = status === 'booked' || status === 'confirmed'
  if (operation === 'confirmAppointment' && status === 'booked') return 'completeAppointment'
  if (operation === 'checkInAppointment' && isOpen) return 'startAppointment'
  if (operation === 'startAppointment' && status === 'checked-in') return 'completeAppointment'
  if (operation === 'completeAppointment' && status === 'in-service') return 'checkInAppointment'
  if (operation === 'markNoShow' && isOpen) return 'startAppointment'
  const isVerifiable = entry.source === 'owner-reported' && entry.status === 'current'
  return operation === 'verifyMedicalRecord' && isVerifiable ? 'getMedicalRecord' : operation
}

/** What hangs on a relation is asked more often, and most of all what has the most answers. */
const weighted = operations.flatMap((operation) => {
  const hangsOnRelation =
    /pet|medical|medication|problems|weight|addendum|note|appointment|vaccination|accesslog|noshow/i.test(operation)
  const isManifold =
    /^(getPet|getVaccinationStatus|list(Pets|Appointments|MedicalRecords)|verifyMedicalRecord|addMedicalDocument)$/.test(
      operation,
    )
  return Array.from({ length: isManifold ? 12 : hangsOnRelation ? 5 : 2 }, () => operation)
})

/** Half of the time somebody who has, had or might have to do with it. */
function drawWho(random: Random, facts: Facts, pet: Pet, visit: Visit): Account {
  const near = [
    ...facts.ownerships.filter((ownership) => ownership.pet === pet).map(({ owner }) => owner),
    ...facts.visits.filter((one) => one.pet === pet).map(({ provider }) => provider.account),
    ...facts.emergencies.filter((emergency) => emergency.pet === pet).map(({ vet }) => vet),
    visit.provider.account,
  ]
  return random.oneOf(random.happens(0.5) ? near : facts.accounts)
}

/** Whether a visit is in a list that is narrowed as the question says. */
export function fits(one: Visit, { filter, pet, provider, place, visit }: Question): boolean {
  const by = { pet: one.pet === pet, provider: one.provider === provider, place: one.place === place }
  return filter === 'none' || filter === 'type' || (filter === 'status' ? one.status === visit.status : by[filter])
}
