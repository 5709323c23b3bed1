import { Address, NewPassword, PersonName, Phone, Role } from './accounts.ts'
import { Closed, Email, Id, Instant, Nullable, OneOf, Page, pageQuery, Text } from './common.ts'
import { exampleIds } from './examples.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const accountStatuses = ['active', 'unclaimed', 'disabled'] as const

export const AccountStatus = OneOf(accountStatuses, {
  description: '`unclaimed`: made by staff, and nobody has set a password yet; `disabled`: cannot sign in',
})

/** An account as admins see it. */
export const ManagedAccount = Closed({
  id: Id,
  name: PersonName,
  email: Nullable(Email),
  phone: Nullable(Phone),
  address: Nullable(Address),
  roles: Type.Array(Role, { description: 'Everyone holds `owner`' }),
  status: AccountStatus,
  createdAt: Instant,
})

export const RolesInput = Closed({
  roles: Type.Array(Role, { uniqueItems: true, description: 'All roles from now on; `owner` is held in any case' }),
})

export const AccountClaim = Closed({
  token: Text(200, { description: 'From the mailed link' }),
  password: NewPassword,
})

export type AccountStatus = (typeof accountStatuses)[number]
export type ManagedAccount = Static<typeof ManagedAccount>
export type AccountClaim = Static<typeof AccountClaim>

const tag = 'People'
const accountId = Closed({ accountId: Id })
const params = { accountId: exampleIds.groomer }

const tomas = {
  id: exampleIds.groomer,
  name: 'Tomas',
  email: 'tomas@example.test',
  phone: null,
  address: null,
  roles: ['owner', 'groomer'],
  status: 'active',
  createdAt: '2026-11-22T09:00:00Z',
}

export const claimAccount = route({
  operationId: 'claimAccount',
  method: 'POST',
  url: '/auth/account-claim',
  public: true,
  tag: 'Accounts',
  summary: 'Claim an account',
  description:
    'Sets the first password of an account that staff made, with the token of the mailed link: it works once, for 7 days ' +
    'and until the account is disabled. Sign in with the password afterwards. Any other token answers 422 `auth.link-rejected`.',
  body: AccountClaim,
  answers: { 204: null },
  problems: ['auth.link-rejected'],
  example: { body: { token: 'token-of-the-link', password: 'good dog, stay safe' } },
})

export const listAccounts = route({
  operationId: 'listAccounts',
  method: 'GET',
  url: '/accounts',
  permission: 'accounts.read',
  tag,
  summary: 'List accounts',
  description:
    'Everybody, by name. `search` takes a part of a name, or a whole e-mail address, phone number or postal address; ' +
    '`role` and `status` narrow the list.',
  query: Closed({
    search: Type.Optional(Text(300)),
    role: Type.Optional(Role),
    status: Type.Optional(AccountStatus),
    ...pageQuery,
  }),
  answers: { 200: Page(ManagedAccount) },
  problems: [],
  example: { query: { role: 'groomer' }, answer: { items: [tomas], nextCursor: null } },
})

export const getAccount = route({
  operationId: 'getAccount',
  method: 'GET',
  url: '/accounts/{accountId}',
  permission: 'accounts.read',
  tag,
  summary: 'Read an account',
  description: 'One account; one that was erased is not there any more.',
  params: accountId,
  answers: { 200: ManagedAccount },
  problems: ['resource.not-found'],
  example: { params, answer: tomas },
})

export const setRoles = route({
  operationId: 'setRoles',
  method: 'PUT',
  url: '/accounts/{accountId}/roles',
  permission: 'accounts.write',
  tag,
  summary: 'Set the roles of an account',
  description:
    'Takes effect at once, on every session. Nobody changes their own roles (403), and the last active admin stays one ' +
    '(409 `account.last-admin`). `If-Match` takes the tag of the account.',
  params: accountId,
  body: RolesInput,
  answers: { 200: ManagedAccount },
  problems: ['resource.not-found', 'account.last-admin', 'resource.stale'],
  example: { params, body: { roles: ['groomer'] }, answer: tomas },
})

export const disableAccount = route({
  operationId: 'disableAccount',
  method: 'POST',
  url: '/accounts/{accountId}/disablement',
  permission: 'accounts.write',
  tag,
  summary: 'Disable an account',
  description:
    'Ends its sessions and keeps it from signing in, until it is enabled again; disabling twice is disabling once. Nobody ' +
    'disables their own account (403), and the last active admin stays (409 `account.last-admin`).',
  params: accountId,
  answers: { 200: ManagedAccount },
  problems: ['resource.not-found', 'account.last-admin'],
  example: { params, answer: { ...tomas, status: 'disabled' } },
})

export const enableAccount = route({
  operationId: 'enableAccount',
  method: 'DELETE',
  url: '/accounts/{accountId}/disablement',
  permission: 'accounts.write',
  tag,
  summary: 'Enable an account',
  description: 'Lets a disabled account sign in again. The sessions it had stay ended.',
  params: accountId,
  answers: { 200: ManagedAccount },
  problems: ['resource.not-found', 'resource.stale'],
  example: { params, answer: tomas },
})

export const inviteAccount = route({
  operationId: 'inviteAccount',
  method: 'POST',
  url: '/accounts/{accountId}/invitation',
  permission: 'accounts.write',
  tag,
  summary: 'Invite again',
  description:
    'Sends the mail with the link to claim an account once more, for 7 days from now. An account that is claimed, ' +
    'disabled or without an address answers 409 `resource.conflict`.',
  params: accountId,
  answers: { 200: ManagedAccount },
  problems: ['resource.not-found', 'resource.conflict'],
  example: { params, answer: { ...tomas, status: 'unclaimed' } },
})
