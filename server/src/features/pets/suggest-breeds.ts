import { existsSync, readFileSync } from 'node:fs'
import type { BreedSuggestions } from '@petra/contract'

type Species = BreedSuggestions['species']

/**
 * Breeds of a species whose name, or else a word of it, begins with the text, whatever its case and accents.
 * @param limit how many at the most
 */
export function suggestBreeds(species: Species, search: string, limit: number): BreedSuggestions {
  const wanted = folded(search)
  const all = breedsOf(species)
  const named = all.filter(({ key }) => key.startsWith(wanted))
  const worded = all.filter(({ key }) => !key.startsWith(wanted) && key.includes(` ${wanted}`))
  return { species, breeds: [...named, ...worded].slice(0, limit).map(({ name }) => name) }
}

interface Breed {
  readonly name: string
  /** As it is compared: folded, its words parted by one space. */
  readonly key: string
}

const read = new Map<Species, readonly Breed[]>()

/** Read when they are first asked for: 20 KB in all. */
function breedsOf(species: Species): readonly Breed[] {
  const known = read.get(species) ?? readBreeds(species)
  read.set(species, known)
  return known
}

function readBreeds(species: Species): Breed[] {
  const file = new URL(`../../../data/breeds/${species}.txt`, import.meta.url)
  if (!existsSync(file)) return []
  const names = readFileSync(file, 'utf8').trim().split('\n')
  return names.map((name) => ({ name, key: folded(name) }))
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ø/gi, 'o')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
