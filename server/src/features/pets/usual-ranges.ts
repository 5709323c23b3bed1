import type { Pet } from '@petra/contract'

/** The lowest and the highest that is usual, both included. */
type Range = readonly [low: number, high: number]

/** What a pet of a species is usually found to have, each in the unit of the field of that name. */
export interface UsualRanges {
  readonly grams: Range
  readonly temperatureCelsius: Range
  readonly heartRate: Range
  readonly respiratoryRate: Range
}

/**
 * From the newborn to the largest breed, from the anaesthetised to the critically ill: reference ranges (Merck Veterinary
 * Manual) widened until only a slip lies outside, a comma, a pound or another pet. `other` may be anything.
 */
export const usualRanges: Readonly<Record<Pet['species'], UsualRanges | null>> = {
  dog: range([50, 120_000], [30, 43], [20, 300], [4, 200]),
  cat: range([40, 20_000], [30, 43], [60, 320], [6, 200]),
  rabbit: range([20, 12_000], [33, 42], [80, 400], [15, 250]),
  bird: range([1, 20_000], [35, 45], [40, 1400], [4, 400]),
  'guinea-pig': range([30, 3_000], [34, 42], [100, 450], [20, 250]),
  hamster: range([1, 400], [20, 42], [60, 700], [10, 250]),
  ferret: range([5, 4_000], [33, 42], [100, 450], [10, 200]),
  reptile: range([1, 300_000], [5, 43], [2, 300], [1, 120]),
  fish: range([1, 120_000], [1, 40], [2, 300], [2, 300]),
  horse: range([5_000, 1_300_000], [33, 43], [16, 280], [4, 180]),
  other: null,
}

const units: Readonly<Record<keyof UsualRanges, string>> = {
  grams: 'g',
  temperatureCelsius: '°C',
  heartRate: 'beats a minute',
  respiratoryRate: 'breaths a minute',
}

/** What is unusual about a value, to be confirmed by whoever writes it down; null when nothing is. */
export function unusual(species: Pet['species'], field: keyof UsualRanges, value: number | null): string | null {
  const [low, high]: Range = usualRanges[species]?.[field] ?? [0, Number.POSITIVE_INFINITY]
  if (value === null || (value >= low && value <= high)) return null
  return `is unusual for a ${species}, who has ${low} to ${high} ${units[field]}`
}

function range(grams: Range, temperatureCelsius: Range, heartRate: Range, respiratoryRate: Range): UsualRanges {
  return { grams, temperatureCelsius, heartRate, respiratoryRate }
}
