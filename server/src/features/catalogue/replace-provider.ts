import type { Provider, ProviderReplacement } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { record } from '../../platform/events/event-log.ts'
import { changedFields } from './changed-fields.ts'
import { orphaning } from './orphaning.ts'
import { assignProvider, findProvider, lockProvider } from './queries/providers.ts'
import { readAssignment } from './read-assignment.ts'

/**
 * Sets what a provider performs and where, and whether they are booked at all.
 * @throws NotFound, AppError 412 when stale, Conflict for another account, Invalid 422 for what does not exist or does not
 * fit, AppointmentsAffected 409 when visits are orphaned and the input does not say what becomes of them
 */
export async function replaceProvider(
  tx: Tx,
  actor: Actor,
  providerId: string,
  { appointments, ...input }: ProviderReplacement,
  requireFresh: (current: Provider) => void,
): Promise<Provider> {
  const provider = await lockProvider(tx, providerId)
  if (!provider) throw new NotFound()
  const before = (await findProvider(tx, providerId)) as Provider
  requireFresh(before)
  if (input.accountId.toLowerCase() !== provider.accountId) throw new Conflict('A provider keeps their account.')
  const assignment = await readAssignment(tx, input, provider.role)
  await orphaning(tx, actor, { providerId: provider.id }, { appointments }, () =>
    assignProvider(tx, providerId, assignment),
  )
  const after = (await findProvider(tx, providerId)) as Provider
  const payload = { fields: changedFields(before, after) }
  record(tx, actor, 'provider.updated', { resource: { type: 'provider', id: after.id }, payload })
  return after
}
