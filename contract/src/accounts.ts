import { Closed, Email, Id, Instant, Nullable, OneOf, Text } from './common.ts'
import { exampleAccount } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const roles = ['owner', 'receptionist', 'groomer', 'veterinarian', 'admin'] as const

export const Role = OneOf(roles)

export const PersonName = Text(120, { description: 'As the person wants to be addressed' })

export const Phone = Text(40, { examples: ['+1 212 555 0123'] })

export const Address = Text(300, { description: 'Postal address', examples: ['1 Main Street\nNew York, NY 10001'] })

export const Locale = Type.String({
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  maxLength: 35,
  description: 'BCP 47',
  examples: ['en', 'en-GB'],
})

/** What a person chooses; 128 characters leave room for any passphrase and none for wearing out the hash. */
export const NewPassword = Text(128, { minLength: 8, examples: ['good dog, stay safe'] })

export const EmailUndeliverableSince = Type.Optional({
  ...Instant,
  description:
    'Only where mail to the address does not arrive; until it is changed or confirmed again, Petra sends none there',
})

export const Account = Closed({
  id: Id,
  email: Email,
  emailUndeliverableSince: EmailUndeliverableSince,
  name: PersonName,
  roles: Type.Array(Role, { description: 'Everyone holds `owner`' }),
  locale: Locale,
  phone: Type.Optional(Phone),
  address: Type.Optional(Address),
  createdAt: Instant,
})

export const AccountPatch = Closed(
  {
    name: Type.Optional(PersonName),
    phone: Type.Optional(Nullable(Phone)),
    address: Type.Optional(Nullable(Address)),
    locale: Type.Optional(Locale),
  },
  { minProperties: 1 },
)

export type Role = Static<typeof Role>
export type Account = Static<typeof Account>
export type AccountPatch = Static<typeof AccountPatch>

const tag = 'Accounts'

export const getMe = route({
  operationId: 'getMe',
  method: 'GET',
  url: '/me',
  permission: 'me.read',
  tag,
  summary: 'Read my account',
  description: 'The account of whoever is signed in. `phone` and `address` are left out when there is none.',
  answers: { 200: Account },
  problems: [],
  example: { answer: exampleAccount },
})

export const updateMe = route({
  operationId: 'updateMe',
  method: 'PATCH',
  url: '/me',
  permission: 'me.write',
  tag,
  summary: 'Change my account',
  description:
    'A JSON Merge Patch (RFC 7396): `"phone": null` removes the number, `"address": null` the address; what is absent stays.',
  body: AccountPatch,
  answers: { 200: Account },
  problems: ['resource.stale'],
  example: { body: { phone: '+1 212 555 0123' }, answer: exampleAccount },
})
