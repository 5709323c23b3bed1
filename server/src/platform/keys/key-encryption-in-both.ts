import type { KeyEncryption } from './key-encryption.ts'

/** Keys at hand, and what is to be known of them. */
interface Here extends KeyEncryption {
  /** Whether the current key-encryption key is one of them. */
  wrap(): boolean
  have(kekId: string): boolean
}

/**
 * Keys at hand beside those of another machine: the current one wraps, whichever has wrapped unwraps. Data keys hang on both while a
 * rotation takes them from one to the other.
 */
export function keyEncryptionInBoth(here: Here, elsewhere: KeyEncryption): KeyEncryption {
  return {
    wrapAll: (dataKeys) => (here.wrap() ? here : elsewhere).wrapAll(dataKeys),
    async unwrapAll(wrappedKeys) {
      const isHere = wrappedKeys.map(({ wrapped }) => here.have(wrapped.kekId))
      const [opened, fetched] = await Promise.all([
        here.unwrapAll(wrappedKeys.filter((_, index) => isHere[index])),
        elsewhere.unwrapAll(wrappedKeys.filter((_, index) => !isHere[index])),
      ])
      const [ours, theirs] = [opened.values(), fetched.values()]
      return isHere.map((is) => (is ? ours : theirs).next().value as Buffer)
    },
  }
}
