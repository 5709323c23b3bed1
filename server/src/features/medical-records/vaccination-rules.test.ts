import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { type Dose, type Patient, type Place, vaccinationStatus } from './vaccination-status.ts'

/** `VACCINATION_RUNS=100000 VACCINATION_SEED=7` looks longer, or again. */
const numRuns = Number(process.env.VACCINATION_RUNS ?? 2_000)
const seed = Number(process.env.VACCINATION_SEED ?? 20_261_127)

const epoch = Date.UTC(2020, 0, 1)
const dateOf = (day: number) => new Date(epoch + day * 86_400_000).toISOString().slice(0, 10)
const dayOf = (date: string) => (Date.parse(date) - epoch) / 86_400_000

/** Days between two things, at the edges of the rules and beside them. */
const gap = fc.constantFrom(0, 1, 4, 20, 21, 22, 27, 28, 29, 83, 84, 85, 364, 365, 366, 1_095, 1_096)

const given = fc.record({
  /** Days since the dose before. */
  after: gap,
  given: fc.constantFrom(null, 'primary' as const, 'booster' as const),
  licensedYears: fc.constantFrom(null, 1, 3),
  vouched: fc.boolean(),
})

/** A pet, its doses and a day: each some gap away from one of the doses. */
const story = fc
  .record({
    doses: fc.array(given, { maxLength: 4 }),
    birth: fc.option(fc.tuple(gap, fc.nat(3))),
    chip: fc.option(fc.tuple(fc.constantFrom(-1, 0, 1), fc.nat(3))),
    isChipped: fc.boolean(),
    today: fc.tuple(gap, fc.nat(3)),
    policy: fc.constantFrom('us' as const, 'eu' as const),
  })
  .map(({ doses, birth, chip, isChipped, today, policy }) => {
    const days: number[] = []
    for (const { after } of doses) days.push((days.at(-1) ?? 400) + after)
    const dayNear = (which: number) => days[which] ?? 400
    const pet: Patient = {
      species: 'dog',
      birthDate: birth && dateOf(dayNear(birth[1]) - birth[0]),
      microchippedOn: chip && dateOf(dayNear(chip[1]) + chip[0]),
      isChipped,
    }
    const given: Dose[] = doses.map(({ after, ...dose }, i) => ({ vaccine: 'rabies', on: dateOf(dayNear(i)), ...dose }))
    return { pet, given, place: { required: ['rabies'], policy, today: dateOf(dayNear(today[1]) + today[0]) } as Place }
  })

it('the rabies status is what the rules say, whatever was given when', () => {
  fc.assert(
    fc.property(story, ({ pet, given, place }) => {
      assert.deepEqual(vaccinationStatus(pet, [place], given), [{ vaccine: 'rabies', ...told(pet, given, place) }])
    }),
    { numRuns, seed },
  )
})

/** The rules of the trade, one dose and one day at a time. */
function told(pet: Patient, doses: readonly Dose[], { policy, today }: Place) {
  const now = dayOf(today)
  const spans = (given: readonly Dose[]) => {
    const counted: { dose: Dose; days: Set<number>; last: number }[] = []
    let skipped = false
    for (const dose of byDay(given)) {
      const on = dayOf(dose.on)
      if (counted.at(-1)?.dose.on === dose.on) continue
      const isYoung = pet.birthDate !== null && on - dayOf(pet.birthDate) < 12 * 7
      const isUnchipped = policy === 'eu' && (!pet.isChipped || (pet.microchippedOn ?? '') > dose.on)
      if (isYoung || isUnchipped) {
        skipped = true
        continue
      }
      const previous = counted.at(-1)
      const isRepeat =
        dose.given !== 'primary' &&
        (previous ? policy === 'us' || previous.days.has(on) : dose.given === 'booster' && !skipped)
      const last = dayOf(yearsLater(dose.on, isRepeat ? (dose.licensedYears ?? 1) : 1))
      const first = on + (isRepeat ? 0 : { us: 28, eu: 21 }[policy])
      counted.push({ dose, last, days: new Set(Array.from({ length: last - first + 1 }, (_, i) => first + i)) })
    }
    return counted
  }
  const vouched = spans(doses.filter((dose) => dose.vouched))
  const through = (some: typeof vouched) =>
    some.length === 0 ? null : dateOf(Math.max(...some.map(({ last }) => last)))
  const covering = vouched.filter(({ days }) => days.has(now))
  if (covering.length > 0) return { status: 'valid', validThrough: through(covering) }
  if (spans(doses).some(({ dose, last }) => !dose.vouched && last >= now))
    return { status: 'unverified', validThrough: null }
  const over = through(vouched.filter(({ last }) => last < now))
  return { status: over === null ? 'missing' : 'expired', validThrough: over }
}

function byDay(doses: readonly Dose[]): Dose[] {
  const weight = ({ vouched, given }: Dose) => (vouched ? 0 : 2) + (given === 'booster' ? 0 : 1)
  return doses.toSorted((a, b) => dayOf(a.on) - dayOf(b.on) || weight(a) - weight(b))
}

/** 29 February goes to the 28th. */
function yearsLater(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) + years)
  return date.endsWith('02-29') && new Date(`${year}-02-29`).getUTCDate() !== 29
    ? `${year}-02-28`
    : year + date.slice(4)
}
