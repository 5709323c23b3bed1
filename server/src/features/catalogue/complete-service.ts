import { type ServiceInput, serviceDefaults } from '@petra/contract'
import { Invalid } from '../../platform/errors.ts'
import type { ServiceTerms } from './queries/services.ts'

/**
 * A service's input with the defaults in; its name is made from the slug: `wellness-exam` is a "Wellness exam".
 * @throws Invalid 400 for a duration that is for no weight
 */
export function completeService(input: ServiceInput): ServiceTerms {
  const problems = (input.durations ?? []).flatMap(({ fromGrams = 0, belowGrams = Infinity }, index) =>
    fromGrams < belowGrams
      ? []
      : [{ pointer: `/body/durations/${index}/belowGrams`, message: 'must be more than fromGrams' }],
  )
  if (problems.length > 0) throw new Invalid('request.invalid', problems)
  return { ...serviceDefaults, name: spoken(input.slug), ...input }
}

function spoken(slug: string): string {
  const words = slug.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
