import { Closed, confirmUnusual, Id, Instant, LocalDate, Nullable, OneOf, Page, pageQuery, Text } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const species = [
  'dog',
  'cat',
  'rabbit',
  'bird',
  'guinea-pig',
  'hamster',
  'ferret',
  'reptile',
  'fish',
  'horse',
  'other',
] as const

const PetFields = {
  name: Text(80, { description: 'The name the pet is called by' }),
  species: OneOf(species),
  breed: Nullable(Text(80)),
  sex: OneOf(['female', 'male', 'unknown']),
  neutered: Nullable(Type.Boolean()),
  birthDate: Nullable(LocalDate),
  birthDateEstimated: Type.Boolean(),
  weightGrams: Nullable(Type.Integer({ minimum: 1, maximum: 2_000_000, description: 'Grams' })),
  color: Nullable(Text(80)),
  microchip: Nullable(
    Type.String({
      format: 'microchip',
      description: 'ISO 11784: 15 digits; never a credential',
      examples: ['276098106123456'],
    }),
  ),
  microchippedOn: Nullable(Type.String({ ...LocalDate, description: 'When the chip was implanted, or first read' })),
  careNotes: Nullable(Text(2000, { description: 'What whoever handles the pet should know; nothing medical' })),
  deceasedOn: Nullable(
    Type.String({
      ...LocalDate,
      description:
        'Once it is set, visits ahead are cancelled free of charge, and neither reminders nor bookings follow',
    }),
  ),
}

const { name, species: speciesField, ...optional } = PetFields

const PhotoUrl = Nullable(
  Type.String({ description: 'Where the photo is, which takes the same token; null without one' }),
)

export const PetInput = Closed({
  name,
  species: speciesField,
  ...(Object.fromEntries(Object.entries(optional).map(([key, schema]) => [key, Type.Optional(schema)])) as {
    [K in keyof typeof optional]: ReturnType<typeof Type.Optional<(typeof optional)[K]>>
  }),
  confirmUnusual,
})

export const PetPatch = Type.Partial(PetInput, { additionalProperties: false, minProperties: 1 })

export const Pet = Closed({
  id: Id,
  ...PetFields,
  photoUrl: PhotoUrl,
  owners: Type.Array(Closed({ id: Id, name: Type.String() })),
  createdAt: Instant,
  updatedAt: Instant,
})

/** What a groomer sees of a pet on the books: nothing medical. */
export const LimitedPet = Closed({
  id: Id,
  name,
  species: speciesField,
  breed: PetFields.breed,
  sex: PetFields.sex,
  neutered: PetFields.neutered,
  ageMonths: Nullable(Type.Integer({ minimum: 0, description: 'Whole months; of a pet that has died, at its death' })),
  ageEstimated: Type.Boolean({ description: 'The birthday is an estimate, and so is the age' }),
  weightGrams: PetFields.weightGrams,
  color: PetFields.color,
  photoUrl: PhotoUrl,
  careNotes: PetFields.careNotes,
})

export type Pet = Static<typeof Pet>
export type LimitedPet = Static<typeof LimitedPet>
export type PetInput = Static<typeof PetInput>
export type PetPatch = Static<typeof PetPatch>

const petId = Closed({ petId: Id })
const tag = 'Pets'

const rex = {
  id: exampleIds.pet,
  name: 'Rex',
  species: 'dog',
  breed: 'Border Collie',
  sex: 'male',
  neutered: true,
  birthDate: '2021-05-02',
  birthDateEstimated: false,
  weightGrams: 18400,
  color: 'black and white',
  microchip: '276098106123456',
  microchippedOn: '2021-07-01',
  careNotes: 'Nervous around clippers.',
  deceasedOn: null,
  photoUrl: null,
  owners: [{ id: exampleIds.owner, name: 'Maya' }],
  createdAt: '2026-11-22T09:00:00Z',
  updatedAt: '2026-11-22T09:00:00Z',
}

const unusualWeight =
  'A weight that is hardly possible for the species, such as a cat of 48 kg, answers 422 `pet.unusual` with `errors`, unless ' +
  '`confirmUnusual` is true.'

const death =
  'The first `deceasedOn` cancels the visits ahead in the same transaction; taking it back is how a mistake is undone, and leaves ' +
  'those visits to be booked again.'

export const listPets = route({
  operationId: 'listPets',
  method: 'GET',
  url: '/pets',
  permission: 'pets.list',
  tag,
  summary: 'List pets',
  description:
    "The caller's own pets, oldest first. Staff with reach over all pets may name another owner with `owner`, or look " +
    'through every pet with `search` (name or microchip). Archived pets are left out.',
  query: Closed({
    owner: Type.Optional(Id),
    search: Type.Optional(Text(80)),
    ...pageQuery,
  }),
  answers: { 200: Page(Pet) },
  problems: ['auth.forbidden'],
  example: { answer: { items: [rex], nextCursor: null } },
})

export const createPet = route({
  operationId: 'createPet',
  method: 'POST',
  url: '/pets',
  permission: 'pets.create',
  tag,
  summary: 'Add a pet',
  description:
    'Adds a pet to the caller, who becomes its owner. Front desk, vets and admins add one for a client with `?owner=`. A ' +
    'microchip that another pet has answers 409 `resource.conflict`, whoever owns that; a day to come, or a death before the ' +
    `birth, 422 \`pet.impossible-dates\`. ${unusualWeight}`,
  query: Closed({ owner: Type.Optional(Id) }),
  body: PetInput,
  answers: { 201: Pet },
  problems: ['auth.forbidden', 'resource.not-found', 'resource.conflict', 'pet.impossible-dates', 'pet.unusual'],
  example: {
    body: { name: 'Rex', species: 'dog', breed: 'Border Collie', birthDate: '2021-05-02', weightGrams: 18400 },
    answer: rex,
  },
})

export const getPet = route({
  operationId: 'getPet',
  method: 'GET',
  url: '/pets/{petId}',
  permission: 'pets.read',
  tag,
  summary: 'Read a pet',
  description: 'The whole profile; a groomer with the pet on the books gets the limited profile instead.',
  params: petId,
  answers: { 200: Type.Union([Pet, LimitedPet]) },
  problems: ['resource.not-found'],
  example: { params: { petId: exampleIds.pet }, answer: rex },
})

export const replacePet = route({
  operationId: 'replacePet',
  method: 'PUT',
  url: '/pets/{petId}',
  permission: 'pets.write',
  tag,
  summary: 'Replace a pet profile',
  description: `Sets every writable field; what is left out becomes unknown. \`If-Match\` guards against a lost update. ${unusualWeight} ${death}`,
  params: petId,
  body: PetInput,
  answers: { 200: Pet },
  problems: [
    'auth.forbidden',
    'resource.not-found',
    'resource.conflict',
    'pet.impossible-dates',
    'pet.unusual',
    'resource.stale',
  ],
  example: {
    params: { petId: exampleIds.pet },
    body: { name: 'Rex', species: 'dog', weightGrams: 18900 },
    answer: rex,
  },
})

export const updatePet = route({
  operationId: 'updatePet',
  method: 'PATCH',
  url: '/pets/{petId}',
  permission: 'pets.write',
  tag,
  summary: 'Change parts of a pet profile',
  description: `A JSON Merge Patch (RFC 7396): \`null\` empties a field that may be empty, what is absent stays. ${unusualWeight} ${death}`,
  params: petId,
  body: PetPatch,
  answers: { 200: Pet },
  problems: [
    'auth.forbidden',
    'resource.not-found',
    'resource.conflict',
    'pet.impossible-dates',
    'pet.unusual',
    'resource.stale',
  ],
  example: { params: { petId: exampleIds.pet }, body: { careNotes: 'Loves liver treats.' }, answer: rex },
})

export const archivePet = route({
  operationId: 'archivePet',
  method: 'DELETE',
  url: '/pets/{petId}',
  permission: 'pets.write',
  tag,
  summary: 'Archive a pet',
  description:
    'The pet leaves every list and answers 404; its future visits are cancelled with notice and its records are kept.',
  params: petId,
  answers: { 204: null },
  problems: ['auth.forbidden', 'resource.not-found', 'resource.stale'],
  example: { params: { petId: exampleIds.pet } },
})
