import { Closed, Id, Nullable, OneOf, Page, pageQuery, Text } from './common.ts'
import { exampleIds } from './examples.ts'
import { Vaccine } from './record-details.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

/** Starts with a letter, so that it is never mistaken for an id: Petra's begin with a digit until the year 7545. */
export const Slug = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60, examples: ['grooming'] })

/** Abbreviations are left out: PST and IST are other clocks to other programs. */
export const TimeZone = Type.String({
  format: 'time-zone',
  pattern: '^(UTC|[A-Za-z]+(/[A-Za-z0-9_+-]+)+)$',
  maxLength: 64,
  description: 'IANA: an area and a place, or UTC',
  examples: ['America/New_York'],
})

const travelMinutes = Type.Integer({
  minimum: 0,
  maximum: 480,
  default: 0,
  description:
    'Minutes to get here or away for a provider who works elsewhere too: between visits at two locations lie those of both, ' +
    'beside the buffers',
})

export const LocationInput = Closed({
  name: Text(120),
  timeZone: TimeZone,
  address: Type.Optional(Nullable(Text(500))),
  vaccinationPolicy: Type.Optional(OneOf(['us', 'eu'], { default: 'us' })),
  requiredVaccines: Type.Optional(Type.Array(Vaccine, { uniqueItems: true, default: [] })),
  travelMinutes: Type.Optional(travelMinutes),
})

export const Location = Closed({
  id: Id,
  name: Text(120),
  timeZone: TimeZone,
  address: Nullable(Text(500)),
  vaccinationPolicy: OneOf(['us', 'eu'], { description: 'Whose rules say when a vaccination is valid' }),
  requiredVaccines: Type.Array(Vaccine),
  travelMinutes,
})

const ResourceFields = {
  name: Text(120),
  kind: Type.String({ ...Slug, description: 'What services ask for in `resourceKinds`', examples: ['surgery'] }),
}

export const ResourceInput = Closed(ResourceFields)

/** A room, table or machine. */
export const Resource = Closed({ id: Id, locationId: Id, ...ResourceFields })

export type LocationInput = Static<typeof LocationInput>
export type Location = Static<typeof Location>
export type ResourceInput = Static<typeof ResourceInput>
export type Resource = Static<typeof Resource>

const locationId = Closed({ locationId: Id })
const tag = 'Catalogue'

const downtown = {
  id: exampleIds.location,
  name: 'Petra Downtown',
  timeZone: 'America/New_York',
  address: '1 Example Street, New York',
  vaccinationPolicy: 'us',
  requiredVaccines: ['rabies'],
  travelMinutes: 15,
}

const { id: _, ...downtownInput } = downtown

export const listLocations = route({
  operationId: 'listLocations',
  method: 'GET',
  url: '/locations',
  public: true,
  tag,
  summary: 'List locations',
  description: 'The clinics and salons, by name.',
  query: Closed(pageQuery),
  answers: { 200: Page(Location) },
  problems: [],
  example: { answer: { items: [downtown], nextCursor: null } },
})

export const getLocation = route({
  operationId: 'getLocation',
  method: 'GET',
  url: '/locations/{locationId}',
  public: true,
  tag,
  summary: 'Read a location',
  description: 'One clinic or salon, with the clock it goes by.',
  params: locationId,
  answers: { 200: Location },
  problems: ['resource.not-found'],
  example: { params: { locationId: exampleIds.location }, answer: downtown },
})

export const createLocation = route({
  operationId: 'createLocation',
  method: 'POST',
  url: '/locations',
  permission: 'catalogue.write',
  tag,
  summary: 'Add a location',
  description: 'Adds a clinic or salon. Its time zone is the clock that every local time there is read by.',
  body: LocationInput,
  answers: { 201: Location },
  problems: [],
  example: { body: downtownInput, answer: downtown },
})

export const replaceLocation = route({
  operationId: 'replaceLocation',
  method: 'PUT',
  url: '/locations/{locationId}',
  permission: 'catalogue.write',
  tag,
  summary: 'Replace a location',
  description:
    'Sets every field; what is left out takes its default. With another time zone, appointments keep the instants they were ' +
    'given; working hours, closures, time off and extra hours keep their local times.',
  params: locationId,
  body: LocationInput,
  answers: { 200: Location },
  problems: ['resource.not-found', 'resource.stale'],
  example: { params: { locationId: exampleIds.location }, body: downtownInput, answer: downtown },
})

const theatre = { name: 'Theatre 1', kind: 'surgery' }
const theatreAnswer = { id: exampleIds.resource, locationId: exampleIds.location, ...theatre }

export const listResources = route({
  operationId: 'listResources',
  method: 'GET',
  url: '/locations/{locationId}/resources',
  public: true,
  tag,
  summary: 'List the rooms, tables and machines of a location',
  description: 'By kind and name. A booking may name those it is to have.',
  params: locationId,
  query: Closed(pageQuery),
  answers: { 200: Page(Resource) },
  problems: ['resource.not-found'],
  example: { params: { locationId: exampleIds.location }, answer: { items: [theatreAnswer], nextCursor: null } },
})

export const getResource = route({
  operationId: 'getResource',
  method: 'GET',
  url: '/locations/{locationId}/resources/{resourceId}',
  public: true,
  tag,
  summary: 'Read a room, table or machine',
  description: 'One resource of a location.',
  params: Closed({ locationId: Id, resourceId: Id }),
  answers: { 200: Resource },
  problems: ['resource.not-found'],
  example: {
    params: { locationId: exampleIds.location, resourceId: exampleIds.resource },
    answer: theatreAnswer,
  },
})

export const createResource = route({
  operationId: 'createResource',
  method: 'POST',
  url: '/locations/{locationId}/resources',
  permission: 'catalogue.write',
  tag,
  summary: 'Add a room, table or machine',
  description:
    'Adds a resource to a location. A service that asks for its kind reserves one of them with each visit. A name that ' +
    'another resource there has answers 409 `resource.conflict`.',
  params: locationId,
  body: ResourceInput,
  answers: { 201: Resource },
  problems: ['resource.not-found', 'resource.conflict'],
  example: {
    params: { locationId: exampleIds.location },
    body: theatre,
    answer: theatreAnswer,
  },
})
