/** A stream of draws that a seed decides. */
export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number
  /** One of them; of equal ones each counts. */
  oneOf<T>(items: readonly T[]): T
  /** Whether something of this chance happens. */
  happens(chance: number): boolean
  uuid(): string
}

/** Mulberry32: 32 bits of state, and good enough to pick with. */
export function openRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    oneOf: (items) => items[below(items.length)] as (typeof items)[number],
    happens: (chance) => next() < chance,
    uuid: () => '########-####-7###-8###-############'.replaceAll('#', () => below(16).toString(16)),
  }
}
