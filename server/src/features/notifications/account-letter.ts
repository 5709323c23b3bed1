import type { Letter } from './letter.ts'
import type { Voice } from './voice.ts'

/** A letter to an account's holder about signing in. */
export function accountLetter({ say }: Voice, letter: Omit<Letter, 'kind' | 'footer'>): Letter {
  return { ...letter, kind: 'security', footer: say('footer.security') }
}
