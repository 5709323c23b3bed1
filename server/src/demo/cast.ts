import type { LocationInput, PetInput, ResourceInput, ServiceInput } from '@petra/contract'
import type { Role } from '../platform/actor.ts'

/** Every demo account's password. The demo company is never loaded in production unless somebody asks for it. */
export const password = 'good dog, stay safe'

export const locations: readonly (LocationInput & { resources: readonly ResourceInput[] })[] = [
  {
    name: 'Petra Midtown',
    timeZone: 'America/New_York',
    address: '12 East 31st Street, New York, NY 10016',
    vaccinationPolicy: 'us',
    requiredVaccines: ['rabies'],
    resources: [
      { name: 'Exam room 1', kind: 'exam-room' },
      { name: 'Exam room 2', kind: 'exam-room' },
      { name: 'Theatre', kind: 'surgery' },
      { name: 'Table 1', kind: 'grooming-table' },
      { name: 'Table 2', kind: 'grooming-table' },
    ],
  },
  {
    name: 'Petra Soho',
    timeZone: 'Europe/London',
    address: '8 Berwick Street, London W1F 0PU',
    vaccinationPolicy: 'eu',
    requiredVaccines: ['rabies'],
    resources: [
      { name: 'Exam room', kind: 'exam-room' },
      { name: 'Second exam room', kind: 'exam-room' },
      { name: 'Theatre', kind: 'surgery' },
      { name: 'Table', kind: 'grooming-table' },
    ],
  },
]

const grooming = { kind: 'grooming' as const, resourceKinds: ['grooming-table'] }
const veterinary = { kind: 'veterinary' as const, resourceKinds: ['exam-room'] }

export const services: readonly ServiceInput[] = [
  { slug: 'grooming', name: 'Grooming', ...grooming, durationMinutes: 60, stepMinutes: 30 },
  { slug: 'bath', name: 'Bath and brush', ...grooming, durationMinutes: 45, bufferAfterMinutes: 15 },
  { slug: 'wellness-exam', name: 'Wellness exam', ...veterinary, durationMinutes: 30 },
  { slug: 'vaccination', name: 'Vaccination', ...veterinary, durationMinutes: 15 },
  {
    slug: 'dental-cleaning',
    name: 'Dental cleaning',
    ...veterinary,
    durationMinutes: 60,
    bufferAfterMinutes: 15,
    leadMinutes: 1440,
  },
  {
    slug: 'surgery',
    name: 'Surgery',
    kind: 'veterinary',
    resourceKinds: ['surgery'],
    durationMinutes: 120,
    bufferBeforeMinutes: 30,
    bufferAfterMinutes: 30,
    leadMinutes: 2880,
    cancellationHours: 48,
    requiresApproval: true,
  },
]

interface StaffMember {
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly provides?: readonly string[]
  readonly at: string
}

const exams = ['wellness-exam', 'vaccination', 'dental-cleaning'] as const
const midtown = 'Petra Midtown'
const soho = 'Petra Soho'

export const staff: readonly StaffMember[] = [
  {
    name: 'Dr. Lind',
    email: 'vet@petra.example',
    roles: ['veterinarian'],
    provides: [...exams, 'surgery'],
    at: midtown,
  },
  { name: 'Dr. Okafor', email: 'vet2@petra.example', roles: ['veterinarian'], provides: exams, at: midtown },
  { name: 'Dr. Rao', email: 'vet3@petra.example', roles: ['veterinarian'], provides: [...exams, 'surgery'], at: soho },
  { name: 'Dr. Moreau', email: 'vet4@petra.example', roles: ['veterinarian'], provides: exams, at: soho },
  { name: 'Tomas', email: 'groomer@petra.example', roles: ['groomer'], provides: ['grooming', 'bath'], at: midtown },
  { name: 'Pilar', email: 'groomer2@petra.example', roles: ['groomer'], provides: ['grooming', 'bath'], at: midtown },
  { name: 'Wen', email: 'groomer3@petra.example', roles: ['groomer'], provides: ['grooming', 'bath'], at: soho },
  { name: 'Ines', email: 'reception@petra.example', roles: ['receptionist'], at: midtown },
  { name: 'Ada', email: 'admin@petra.example', roles: ['admin'], at: midtown },
]

export const clients: readonly { name: string; email: string; pets: readonly PetInput[] }[] = [
  {
    name: 'Maya',
    email: 'owner@petra.example',
    pets: [
      {
        name: 'Rex',
        species: 'dog',
        breed: 'Border Collie',
        sex: 'male',
        neutered: true,
        birthDate: '2021-05-02',
        weightGrams: 18_400,
        careNotes: 'Nervous around clippers.',
      },
      {
        name: 'Luna',
        species: 'cat',
        breed: 'European Shorthair',
        sex: 'female',
        birthDate: '2023-08-19',
        weightGrams: 4_100,
      },
    ],
  },
  {
    name: 'Sam',
    email: 'owner2@petra.example',
    pets: [{ name: 'Mimi', species: 'cat', sex: 'female', weightGrams: 3_900 }],
  },
]
