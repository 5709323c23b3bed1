import {
  acceptCoOwnerInvitation,
  acceptPetTransfer,
  changeRights as changeRightsRoute,
  declineCoOwnerInvitation,
  declinePetTransfer,
  endOwnership as endOwnershipRoute,
  getPetTransfer,
  inviteCoOwner as inviteRoute,
  listCoOwnerInvitations,
  listPetOwners as listOwnersRoute,
  requestPetTransfer as requestTransferRoute,
  withdrawCoOwnerInvitation,
  withdrawPetTransfer,
} from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { acceptTransfer } from './accept-transfer.ts'
import { changeRights } from './change-rights.ts'
import { declineOffer } from './decline-offer.ts'
import { endOwnership } from './end-ownership.ts'
import { inviteCoOwner } from './invite-co-owner.ts'
import { listOffers } from './list-offers.ts'
import { listPetOwners } from './list-pet-owners.ts'
import { toInvitation, toTransfer } from './offer.ts'
import { requestPetTransfer } from './request-pet-transfer.ts'
import { withdrawInvitation } from './withdraw-invitation.ts'
import { withdrawTransfer } from './withdraw-transfer.ts'

export function ownershipRoutes(serve: Serve, context: Context): void {
  const { db } = context

  serve.read(listOwnersRoute, async ({ actor, params }) => whole(await listPetOwners(db, actor, params.petId)))

  serve.write(changeRightsRoute, (tx, { actor, params, body, requireFresh }) =>
    changeRights(tx, actor, params, body.rights, requireFresh),
  )

  serve.write(endOwnershipRoute, async (tx, { actor, params, requireFresh }) => {
    await endOwnership(tx, actor, params, requireFresh)
    return null
  })

  serve.read(listCoOwnerInvitations, async ({ actor, params }) =>
    whole((await listOffers(context, actor, params.petId, 'co-owner-invitation')).map(toInvitation)),
  )

  serve.write(inviteRoute, async (tx, { actor, params, body }) =>
    toInvitation(await inviteCoOwner(tx, context, actor, params.petId, body)),
  )

  serve.write(withdrawCoOwnerInvitation, async (tx, { actor, params, requireFresh }) => {
    await withdrawInvitation(tx, context, actor, params, requireFresh)
    return null
  })

  serve.write(acceptCoOwnerInvitation, (tx, { actor, body }) => acceptInvitation(tx, context, actor, body.token))

  serve.write(declineCoOwnerInvitation, async (tx, { actor, body }) => {
    await declineOffer(tx, context, actor, 'co-owner-invitation', body.token)
    return null
  })

  serve.read(getPetTransfer, async ({ actor, params }) => {
    const [transfer] = await listOffers(context, actor, params.petId, 'pet-transfer')
    if (!transfer) throw new NotFound()
    return toTransfer(transfer)
  })

  serve.write(
    requestTransferRoute,
    async (tx, { actor, params, body }) =>
      toTransfer(await requestPetTransfer(tx, context, actor, params.petId, body.email)),
    { location: ({ petId }) => `/pets/${petId}/transfer` },
  )

  serve.write(withdrawPetTransfer, async (tx, { actor, params, requireFresh }) => {
    await withdrawTransfer(tx, context, actor, params.petId, requireFresh)
    return null
  })

  serve.write(acceptPetTransfer, (tx, { actor, body }) => acceptTransfer(tx, context, actor, body.token))

  serve.write(declinePetTransfer, async (tx, { actor, body }) => {
    await declineOffer(tx, context, actor, 'pet-transfer', body.token)
    return null
  })
}

/** A list that is short by its nature. */
function whole<T>(items: T[]) {
  return { items, nextCursor: null }
}
