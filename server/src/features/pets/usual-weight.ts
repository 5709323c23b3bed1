import type { Pet, PetInput } from '@petra/contract'
import { Invalid } from '../../platform/errors.ts'
import { unusual } from './usual-ranges.ts'

/**
 * Asks for an unusual weight to be confirmed, once: what the profile has already is left alone.
 * @throws Invalid 422 `pet.unusual`
 */
export function requireUsualWeight({ species, weightGrams = null, confirmUnusual }: PetInput, before?: Pet): void {
  if (confirmUnusual || (weightGrams === before?.weightGrams && species === before?.species)) return
  const message = unusual(species, 'grams', weightGrams)
  if (message) throw new Invalid('pet.unusual', [{ pointer: '/body/weightGrams', message }])
}
