import { randomUUIDv7 } from 'node:crypto'
import type { EmergencyAccess } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'
import { type Place, seal } from '../../platform/keys/envelope.ts'
import { findRelation } from '../pets/lookup.ts'
import { insertEmergencyAccess } from './queries/access.ts'

/**
 * Opens one pet's records to a vet for 60 minutes from now; asked again, for 60 minutes from then. Its owners are told
 * by whoever follows the log.
 * @throws NotFound when there is no such pet
 */
export async function requestEmergencyAccess(
  tx: Tx,
  dataKeys: DataKeys,
  actor: Person,
  petId: string,
  reason: string,
): Promise<EmergencyAccess> {
  if (!(await findRelation(tx, actor, petId))) throw new NotFound()
  const key = await dataKeys.createDataKey(tx, 'pet-clinical', petId)
  const id = randomUUIDv7()
  const expiresAt = await insertEmergencyAccess(tx, {
    id,
    petId,
    accountId: actor.accountId,
    reason: seal(key, reason, placeOfReason(id, petId)),
  })
  record(tx, actor, 'emergency-access.granted', {
    resource: { type: 'emergency-access', id },
    petId,
    payload: { expiresAt },
    purpose: 'emergency',
  })
  return { expiresAt }
}

/** Where a stated reason is sealed. */
export function placeOfReason(accessId: string, petId: string): Place {
  return { table: 'emergency_accesses', column: 'reason', rowId: accessId, version: 1, subjectId: petId }
}
