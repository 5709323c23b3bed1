import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { isArchived } from '../pets/lookup.ts'

/**
 * Destroys the key of a pet, and with it all its records and documents ever said, here and in every copy. There is no way back. For
 * an operator who was told to, never over the API; and of an archived pet, whose records nobody reads any more.
 * @returns the signed receipt
 * @throws Conflict when the pet is not archived, or there is nothing to destroy
 */
export async function destroyClinicalContent({ db, dataKeys }: Context, petId: string): Promise<string> {
  const receipt = await transact(db, async (tx) => {
    if (!(await isArchived(tx, petId))) throw new Conflict('There is no such pet, or it is not archived.')
    const destroyed = await dataKeys.destroyDataKey(tx, 'pet-clinical', petId)
    if (!destroyed) throw new Conflict('Nothing was sealed for this pet, or it is destroyed already.')
    record(tx, system, 'clinical-content.destroyed', { resource: { type: 'pet', id: petId }, petId })
    return destroyed
  })
  dataKeys.forget(petId)
  return receipt
}
