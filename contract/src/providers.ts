import { Account, NewPassword, PersonName, Role } from './accounts.ts'
import { handling, handlingRule } from './appointment-handling.ts'
import { Slug } from './catalogue.ts'
import { Closed, Email, Id, OneOf, Page, pageQuery } from './common.ts'
import { exampleIds } from './examples.ts'
import { species } from './pets.ts'
import { route } from './route.ts'
import { providerRoles, ServiceRef } from './services.ts'
import { weakPasswords } from './sign-in.ts'
import Type, { type Static } from './type.ts'

export const StaffInput = Closed({
  email: Email,
  name: PersonName,
  roles: Type.Array(Role, { minItems: 1, uniqueItems: true, description: '`owner` is held in any case' }),
  password: Type.Optional(NewPassword),
})

/** A service that a provider performs for some species only. */
export const Skill = Closed({
  service: Slug,
  species: Type.Array(OneOf(species), {
    minItems: 1,
    uniqueItems: true,
    description: 'The only ones it is performed for',
  }),
})

const skills = Type.Array(Skill, {
  maxItems: 100,
  default: [],
  description: 'Those of the services that are performed for some species only; the others are for every one',
})

const ProviderFields = {
  services: Type.Array(Slug, { uniqueItems: true, maxItems: 100, description: 'Slugs of the services performed' }),
  locationIds: Type.Array(Id, { uniqueItems: true, maxItems: 100 }),
}

const active = Type.Boolean({ default: true, description: 'Otherwise nobody is offered or booked in with them' })

export const ProviderInput = Closed({
  accountId: Id,
  ...ProviderFields,
  skills: Type.Optional(skills),
  active: Type.Optional(active),
})

export const ProviderReplacement = Closed({ ...ProviderInput.properties, ...handling })

/** A vet or groomer, as the public sees them. */
export const Provider = Closed({
  id: Id,
  name: PersonName,
  role: OneOf(providerRoles),
  ...ProviderFields,
  skills,
  active,
})

export type StaffInput = Static<typeof StaffInput>
export type Skill = Static<typeof Skill>
export type ProviderInput = Static<typeof ProviderInput>
export type ProviderReplacement = Static<typeof ProviderReplacement>
export type Provider = Static<typeof Provider>

const tag = 'Catalogue'

const tomas = {
  id: exampleIds.provider,
  name: 'Tomas',
  role: 'groomer',
  services: ['grooming'],
  locationIds: [exampleIds.location],
  skills: [{ service: 'grooming', species: ['dog', 'cat'] }],
  active: true,
}

const tomasInput = {
  accountId: exampleIds.groomer,
  services: tomas.services,
  locationIds: tomas.locationIds,
  skills: tomas.skills,
}

export const createStaff = route({
  operationId: 'createStaff',
  method: 'POST',
  url: '/staff',
  permission: 'staff.create',
  tag,
  summary: 'Add a member of staff',
  description:
    'Opens an account with staff roles. With a password they can sign in at once; without one they are invited by mail. ' +
    'An address that is already known answers 409 `resource.conflict`.',
  body: StaffInput,
  answers: { 201: Account },
  problems: ['resource.conflict', ...weakPasswords],
  example: {
    body: { email: 'tomas@example.test', name: 'Tomas', roles: ['groomer'] },
    answer: {
      id: exampleIds.groomer,
      email: 'tomas@example.test',
      name: 'Tomas',
      roles: ['owner', 'groomer'],
      locale: 'en',
      createdAt: '2026-11-22T09:00:00Z',
    },
  },
})

export const listProviders = route({
  operationId: 'listProviders',
  method: 'GET',
  url: '/providers',
  public: true,
  tag,
  summary: 'List providers',
  description: 'The vets and groomers, by name; with `service` or `location`, those who perform it or work there.',
  query: Closed({
    service: Type.Optional(ServiceRef),
    location: Type.Optional(Id),
    ...pageQuery,
  }),
  answers: { 200: Page(Provider) },
  problems: [],
  example: { query: { service: 'grooming' }, answer: { items: [tomas], nextCursor: null } },
})

export const getProvider = route({
  operationId: 'getProvider',
  method: 'GET',
  url: '/providers/{providerId}',
  public: true,
  tag,
  summary: 'Read a provider',
  description: 'One vet or groomer, as the public sees them.',
  params: Closed({ providerId: Id }),
  answers: { 200: Provider },
  problems: ['resource.not-found'],
  example: { params: { providerId: exampleIds.provider }, answer: tomas },
})

export const createProvider = route({
  operationId: 'createProvider',
  method: 'POST',
  url: '/providers',
  permission: 'catalogue.write',
  tag,
  summary: 'Add a provider',
  description:
    'Puts a vet or groomer on the books. The account must hold the role that all the services ask for, else 422 ' +
    '`reference.unknown`, and `skills` are about `services`; one that is a provider already answers 409 `resource.conflict`.',
  body: ProviderInput,
  answers: { 201: Provider },
  problems: ['reference.unknown', 'resource.conflict'],
  example: { body: tomasInput, answer: tomas },
})

export const replaceProvider = route({
  operationId: 'replaceProvider',
  method: 'PUT',
  url: '/providers/{providerId}',
  permission: 'catalogue.write',
  tag,
  summary: 'Replace a provider',
  description:
    'Sets what the provider performs and where. The account stays the same: another answers 409 `resource.conflict`. ' +
    `Working hours at a location that is left out end; who is not \`active\` is no longer offered, ` +
    `and needs no role to be taken off the books. ${handlingRule}`,
  params: Closed({ providerId: Id }),
  body: ProviderReplacement,
  answers: { 200: Provider },
  problems: [
    'resource.not-found',
    'reference.unknown',
    'resource.conflict',
    'resource.stale',
    'schedule.appointments-affected',
  ],
  example: { params: { providerId: exampleIds.provider }, body: tomasInput, answer: tomas },
})
