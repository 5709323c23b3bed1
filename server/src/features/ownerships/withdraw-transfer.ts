import type { PetTransfer } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { toTransfer } from './offer.ts'
import { openAddresses } from './offered-address.ts'
import { petToManage } from './pet-to-manage.ts'
import { listOpenOffers } from './queries/offers.ts'
import { instantOfChange } from './queries/ownerships.ts'
import { withdrawOffers } from './withdraw-offers.ts'

/** Takes a transfer back. @throws NotFound when none is open, Forbidden, AppError 412 when stale */
export async function withdrawTransfer(
  tx: Tx,
  context: Context,
  actor: Person,
  petId: string,
  requireFresh: (current: PetTransfer) => void,
): Promise<void> {
  await petToManage(tx, actor, petId)
  const [transfer] = await openAddresses(tx, context, await listOpenOffers(tx, petId, 'pet-transfer'))
  if (!transfer) throw new NotFound()
  requireFresh(toTransfer(transfer))
  await withdrawOffers(tx, actor, { petId, id: transfer.id }, await instantOfChange(tx, petId))
}
