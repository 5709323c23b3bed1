import { handling, handlingRule } from './appointment-handling.ts'
import { Slug } from './catalogue.ts'
import { Closed, Id, OneOf, Page, pageQuery, Text } from './common.ts'
import { exampleIds } from './examples.ts'
import { species } from './pets.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const serviceKinds = ['veterinary', 'grooming'] as const
export const providerRoles = ['veterinarian', 'groomer'] as const

/** What a service is given where its input is silent. */
export const serviceDefaults = {
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  stepMinutes: 15,
  leadMinutes: 60,
  horizonDays: 180,
  cancellationHours: 24,
  reminderHours: [168, 24],
  resourceKinds: [] as string[],
  durations: [] as ServiceDuration[],
  requiresApproval: false,
  active: true,
}

/** A service, named by its slug or its id. */
export const ServiceRef = Text(60, { description: "The service's slug or id", examples: ['grooming'] })

const minutesOfDay = 24 * 60

const visitMinutes = { minimum: 1, maximum: minutesOfDay, description: 'Elapsed minutes' }
const grams = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 2_000_000, description }))

/** How long a service takes for some pets. */
export const ServiceDuration = Closed({
  species: OneOf(species),
  fromGrams: grams('For pets that weigh as much or more'),
  belowGrams: grams('For pets that weigh less'),
  durationMinutes: Type.Integer(visitMinutes),
})

const rules = {
  bufferBeforeMinutes: Type.Integer({
    minimum: 0,
    maximum: 480,
    description: 'Minutes before the visit, for the provider',
  }),
  bufferAfterMinutes: Type.Integer({
    minimum: 0,
    maximum: 480,
    description: 'Minutes after the visit, for the provider',
  }),
  stepMinutes: Type.Integer({
    enum: divisorsOf(minutesOfDay),
    description: 'Starts lie on this step, in minutes of the local day from midnight; it divides the day',
  }),
  leadMinutes: Type.Integer({
    minimum: 0,
    maximum: 30 * minutesOfDay,
    description: 'Minutes between booking and start, at the least',
  }),
  horizonDays: Type.Integer({ minimum: 1, maximum: 730, description: 'Days that can be booked ahead' }),
  cancellationHours: Type.Integer({
    minimum: 0,
    maximum: 720,
    description: 'Hours before the start until which cancelling is free',
  }),
  reminderHours: Type.Array(Type.Integer({ minimum: 2, maximum: 720 }), {
    uniqueItems: true,
    maxItems: 5,
    description: 'Hours before the start at which the owners are reminded; who books or moves later than that is not',
  }),
  resourceKinds: Type.Array(Slug, { uniqueItems: true, maxItems: 8, description: 'One resource of each is reserved' }),
  durations: Type.Array(ServiceDuration, {
    maxItems: 50,
    description:
      'For pets of a species and weight that take another time than `durationMinutes`; no two for one weight. For a pet whose ' +
      'weight is not known it is the longest of its species',
  }),
  requiresApproval: Type.Boolean(),
  active: Type.Boolean({ description: 'Otherwise it is neither offered nor booked' }),
}

const named = {
  slug: Slug,
  kind: OneOf(serviceKinds),
  durationMinutes: Type.Integer(visitMinutes),
}

export const ServiceInput = Closed({
  ...named,
  name: Type.Optional(Text(120, { description: 'Made from the slug when left out' })),
  bufferBeforeMinutes: optional('bufferBeforeMinutes'),
  bufferAfterMinutes: optional('bufferAfterMinutes'),
  stepMinutes: optional('stepMinutes'),
  leadMinutes: optional('leadMinutes'),
  horizonDays: optional('horizonDays'),
  cancellationHours: optional('cancellationHours'),
  reminderHours: optional('reminderHours'),
  resourceKinds: optional('resourceKinds'),
  durations: optional('durations'),
  requiresApproval: optional('requiresApproval'),
  active: optional('active'),
})

export const ServiceReplacement = Closed({ ...ServiceInput.properties, ...handling })

export const Service = Closed({
  id: Id,
  ...named,
  name: Text(120),
  providerRole: OneOf(providerRoles, { description: 'Who performs it; follows from `kind`' }),
  ...rules,
})

function divisorsOf(whole: number): number[] {
  return Array.from({ length: whole }, (_, index) => index + 1).filter((divisor) => whole % divisor === 0)
}

function optional<K extends keyof typeof rules>(field: K) {
  return Type.Optional<(typeof rules)[K]>({ ...rules[field], default: serviceDefaults[field] })
}

export type ServiceDuration = Static<typeof ServiceDuration>
export type ProviderRole = (typeof providerRoles)[number]
export type ServiceInput = Static<typeof ServiceInput>
export type ServiceReplacement = Static<typeof ServiceReplacement>
export type Service = Static<typeof Service>

const tag = 'Catalogue'
const conflicts =
  'A slug that is taken answers 409 `resource.conflict`, and so do two `durations` for one weight of a species.'

const grooming = {
  ...serviceDefaults,
  id: exampleIds.service,
  slug: 'grooming',
  name: 'Grooming',
  kind: 'grooming',
  providerRole: 'groomer',
  durationMinutes: 60,
  durations: [{ species: 'dog', fromGrams: 30_000, durationMinutes: 90 }],
  bufferAfterMinutes: 15,
}

const groomingInput = {
  slug: 'grooming',
  kind: 'grooming',
  durationMinutes: 60,
  durations: grooming.durations,
  bufferAfterMinutes: 15,
}

export const listServices = route({
  operationId: 'listServices',
  method: 'GET',
  url: '/services',
  public: true,
  tag,
  summary: 'List services',
  description: 'What can be booked, by slug, with the rules each is booked by.',
  query: Closed(pageQuery),
  answers: { 200: Page(Service) },
  problems: [],
  example: { answer: { items: [grooming], nextCursor: null } },
})

export const getService = route({
  operationId: 'getService',
  method: 'GET',
  url: '/services/{serviceId}',
  public: true,
  tag,
  summary: 'Read a service',
  description: 'One service, with the rules it is booked by.',
  params: Closed({ serviceId: Id }),
  answers: { 200: Service },
  problems: ['resource.not-found'],
  example: { params: { serviceId: exampleIds.service }, answer: grooming },
})

export const createService = route({
  operationId: 'createService',
  method: 'POST',
  url: '/services',
  permission: 'catalogue.write',
  tag,
  summary: 'Add a service',
  description: `Adds something that can be booked. ${conflicts}`,
  body: ServiceInput,
  answers: { 201: Service },
  problems: ['resource.conflict'],
  example: { body: groomingInput, answer: grooming },
})

export const replaceService = route({
  operationId: 'replaceService',
  method: 'PUT',
  url: '/services/{serviceId}',
  permission: 'catalogue.write',
  tag,
  summary: 'Replace a service',
  description:
    'Sets every field; what is left out takes its default. Only bookings made or moved from now on follow the new rules. ' +
    `${conflicts} So does a \`kind\` that its providers do not fit. One that is not \`active\` is no longer offered. ${handlingRule}`,
  params: Closed({ serviceId: Id }),
  body: ServiceReplacement,
  answers: { 200: Service },
  problems: ['resource.not-found', 'resource.conflict', 'resource.stale', 'schedule.appointments-affected'],
  example: { params: { serviceId: exampleIds.service }, body: groomingInput, answer: grooming },
})
