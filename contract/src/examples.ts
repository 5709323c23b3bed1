/** Ids used in the examples of the API's documentation. */
export const exampleIds = {
  owner: '01980a6e-0c00-7000-8000-000000000001',
  pet: '01980a6e-0c00-7000-8000-000000000002',
  vet: '01980a6e-0c00-7000-8000-000000000003',
  provider: '01980a6e-0c00-7000-8000-000000000004',
  location: '01980a6e-0c00-7000-8000-000000000005',
  service: '01980a6e-0c00-7000-8000-000000000006',
  appointment: '01980a6e-0c00-7000-8000-000000000007',
  record: '01980a6e-0c00-7000-8000-000000000008',
  event: '01980a6e-0c00-7000-8000-000000000009',
  resource: '01980a6e-0c00-7000-8000-00000000000a',
  session: '01980a6e-0c00-7000-8000-00000000000b',
  groomer: '01980a6e-0c00-7000-8000-00000000000c',
  scheduleChange: '01980a6e-0c00-7000-8000-00000000000d',
  request: '01980a6e-0c00-7000-8000-00000000000e',
  export: '01980a6e-0c00-7000-8000-00000000000f',
  token: '01980a6e-0c00-7000-8000-000000000010',
  coOwner: '01980a6e-0c00-7000-8000-000000000011',
  offer: '01980a6e-0c00-7000-8000-000000000012',
  hold: '01980a6e-0c00-7000-8000-000000000013',
  addendum: '01980a6e-0c00-7000-8000-0000000000a1',
  webhook: '01980a6e-0c00-7000-8000-000000000030',
  admin: '01980a6e-0c00-7000-8000-000000000031',
} as const

export const exampleAccount = {
  id: exampleIds.owner,
  email: 'maya@example.test',
  name: 'Maya',
  roles: ['owner'],
  locale: 'en',
  phone: '+1 212 555 0123',
  createdAt: '2026-11-22T09:00:00Z',
}

export const exampleAppointment = {
  id: exampleIds.appointment,
  petId: exampleIds.pet,
  service: { id: exampleIds.service, slug: 'grooming', name: 'Grooming' },
  provider: { id: exampleIds.provider, name: 'Tomas' },
  location: { id: exampleIds.location, name: 'Petra Downtown', timeZone: 'America/New_York' },
  startsAt: '2027-03-15T13:00:00Z',
  endsAt: '2027-03-15T14:00:00Z',
  localStart: '2027-03-15T09:00:00',
  resourceIds: [exampleIds.resource],
  status: 'booked',
  notes: 'Short around the ears, please.',
  overridden: false,
  lateCancellation: false,
  createdAt: '2027-03-01T10:00:00Z',
  updatedAt: '2027-03-01T10:00:00Z',
}

export const exampleRecordContent = {
  occurredOn: '2026-03-30',
  description: 'Left shoulder, no reaction.',
  details: { vaccine: 'rabies', dose: 'booster', licensedYears: 1 },
}

export const exampleRecord = {
  id: exampleIds.record,
  petId: exampleIds.pet,
  type: 'vaccination',
  ...exampleRecordContent,
  documents: [],
  source: 'clinical',
  verifiedBy: null,
  author: { id: exampleIds.vet, name: 'Dr. Lind' },
  appointmentId: exampleIds.appointment,
  addendumTo: null,
  addendumIds: [],
  signedAt: null,
  locksAt: null,
  status: 'current',
  version: 1,
  createdAt: '2026-03-30T15:00:00Z',
  updatedAt: '2026-03-30T15:00:00Z',
}
