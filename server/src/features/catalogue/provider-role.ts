import { type ProviderRole, providerRoles } from '@petra/contract'
import type { Role } from '../../platform/actor.ts'
import { type FieldProblem, Invalid } from '../../platform/errors.ts'

/**
 * The role in which a provider performs their services: the one all of them ask for. Without services it is the one
 * they have, else the first that the account holds.
 * @param held the roles of the provider's account
 * @param asked the role that each service of the request asks for, in its order
 * @throws Invalid 422 when the account does not hold it, or the services ask for more than one
 */
export function providerRole(
  held: readonly Role[],
  asked: readonly ProviderRole[],
  current?: ProviderRole,
): ProviderRole {
  const own = providerRoles.filter((role) => held.includes(role))
  const role = asked[0] ?? own.find((candidate) => candidate === current) ?? own[0]
  if (own.length === 0 || role === undefined) {
    throw unfit([{ pointer: '/body/accountId', message: 'is neither a veterinarian nor a groomer' }])
  }
  const problems = asked.flatMap((wanted, index) => {
    const pointer = `/body/services/${index}`
    if (!own.includes(wanted)) return [{ pointer, message: `asks for a ${wanted}, which this account is not` }]
    return wanted === role ? [] : [{ pointer, message: `asks for a ${wanted}, the first one for a ${role}` }]
  })
  if (problems.length > 0) throw unfit(problems)
  return role
}

function unfit(problems: FieldProblem[]): Invalid {
  return new Invalid('reference.unknown', problems)
}
