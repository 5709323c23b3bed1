import type { Method, ProblemCode } from '@petra/contract'
import type { Operation, Question } from './question.ts'

export interface Request {
  readonly method: Method
  readonly path: string
  readonly body?: object
  /** Asks for a change of what nobody has seen. */
  readonly isStale?: boolean
  /** What whoever may do it is answered: a change is asked for in a way that leaves everything as it is. */
  readonly fails?: ProblemCode
}

/** The request that puts a question. */
export function requestOf(question: Question): Request {
  return requests[question.operation](question)
}

const get = (path: string): Request => ({ method: 'GET', path })
const post = (path: string, body: object | undefined, fails: ProblemCode): Request => {
  return { method: 'POST', path, ...(body && { body }), fails }
}
const stale = (method: Method, path: string, body?: object): Request => {
  return { method, path, ...(body && { body }), isStale: true, fails: 'resource.stale' }
}
const step =
  (name: string) =>
  ({ visit }: Question) =>
    post(`/appointments/${visit.id}/${name}`, undefined, 'appointment.illegal-transition')

const backwards = { from: '2027-03-16T00:00', to: '2027-03-15T00:00' }

const requests: Readonly<Record<Operation, (question: Question) => Request>> = {
  getMe: () => get('/me'),
  updateMe: () => stale('PATCH', '/me', { locale: 'fr' }),
  listOwners: ({ owner }) => get(`/owners?search=${encodeURIComponent(owner?.name ?? 'Nobody')}`),
  createOwner: () => post('/owners', { name: 'Again', email: 'person-a@example.test' }, 'resource.conflict'),
  createStaff: () =>
    post('/staff', { name: 'Again', email: 'person-a@example.test', roles: ['admin'] }, 'resource.conflict'),
  listPets: ({ owner, search, pet }) =>
    get(search ? `/pets?search=${encodeURIComponent(pet.name)}` : `/pets${owner ? `?owner=${owner.id}` : ''}`),
  createPet: ({ owner }) =>
    post(
      `/pets${owner ? `?owner=${owner.id}` : ''}`,
      { name: 'Twin', species: 'dog', microchip: '276098106110000' },
      'resource.conflict',
    ),
  getPet: ({ pet }) => get(`/pets/${pet.id}`),
  replacePet: ({ pet }) => stale('PUT', `/pets/${pet.id}`, { name: 'Changed', species: 'cat' }),
  updatePet: ({ pet }) => stale('PATCH', `/pets/${pet.id}`, { name: 'Changed' }),
  archivePet: ({ pet }) => stale('DELETE', `/pets/${pet.id}`),
  // No pet has one.
  getPetPhoto: ({ pet }) => ({ ...get(`/pets/${pet.id}/photo`), fails: 'resource.not-found' }),
  removePetPhoto: ({ pet }) => ({ method: 'DELETE', path: `/pets/${pet.id}/photo`, fails: 'resource.not-found' }),
  setPetPhoto: ({ pet }) => ({
    method: 'PUT',
    path: `/pets/${pet.id}/photo`,
    body: Buffer.from('no photo'),
    fails: 'media-type.unsupported',
  }),
  getVaccinationStatus: ({ pet }) => get(`/pets/${pet.id}/vaccination-status`),
  getAccessLog: ({ pet }) => get(`/pets/${pet.id}/access-log`),
  requestEmergencyAccess: ({ pet }) =>
    post(`/pets/${pet.id}/emergency-access`, { reason: pet.isGone ? 'Hit by a car' : '' }, 'request.invalid'),
  createLocation: () => post('/locations', {}, 'request.invalid'),
  replaceLocation: ({ place }) => stale('PUT', `/locations/${place.id}`, { name: 'Changed', timeZone: 'UTC' }),
  createResource: ({ place }) => post(`/locations/${place.id}/resources`, {}, 'request.invalid'),
  createService: () => post('/services', {}, 'request.invalid'),
  createProvider: () => post('/providers', {}, 'request.invalid'),
  replaceProvider: ({ provider: { id, account } }) =>
    stale('PUT', `/providers/${id}`, { accountId: account.id, services: [], locationIds: [] }),
  getWorkingHours: ({ provider }) => get(`/providers/${provider.id}/working-hours`),
  setWorkingHours: ({ provider: { id, places } }) =>
    stale('PUT', `/providers/${id}/working-hours`, { locationId: places[0]?.id, weekly: [] }),
  addTimeOff: ({ provider: { id } }) => post(`/providers/${id}/time-off`, backwards, 'request.invalid'),
  addExtraHours: ({ provider: { id, places } }) =>
    post(`/providers/${id}/extra-hours`, { ...backwards, locationId: places[0]?.id }, 'request.invalid'),
  addClosure: ({ place }) => post(`/locations/${place.id}/closures`, backwards, 'request.invalid'),
  searchAvailability: ({ pet }) => get(`/availability?service=grooming&date=2027-03-15&pet=${pet.id}`),
  listAppointments: (question) => get(`/appointments${narrowed(question)}`),
  bookAppointment: ({ pet, visit: { kind, place, provider } }) =>
    post(
      '/appointments',
      {
        petId: pet.id,
        service: kind === 'grooming' ? 'grooming' : 'exam',
        startsAt: '2026-03-16T12:00:00Z',
        locationId: place.id,
        providerId: provider.id,
      },
      'appointment.not-bookable',
    ),
  getAppointment: ({ visit }) => get(`/appointments/${visit.id}`),
  changeAppointment: ({ visit }) => stale('PUT', `/appointments/${visit.id}`, { notes: 'Changed' }),
  cancelAppointment: ({ visit }) => stale('DELETE', `/appointments/${visit.id}`),
  confirmAppointment: step('confirmation'),
  checkInAppointment: step('check-in'),
  startAppointment: step('start'),
  completeAppointment: step('completion'),
  markNoShow: step('no-show'),
  listMedicalRecords: ({ pet, search, filter, type, entry }) =>
    get(
      `/pets/${pet.id}/medical-records?${[
        ...(search ? [`search=${entry.word.toUpperCase()}`] : []),
        ...(filter === 'type' ? [`type=${type}`] : []),
      ].join('&')}`,
    ),
  addMedicalRecord: ({ pet, type }) =>
    post(`/pets/${pet.id}/medical-records`, { type, occurredOn: '2999-12-31' }, 'medical-record.invalid-details'),
  getMedicalRecord: ({ pet, entry }) => get(`/pets/${pet.id}/medical-records/${entry.id}`),
  listMedicalRecordVersions: ({ pet, entry }) => get(`/pets/${pet.id}/medical-records/${entry.id}/history`),
  amendMedicalRecord: ({ pet, entry }) =>
    stale('PUT', `/pets/${pet.id}/medical-records/${entry.id}`, { description: 'Changed' }),
  retractMedicalRecord: ({ pet, entry: { id, status } }) => {
    const request = stale('DELETE', `/pets/${pet.id}/medical-records/${id}?reason=mistake`)
    // Twice is once: nothing is left that could be stale.
    return status === 'current' ? request : { method: request.method, path: request.path }
  },
  verifyMedicalRecord: ({ pet, entry }) =>
    post(`/pets/${pet.id}/medical-records/${entry.id}/verification`, undefined, 'resource.conflict'),
  addMedicalDocument: ({ pet, entry }) =>
    post(`/pets/${pet.id}/medical-records/${entry.id}/documents`, new FormData(), 'request.invalid'),
  getMedicalDocument: ({ pet, entry }) => get(`/pets/${pet.id}/medical-records/${entry.id}/documents/${entry.id}`),
  addAddendum: ({ pet, entry }) =>
    post(
      `/pets/${pet.id}/medical-records/${entry.id}/addenda`,
      { occurredOn: '2026-03-30', description: 'More' },
      'resource.conflict',
    ),
  signVisitNote: ({ pet, entry }) =>
    post(`/pets/${pet.id}/medical-records/${entry.id}/signature`, undefined, 'resource.conflict'),
  refillMedication: ({ pet, entry }) =>
    post(`/pets/${pet.id}/medical-records/${entry.id}/refills`, undefined, 'resource.conflict'),
  listMedications: ({ pet }) => get(`/pets/${pet.id}/medications`),
  listProblems: ({ pet }) => get(`/pets/${pet.id}/problems`),
  getWeightHistory: ({ pet }) => get(`/pets/${pet.id}/weights`),
  listAppointmentAlerts: ({ visit }) => get(`/appointments/${visit.id}/alerts`),
  listAuditEvents: ({ pet }) => get(`/audit-events?action=medical-record.added&pet=${pet.id}`),
}

function narrowed({ filter, pet, provider, place, visit }: Question): string {
  const values = { pet: pet.id, provider: provider.id, location: place.id, status: visit.status }
  const name = filter === 'place' ? 'location' : filter
  return name in values ? `?${name}=${values[name as keyof typeof values]}` : ''
}
