import type { ProviderInput, ProviderRole } from '@petra/contract'
import type { Tx } from '../../platform/database.ts'
import { Invalid } from '../../platform/errors.ts'
import { providerRole } from './provider-role.ts'
import { knownLocationIds } from './queries/locations.ts'
import { type Assignment, findRoles } from './queries/providers.ts'
import { findServices } from './queries/services.ts'

/**
 * What a request wants a provider to perform, in which role, and where, with everything it names looked up.
 * @throws Invalid 422 naming each account, service or location that does not exist, or does not fit the account's roles
 */
export async function readAssignment(tx: Tx, input: ProviderInput, current?: ProviderRole): Promise<Assignment> {
  const [held, services, locationIds] = await Promise.all([
    findRoles(tx, input.accountId),
    findServices(tx, input.services),
    knownLocationIds(tx, input.locationIds),
  ])
  const bySlug = new Map(services.map((service) => [service.slug, service]))
  const known = new Set(locationIds)
  const problems = [
    ...(held ? [] : [{ pointer: '/body/accountId', message: 'is no account' }]),
    ...input.services.flatMap((slug, index) =>
      bySlug.has(slug) ? [] : [{ pointer: `/body/services/${index}`, message: 'is no service' }],
    ),
    ...input.locationIds.flatMap((id, index) =>
      known.has(id.toLowerCase()) ? [] : [{ pointer: `/body/locationIds/${index}`, message: 'is no location' }],
    ),
  ]
  if (!held || problems.length > 0) throw new Invalid('reference.unknown', problems)
  const asked = input.services.flatMap((slug) => bySlug.get(slug)?.providerRole ?? [])
  const { active = true } = input
  return { role: providerRole(held, asked, current), serviceIds: services.map(({ id }) => id), locationIds, active }
}
