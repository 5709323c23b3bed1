import { Closed, Id, Instant, OneOf, Page, pageQuery, Text } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import { tokenScopes } from './scopes.ts'
import Type, { type Static } from './type.ts'

const name = Text(80, { description: 'What it is for, in your words' })

const Scopes = Type.Array(OneOf(tokenScopes), {
  minItems: 1,
  uniqueItems: true,
  description: 'What it may do at the most; each operation names the scope it needs',
})

export const NewToken = Closed({
  name,
  scopes: Scopes,
  expiresInDays: Type.Integer({ minimum: 1, maximum: 365 }),
})

export const PersonalToken = Closed({
  id: Id,
  name,
  scopes: Scopes,
  createdAt: Instant,
  expiresAt: Instant,
})

export const CreatedToken = Closed({
  ...PersonalToken.properties,
  token: Type.String({
    description: 'Send it as `Authorization: Bearer …`. It is shown this once; only its hash is kept',
  }),
})

export type NewToken = Static<typeof NewToken>
export type PersonalToken = Static<typeof PersonalToken>
export type CreatedToken = Static<typeof CreatedToken>

const tag = 'Accounts'

const example = {
  id: exampleIds.token,
  name: 'Waiting room display',
  scopes: ['appointments:read' as const],
  createdAt: '2026-11-22T09:00:00Z',
  expiresAt: '2027-02-20T09:00:00Z',
}

export const listTokens = route({
  operationId: 'listTokens',
  method: 'GET',
  url: '/me/tokens',
  permission: 'tokens.read',
  noStore: true,
  tag,
  summary: 'List my personal access tokens',
  description: 'Those that work, the newest first, without their secrets.',
  query: Closed(pageQuery),
  answers: { 200: Page(PersonalToken) },
  problems: [],
  example: { answer: { items: [example], nextCursor: null } },
})

export const createToken = route({
  operationId: 'createToken',
  method: 'POST',
  url: '/me/tokens',
  permission: 'tokens.create',
  noStore: true,
  secret: true,
  tag,
  summary: 'Make a personal access token',
  description:
    'A token for a script or an integration, which acts as my account within the scopes that are chosen, and never beyond ' +
    'what my roles allow at the time. It cannot change my account, see or end sessions, or make tokens. Whatever sets a ' +
    'forgotten password anew or disables the account ends its tokens.',
  body: NewToken,
  answers: { 201: CreatedToken },
  problems: ['token.scope-too-wide'],
  example: {
    body: { name: example.name, scopes: example.scopes, expiresInDays: 90 },
    answer: { ...example, token: 'petra_pat_mZ3vB0yUq5n1cXhTgk2LrJwPfA7dEsO9oVbYi4uMx8Hn0aGK' },
  },
})

export const revokeToken = route({
  operationId: 'revokeToken',
  method: 'DELETE',
  url: '/me/tokens/{tokenId}',
  permission: 'tokens.revoke',
  tag,
  summary: 'Revoke a personal access token',
  description: 'It is refused everywhere within 2 seconds, for good.',
  params: Closed({ tokenId: Id }),
  answers: { 204: null },
  problems: ['resource.not-found'],
  example: { params: { tokenId: exampleIds.token } },
})
