import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { type OffersToWithdraw, withdrawOfferRows } from './queries/offers.ts'

/** Withdraws open offers of a pet at an instant, each with an event of its own. */
export async function withdrawOffers(tx: Tx, actor: Person, which: OffersToWithdraw, at: string): Promise<void> {
  for (const { id, kind } of await withdrawOfferRows(tx, which, at)) {
    record(tx, actor, `${kind}.withdrawn`, { resource: { type: kind, id }, petId: which.petId })
  }
}
