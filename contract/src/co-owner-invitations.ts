import { Closed, Email, Id, Instant, Nullable, Page } from './common.ts'
import { exampleIds } from './examples.ts'
import { Rights } from './ownerships.ts'
import { route } from './route.ts'
import Type, { type Static } from './type.ts'

export const CoOwnerInvitationInput = Closed({ email: Email, rights: Rights })

/** An offer of co-ownership that is open: not yet accepted, declined or withdrawn, and at most 7 days old. */
/** When the mail of an offer turned out to reach nobody. */
export const OfferUndeliverableSince = Type.Optional({
  ...Instant,
  description:
    'Only where its mail was refused for good: nobody has it. Withdraw it, and offer again at another address',
})

export const CoOwnerInvitation = Closed({
  id: Id,
  petId: Id,
  email: Nullable(Type.String({ description: 'null once the account that invited is erased' })),
  rights: Rights,
  invitedBy: Id,
  invitedAt: Instant,
  expiresAt: Instant,
  undeliverableSince: OfferUndeliverableSince,
})

/** The secret of a mailed link. */
export const MailedToken = Closed({
  token: Type.String({ minLength: 1, maxLength: 128, description: 'From the mailed link' }),
})

/** The ownership that accepting an offer began. */
export const AcceptedOwnership = Closed({ petId: Id, rights: Rights, since: Instant })

export type CoOwnerInvitationInput = Static<typeof CoOwnerInvitationInput>
export type CoOwnerInvitation = Static<typeof CoOwnerInvitation>
export type AcceptedOwnership = Static<typeof AcceptedOwnership>

const tag = 'Co-owners'
const ofPet = Closed({ petId: Id })
const params = { petId: exampleIds.pet }

const invitation = {
  id: exampleIds.offer,
  petId: exampleIds.pet,
  email: 'noor@example.test',
  rights: ['view', 'book'],
  invitedBy: exampleIds.owner,
  invitedAt: '2026-11-22T09:00:00Z',
  expiresAt: '2026-11-29T09:00:00Z',
}

export const exampleToken = 'AZgKbgwAcACAAAAAAAAAD0f3b1c0d9a8e7f6b5a4c3d2e1f00112233445566778'

export const listCoOwnerInvitations = route({
  operationId: 'listCoOwnerInvitations',
  method: 'GET',
  url: '/pets/{petId}/co-owner-invitations',
  permission: 'ownerships.read',
  tag,
  summary: 'List the open invitations of a pet',
  description: 'For owners with `manage`, front desk and admins, oldest first. A pet has at most 10; never paged.',
  params: ofPet,
  answers: { 200: Page(CoOwnerInvitation) },
  problems: ['resource.not-found'],
  example: { params, answer: { items: [invitation], nextCursor: null } },
})

export const inviteCoOwner = route({
  operationId: 'inviteCoOwner',
  method: 'POST',
  url: '/pets/{petId}/co-owner-invitations',
  permission: 'ownerships.write',
  tag,
  summary: 'Invite a co-owner',
  description:
    'Mails a link that is good for 7 days. The answer is the same whether the address has an account or not. At most one ' +
    'open invitation per address and 10 per pet, and 20 offers a day by one account: 409 `resource.conflict` beyond that.',
  params: ofPet,
  body: CoOwnerInvitationInput,
  answers: { 201: CoOwnerInvitation },
  problems: ['resource.not-found', 'resource.conflict'],
  example: { params, body: { email: invitation.email, rights: ['view', 'book'] }, answer: invitation },
})

export const withdrawCoOwnerInvitation = route({
  operationId: 'withdrawCoOwnerInvitation',
  method: 'DELETE',
  url: '/pets/{petId}/co-owner-invitations/{invitationId}',
  permission: 'ownerships.write',
  tag,
  summary: 'Withdraw an invitation',
  description: 'The mailed link opens nothing any more, and the address is forgotten.',
  params: Closed({ petId: Id, invitationId: Id }),
  answers: { 204: null },
  problems: ['resource.not-found'],
  example: { params: { ...params, invitationId: invitation.id } },
})

export const acceptCoOwnerInvitation = route({
  operationId: 'acceptCoOwnerInvitation',
  method: 'POST',
  url: '/me/co-owner-invitations/acceptance',
  permission: 'ownerships.write',
  tag,
  summary: 'Accept an invitation',
  description:
    'Takes the mailed token, which proves the mailbox, from the account that has the invited address: a mail passed on ' +
    'opens nothing to others (403), and an address that nobody has verified opens nothing without the mail.',
  body: MailedToken,
  answers: { 200: AcceptedOwnership },
  problems: ['resource.not-found', 'resource.conflict'],
  example: {
    body: { token: exampleToken },
    answer: { petId: exampleIds.pet, rights: ['view', 'book'], since: '2026-11-23T18:00:00Z' },
  },
})

export const declineCoOwnerInvitation = route({
  operationId: 'declineCoOwnerInvitation',
  method: 'POST',
  url: '/me/co-owner-invitations/decline',
  permission: 'ownerships.write',
  tag,
  summary: 'Decline an invitation',
  description: 'Takes what accepting takes. Those who manage the pet are told.',
  body: MailedToken,
  answers: { 204: null },
  problems: ['resource.not-found'],
  example: { body: { token: exampleToken } },
})
