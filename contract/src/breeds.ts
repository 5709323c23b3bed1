import { Closed, OneOf, Text } from './common.ts'
import { species } from './pets.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const BreedSuggestions = Closed({ species: OneOf(species), breeds: Type.Array(Text(80)) })

export type BreedSuggestions = Static<typeof BreedSuggestions>

export const suggestBreeds = route({
  operationId: 'suggestBreeds',
  method: 'GET',
  url: '/species/{species}/breeds',
  public: true,
  cacheSeconds: 86_400,
  tag: 'Pets',
  summary: 'Suggest breeds of a species',
  description:
    'Breeds whose name, or a word of it, begins with `search`, whatever its case and accents; those whose name does come first. ' +
    'Suggestions only: a pet may be of any breed. Species without breeds have none.',
  params: Closed({ species: OneOf(species) }),
  query: Closed({
    search: Type.Optional(Text(80)),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 20, description: 'How many at the most' })),
  }),
  answers: { 200: BreedSuggestions },
  problems: [],
  example: {
    params: { species: 'dog' },
    query: { search: 'coll' },
    answer: { species: 'dog', breeds: ['Bearded Collie', 'Border Collie', 'Rough Collie', 'Smooth Collie'] },
  },
})
