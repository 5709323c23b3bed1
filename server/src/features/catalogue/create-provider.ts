import type { Provider, ProviderInput } from '@petra/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { conflicting } from './errors.ts'
import { assignProvider, findProvider, insertProvider } from './queries/providers.ts'
import { readAssignment } from './read-assignment.ts'

/**
 * Puts a vet or groomer on the books.
 * @throws Invalid 422 for what does not exist or does not fit the account's roles, Conflict when the account is a provider already
 */
export async function createProvider(tx: Tx, actor: Actor, input: ProviderInput): Promise<Provider> {
  const assignment = await readAssignment(tx, input)
  const id = await insertProvider(tx, input.accountId, assignment.role).catch(conflicting)
  await assignProvider(tx, id, assignment)
  const payload = { accountId: input.accountId }
  record(tx, actor, 'provider.created', { resource: { type: 'provider', id }, payload })
  return (await findProvider(tx, id)) as Provider
}
