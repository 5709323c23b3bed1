import { type ServiceInput, serviceDefaults } from '@petra/contract'
import type { ServiceTerms } from './queries/services.ts'

/** A service's input with the defaults in; its name is made from the slug: `wellness-exam` is a "Wellness exam". */
export function completeService(input: ServiceInput): ServiceTerms {
  return { ...serviceDefaults, name: spoken(input.slug), ...input }
}

function spoken(slug: string): string {
  const words = slug.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
