import { type Pet, type VaccinationStatus, type Vaccine, vaccines } from '@petra/contract'

/**
 * What of a pet its vaccinations depend on; dates are `YYYY-MM-DD`. An estimated birthday is taken at its word, so that a dose
 * too early by it is repeated; a day that nobody knows rules nothing out.
 */
export type Patient = Pick<Pet, 'species' | 'birthDate' | 'microchippedOn'> & { readonly isChipped: boolean }

/** A location, what it requires, by whose rules, and its present day. */
export interface Place {
  readonly required: readonly Vaccine[]
  readonly policy: 'us' | 'eu'
  readonly today: string
}

/** One vaccination given. */
export interface Dose {
  readonly vaccine: Vaccine
  readonly on: string
  /** What whoever entered it called it, if anything. */
  readonly given: 'primary' | 'booster' | null
  /** Years, as the label says; none said is one. */
  readonly licensedYears: number | null
  /** Whether a vet gave it or verified it. */
  readonly vouched: boolean
}

type Requirement = VaccinationStatus['requirements'][number]

interface Cover {
  readonly dose: Dose
  /** The first and the last day. */
  readonly from: string
  readonly through: string
}

interface VaccineRule {
  readonly species: readonly Pet['species'][] | 'any'
  /** Doses before this age do not count. */
  readonly fromWeeks: number
  /** Days from a primary dose until it is valid; a booster is at once. */
  readonly onsetDays: { readonly us: number; readonly eu: number }
  /** Whose rules count it from the chip on only. */
  readonly needsChip: { readonly us: boolean; readonly eu: boolean }
}

const plain = { fromWeeks: 0, onsetDays: { us: 0, eu: 0 }, needsChip: { us: false, eu: false } }

/**
 * A guideline, not a standard of care. Every primary dose is valid for a year whatever its label, a booster for as long as the label says.
 * Species: WSAVA Vaccination Guidelines 2016, table 1; AAHA Canine 2022; AAHA/AAFP Feline 2020.
 * Rabies: not before 12 weeks (WSAVA 2016); valid 28 days after a first dose, and at once after any booster, overdue or not
 * (NASPHV Compendium of Animal Rabies 2016). In the EU with the chip or after it, 21 days after a primary, which a booster is again
 * that is not given while the one before is valid (Regulation (EU) 576/2013, annex III).
 */
const rules: Record<Vaccine, VaccineRule> = {
  rabies: {
    species: ['dog', 'cat'],
    fromWeeks: 12,
    onsetDays: { us: 28, eu: 21 },
    needsChip: { us: false, eu: true },
  },
  dap: { species: ['dog'], ...plain },
  leptospirosis: { species: ['dog'], ...plain },
  bordetella: { species: ['dog', 'cat'], ...plain },
  lyme: { species: ['dog'], ...plain },
  'canine-influenza': { species: ['dog'], ...plain },
  fvrcp: { species: ['cat'], ...plain },
  felv: { species: ['cat'], ...plain },
  other: { species: 'any', ...plain },
}

/** From the best to the worst: of two places that require the same, the worse answer stands. */
const ranks: readonly Requirement['status'][] = ['valid', 'unverified', 'expired', 'missing']

/** Each vaccination that the places require of a pet of this species, and how it stands there today. */
export function vaccinationStatus(patient: Patient, places: readonly Place[], doses: readonly Dose[]): Requirement[] {
  return vaccines.flatMap((vaccine) => {
    if (!isGivenTo(vaccine, patient.species)) return []
    const given = doses.filter((dose) => dose.vaccine === vaccine).sort(inOrder)
    const answers = places
      .filter(({ required }) => required.includes(vaccine))
      .map((place) => requirementAt(place, vaccine, given, patient))
    return answers.sort(worstFirst).slice(0, 1)
  })
}

/** Whether the species is vaccinated with it at all. */
export function isGivenTo(vaccine: Vaccine, to: Pet['species']): boolean {
  const { species } = rules[vaccine]
  return species === 'any' || species.includes(to)
}

function requirementAt(
  { policy, today }: Place,
  vaccine: Vaccine,
  doses: readonly Dose[],
  patient: Patient,
): Requirement {
  const vouched = coversOf(
    doses.filter((dose) => dose.vouched),
    rules[vaccine],
    policy,
    patient,
  )
  const valid = last(vouched.filter(({ from, through }) => from <= today && today <= through))
  if (valid) return { vaccine, status: 'valid', validThrough: valid }
  const claimed = coversOf(doses, rules[vaccine], policy, patient)
  if (claimed.some(({ dose, through }) => !dose.vouched && today <= through)) {
    return { vaccine, status: 'unverified', validThrough: null }
  }
  const expired = last(vouched.filter(({ through }) => through < today))
  return { vaccine, status: expired ? 'expired' : 'missing', validThrough: expired ?? null }
}

/** When each dose is valid, given the ones before it; of two on one day the first counts. */
function coversOf(doses: readonly Dose[], rule: VaccineRule, policy: Place['policy'], patient: Patient): Cover[] {
  const earliest = firstDay(rule, policy, patient)
  const covers: Cover[] = []
  for (const dose of doses) {
    const before = covers.at(-1)
    if (earliest === null || dose.on < earliest || before?.dose.on === dose.on) continue
    const isFirst = dose === doses[0]
    const booster = isBooster(dose, before, isFirst, policy)
    const on = Temporal.PlainDate.from(dose.on)
    covers.push({
      dose,
      from: on.add({ days: booster ? 0 : rule.onsetDays[policy] }).toString(),
      through: on.add({ years: booster ? (dose.licensedYears ?? 1) : 1 }).toString(),
    })
  }
  return covers
}

/** From when on doses count; null when none does. A chip whose day nobody knows was there in time. */
function firstDay(
  { fromWeeks, needsChip }: VaccineRule,
  policy: Place['policy'],
  { birthDate, isChipped, microchippedOn }: Patient,
): string | null {
  if (needsChip[policy] && !isChipped) return null
  const oldEnough = birthDate === null ? '' : Temporal.PlainDate.from(birthDate).add({ weeks: fromWeeks }).toString()
  const chipped = needsChip[policy] ? (microchippedOn ?? '') : ''
  return oldEnough > chipped ? oldEnough : chipped
}

/**
 * The first dose on record may be called a booster: earlier ones were given elsewhere. Once one on record did not count, the
 * next is the first.
 */
function isBooster({ given, on }: Dose, before: Cover | undefined, isFirst: boolean, policy: Place['policy']): boolean {
  if (before === undefined) return given === 'booster' && isFirst
  if (policy === 'eu' && (on < before.from || on > before.through)) return false
  return given !== 'primary'
}

function last(covers: readonly Cover[]): string | undefined {
  return covers
    .map(({ through }) => through)
    .sort()
    .at(-1)
}

/** By day; on the same day what is vouched for, and of that a booster, comes first. */
function inOrder(a: Dose, b: Dose): number {
  return (
    a.on.localeCompare(b.on) ||
    Number(b.vouched) - Number(a.vouched) ||
    Number(b.given === 'booster') - Number(a.given === 'booster')
  )
}

function worstFirst(a: Requirement, b: Requirement): number {
  return ranks.indexOf(b.status) - ranks.indexOf(a.status) || (a.validThrough ?? '').localeCompare(b.validThrough ?? '')
}
