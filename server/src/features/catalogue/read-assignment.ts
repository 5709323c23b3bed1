import type { ProviderInput, ProviderRole } from '@petra/contract'
import type { Tx } from '../../platform/database/database.ts'
import { Invalid } from '../../platform/errors.ts'
import { providerRole } from './provider-role.ts'
import { knownLocationIds } from './queries/locations.ts'
import { type Assignment, findRoles } from './queries/providers.ts'
import { findServices } from './queries/services.ts'

/**
 * What a request wants a provider to perform, in which role, and where, with everything it names looked up.
 * @throws Invalid 422 naming each account, service or location that does not exist, or does not fit the account's roles, and each
 * skill that is about no service of the request
 */
export async function readAssignment(tx: Tx, input: ProviderInput, current?: ProviderRole): Promise<Assignment> {
  const { active = true, skills = [] } = input
  const [roles, services, locationIds] = await Promise.all([
    findRoles(tx, input.accountId),
    findServices(tx, input.services),
    knownLocationIds(tx, input.locationIds),
  ])
  // Whoever is taken off the books keeps the role they have there, though their account has lost it or is disabled.
  const held = current !== undefined && !active ? [...(roles ?? []), current] : roles
  const bySlug = new Map(services.map((service) => [service.slug, service]))
  const known = new Set(locationIds)
  const problems = [
    ...(held ? [] : [{ pointer: '/body/accountId', message: 'is no account' }]),
    ...input.services.flatMap((slug, index) =>
      bySlug.has(slug) ? [] : [{ pointer: `/body/services/${index}`, message: 'is no service' }],
    ),
    ...strayIn(input).map((index) => ({
      pointer: `/body/skills/${index}/service`,
      message: 'is not one of the services, or is named twice',
    })),
    ...input.locationIds.flatMap((id, index) =>
      known.has(id.toLowerCase()) ? [] : [{ pointer: `/body/locationIds/${index}`, message: 'is no location' }],
    ),
  ]
  if (!held || problems.length > 0) throw new Invalid('reference.unknown', problems)
  const asked = input.services.flatMap((slug) => bySlug.get(slug)?.providerRole ?? [])
  const speciesOf = new Map(skills.map(({ service, species }) => [service, species]))
  return {
    role: providerRole(held, asked, current),
    services: services.map(({ id, slug }) => ({ id, species: speciesOf.get(slug) ?? null })),
    locationIds,
    active,
  }
}

/** Which of the skills are about a service that is not performed, or that another is about already. */
function strayIn({ services, skills = [] }: ProviderInput): number[] {
  return skills.flatMap(({ service }, index) =>
    services.includes(service) && skills.findIndex((other) => other.service === service) === index ? [] : [index],
  )
}
