import type { Role } from '@petra/contract'
import { carries } from './carries.ts'
import type { Entry, Facts, Pet, Visit } from './facts.ts'
import { fits, type Question } from './question.ts'
import { forbidden, idsOf, nobody, noCare, notFound, type Seen, type Verdict, verified, yes } from './verdict.ts'

const HOUR = 3_600_000
const ownersTypes = ['allergy', 'medication', 'vaccination', 'weight', 'document', 'note']

/** Whom an operation is for, whatever it is asked of; what is not here is for everybody who is signed in. */
const onlyFor: readonly (readonly [operations: string, ...Role[]])[] = [
  ['listOwners createOwner', 'receptionist', 'admin'],
  ['getWorkingHours checkInAppointment startAppointment', 'receptionist', 'groomer', 'veterinarian', 'admin'],
  ['completeAppointment markNoShow', 'receptionist', 'groomer', 'veterinarian', 'admin'],
  ['verifyMedicalRecord requestEmergencyAccess signVisitNote addAddendum refillMedication', 'veterinarian'],
  ['addTimeOff', 'veterinarian', 'admin'],
  ['createStaff createProvider replaceProvider createService createLocation replaceLocation createResource', 'admin'],
  ['setWorkingHours addExtraHours addClosure listAuditEvents', 'admin'],
]

/** What the rules of the trade say to a question at an instant: facts and predicates, and nothing of how Petra does it. */
export function judge(facts: Facts, now: number, question: Question): Verdict {
  const { who, operation, pet, visit, entry, provider, owner, search, filter, type } = question
  if (who === null) return nobody
  const is = (...roles: Role[]) => roles.some((role) => who.roles.includes(role))
  if (question.scopes && !carries(question.scopes, operation)) return forbidden('scope', 'auth.insufficient-scope')
  const [, ...roles] = onlyFor.find(([operations]) => operations.split(' ').includes(operation)) ?? ['', 'owner']
  if (!is(...roles)) return forbidden('role')

  // Owning.
  const rightsTo = (pet: Pet) =>
    facts.ownerships.find((one) => one.pet === pet && one.owner === who && one.until === null)?.rights ?? []
  const owns = (pet: Pet) => rightsTo(pet).length > 0

  // Working.
  const isDesk = is('receptionist', 'admin')
  const reachesAll = is('receptionist', 'veterinarian', 'admin')
  const provides = (v: Visit) => v.provider.account === who
  const roleAt = (v: Visit) => facts.providers.find((one) => one.account === who && one.places.includes(v.place))?.role
  const runsAsVet = (v: Visit) => is('veterinarian') && (provides(v) || roleAt(v) !== undefined)
  const runs = (v: Visit) => isDesk || runsAsVet(v) || (is('groomer') && provides(v))
  const isOff = (v: Visit) => v.status === 'cancelled' || v.status === 'declined'
  const visitsOf = (pet: Pet) => facts.visits.filter((v) => v.pet === pet && !isOff(v))
  const grooms = (pet: Pet) => is('groomer') && visitsOf(pet).some((v) => provides(v) && now < v.endsAt + 24 * HOUR)

  // Treating.
  const twoYearsAgo = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').subtract({ months: 24 })
  const makesCare = ({ kind, status, startsAt, isBookedByVet }: Visit) =>
    kind === 'veterinary' &&
    status !== 'no-show' &&
    startsAt > twoYearsAgo.epochMilliseconds &&
    (!isBookedByVet || ['checked-in', 'in-service', 'completed'].includes(status))
  const hasEmergency = (pet: Pet) =>
    facts.emergencies.some((one) => one.pet === pet && one.vet === who && now < one.until)
  const treats = (pet: Pet) =>
    is('veterinarian') && (hasEmergency(pet) || visitsOf(pet).some((v) => makesCare(v) && roleAt(v) === 'veterinarian'))

  // What is out of sight does not exist.
  const view = pet.isGone ? null : owns(pet) || reachesAll ? 'full' : grooms(pet) ? 'limited' : null
  const ofPet = (may: boolean, sees: Seen = null) => (view === null ? notFound : may ? yes(sees) : forbidden('rights'))
  const seesVisit = (v: Visit) => owns(v.pet) || runs(v)
  const mayBook = (pet: Pet) => rightsTo(pet).includes('book')
  const ofVisit = (may: boolean) =>
    !facts.visits.includes(visit) || !seesVisit(visit) ? notFound : may ? yes([visit.id]) : forbidden('rights')
  const ofProvider = (may: boolean) =>
    !facts.providers.includes(provider) ? notFound : may ? yes() : forbidden('own only')
  const ofRecords = (then: () => Verdict) => {
    if (view === null) return notFound
    if (rightsTo(pet).includes('records') || treats(pet)) return then()
    return is('veterinarian') ? noCare : forbidden('records')
  }
  const isThere = facts.entries.includes(entry) && entry.pet === pet
  const ofEntry = (then: () => Verdict) => ofRecords(() => (isThere ? then() : notFound))
  const changesEntry = () =>
    treats(pet) || (entry.source === 'owner-reported' && entry.author === who) ? yes() : forbidden('own only')

  const ownPets = (one: Pet) =>
    facts.ownerships.some((o) => o.pet === one && o.owner === (owner ?? who) && o.until === null)
  const ofOthers = (owner ?? who) !== who
  const recordsWanted = (one: Entry) => (!search || one.word === entry.word) && (filter !== 'type' || one.type === type)

  const verdicts: Readonly<Record<string, () => Verdict>> = {
    getMe: () => yes([who.id]),
    listOwners: () => yes(idsOf(facts.accounts, (one) => one === owner)),
    listPets: () =>
      (search || ofOthers) && !reachesAll
        ? forbidden('others')
        : yes(idsOf(facts.pets, (one) => !one.isGone && (search ? one === pet : ownPets(one)))),
    createPet: () =>
      ofOthers && !reachesAll ? forbidden('others') : !owner || facts.accounts.includes(owner) ? yes() : notFound,
    getPet: () => ofPet(true, view),
    getPetPhoto: () => ofPet(true),
    'replacePet updatePet archivePet setPetPhoto removePetPhoto': () =>
      ofPet(reachesAll || rightsTo(pet).includes('manage')),
    getVaccinationStatus: () =>
      ofPet(owns(pet) || grooms(pet) || is('receptionist', 'veterinarian'), vaccinationsOf(facts, visitsOf(pet), pet)),
    getAccessLog: () => ofPet(owns(pet)),
    'requestEmergencyAccess searchAvailability': () => ofPet(true),
    getWorkingHours: () => ofProvider(isDesk || provider.account === who),
    addTimeOff: () => ofProvider(is('admin') || provider.account === who),
    'replaceProvider setWorkingHours addExtraHours': () => ofProvider(true),
    listAppointments: () => yes(idsOf(facts.visits, (v) => seesVisit(v) && fits(v, question))),
    bookAppointment: () => ofPet(mayBook(pet) || isDesk || (is('veterinarian') && roleAt(visit) !== undefined)),
    getAppointment: () => ofVisit(true),
    'changeAppointment confirmAppointment': () => ofVisit(mayBook(visit.pet) || runs(visit)),
    cancelAppointment: () => ofVisit(mayBook(visit.pet) || isDesk || runsAsVet(visit)),
    checkInAppointment: () => ofVisit(runs(visit) && !(visit.isBookedByVet && provides(visit))),
    'startAppointment completeAppointment markNoShow': () => ofVisit(runs(visit)),
    listMedicalRecords: () =>
      ofRecords(() =>
        yes(idsOf(facts.entries, (one) => one.pet === pet && one.status === 'current' && recordsWanted(one))),
      ),
    addMedicalRecord: () =>
      ofRecords(() => (treats(pet) || ownersTypes.includes(type) ? yes() : forbidden(`${type} is for vets`))),
    getMedicalRecord: () => ofEntry(() => yes([entry.id])),
    listMedicalRecordVersions: () => ofEntry(() => yes(['1'])),
    'amendMedicalRecord retractMedicalRecord': () => ofEntry(changesEntry),
    verifyMedicalRecord: () => ofEntry(() => (treats(pet) ? yes() : noCare)),
    'listMedications getWeightHistory': () => ofRecords(() => yes([])),
    listProblems: () =>
      ofRecords(() =>
        yes(idsOf(facts.entries, (one) => one.pet === pet && one.status === 'current' && one.type === 'diagnosis')),
      ),
    // Nobody has sent a document yet.
    getMedicalDocument: () => ofRecords(() => notFound),
    addMedicalDocument: () =>
      ofEntry(() => (entry.isVerified && !treats(pet) && entry.author === who ? verified : changesEntry())),
    'addAddendum refillMedication': () => ofEntry(() => (treats(pet) ? yes() : noCare)),
    signVisitNote: () => ofEntry(() => (!treats(pet) ? noCare : entry.author === who ? yes() : forbidden('own only'))),
    listAppointmentAlerts: () =>
      facts.visits.includes(visit) && seesVisit(visit) ? ofRecords(() => yes([])) : notFound,
    listAuditEvents: () => yes(idsOf(facts.entries, (one) => one.pet === pet)),
  }
  const found = Object.entries(verdicts).find(([operations]) => operations.split(' ').includes(operation))
  return found?.[1]() ?? yes()
}

/** Of a groomed pet this is all there is of its records: what a vet gave or vouches for counts. */
function vaccinationsOf({ entries }: Facts, visits: readonly Visit[], pet: Pet): string[] {
  if (!visits.some(({ place, status }) => place.requiresRabies && status !== 'no-show')) return []
  const doses = entries.filter((one) => one.pet === pet && one.type === 'vaccination' && one.status === 'current')
  const isVouched = doses.some(({ source, isVerified }) => source === 'clinical' || isVerified)
  return [`rabies ${isVouched ? 'valid' : doses.length > 0 ? 'unverified' : 'missing'}`]
}
