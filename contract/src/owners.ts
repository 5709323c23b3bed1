import { EmailUndeliverableSince, PersonName, Phone } from './accounts.ts'
import { Closed, Email, Id, Instant, Nullable, Page, pageQuery, Text } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const ClientInput = Closed({
  name: PersonName,
  email: Type.Optional(Nullable(Email)),
  phone: Type.Optional(Nullable(Phone)),
})

/** An owner as the front desk knows them, with or without an account to sign in to. */
export const Client = Closed({
  id: Id,
  name: PersonName,
  email: Nullable(Email),
  emailUndeliverableSince: EmailUndeliverableSince,
  phone: Nullable(Phone),
  createdAt: Instant,
})

export type ClientInput = Static<typeof ClientInput>
export type Client = Static<typeof Client>

const tag = 'Owners'

const maya = {
  id: exampleIds.owner,
  name: 'Maya',
  email: 'maya@example.test',
  phone: null,
  createdAt: '2026-11-22T09:00:00Z',
}

export const listOwners = route({
  operationId: 'listOwners',
  method: 'GET',
  url: '/owners',
  permission: 'owners.read',
  tag,
  summary: 'List owners',
  description:
    'Owners by name. `search` takes a part of a name, or a whole e-mail address, phone number or postal ' + 'address.',
  query: Closed({ search: Type.Optional(Text(254)), ...pageQuery }),
  answers: { 200: Page(Client) },
  problems: [],
  example: { query: { search: 'maya' }, answer: { items: [maya], nextCursor: null } },
})

export const createOwner = route({
  operationId: 'createOwner',
  method: 'POST',
  url: '/owners',
  permission: 'owners.write',
  tag,
  summary: 'Add an owner',
  description:
    'Adds a client who has no account yet, and invites them by mail when there is an address. An address that is already ' +
    'known answers 409 `resource.conflict`.',
  body: ClientInput,
  answers: { 201: Client },
  problems: ['resource.conflict'],
  example: { body: { name: 'Maya', email: 'maya@example.test' }, answer: maya },
})
