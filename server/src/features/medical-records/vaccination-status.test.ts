import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Dose, type Patient, type Place, vaccinationStatus } from './vaccination-status.ts'

const rex: Patient = { species: 'dog', birthDate: '2021-05-02', isChipped: true, microchippedOn: '2021-07-01' }
const unknown = { birthDate: null, isChipped: false, microchippedOn: null }
const newYork: Place = { required: ['rabies'], policy: 'us', today: '2026-11-22' }
const london: Place = { ...newYork, policy: 'eu' }

function rabies(on: string, more: Partial<Dose> = {}): Dose {
  return { vaccine: 'rabies', on, given: null, licensedYears: null, vouched: true, ...more }
}

function at(place: Place, today: string, ...doses: Dose[]) {
  const [requirement] = vaccinationStatus(rex, [{ ...place, today }], doses)
  return [requirement?.status, requirement?.validThrough]
}

describe('the vaccination status', () => {
  it('is missing without a vaccination, and says nothing of what is not required', () => {
    const dap = { ...rabies('2026-03-30'), vaccine: 'dap' } as const
    assert.deepEqual(vaccinationStatus(rex, [newYork], [dap]), [
      { vaccine: 'rabies', status: 'missing', validThrough: null },
    ])
    assert.deepEqual(vaccinationStatus(rex, [], [rabies('2026-03-30')]), [])
  })

  it('takes a one-year dose of 30 March 2026 as valid through 30 March 2027', () => {
    const dose = rabies('2026-03-30', { licensedYears: 1 })
    assert.deepEqual(at(newYork, '2027-03-30', dose), ['valid', '2027-03-30'])
    assert.deepEqual(at(newYork, '2027-03-31', dose), ['expired', '2027-03-30'])
  })

  it('ends a year after 29 February on 28 February', () => {
    assert.deepEqual(at(newYork, '2025-02-28', rabies('2024-02-29')), ['valid', '2025-02-28'])
  })

  it('counts a first rabies dose for one year whatever its label', () => {
    assert.deepEqual(at(newYork, '2026-11-22', rabies('2026-03-30', { licensedYears: 3 })), ['valid', '2027-03-30'])
  })

  it('counts a booster for as long as the label says, and for a year when it says nothing', () => {
    const first = rabies('2025-04-01')
    assert.deepEqual(at(newYork, '2026-11-22', first, rabies('2026-03-30', { licensedYears: 3 })), [
      'valid',
      '2029-03-30',
    ])
    assert.deepEqual(at(newYork, '2026-11-22', first, rabies('2026-03-30')), ['valid', '2027-03-30'])
  })

  it('believes that a first dose on record is a booster when a vet calls it one', () => {
    const dose = rabies('2026-11-22', { given: 'booster', licensedYears: 3 })
    assert.deepEqual(at(newYork, '2026-11-22', dose), ['valid', '2029-11-22'])
  })

  it('begins 28 days after a first dose in the US, 21 days after it in the EU', () => {
    const dose = rabies('2026-01-01')
    assert.deepEqual(at(newYork, '2026-01-28', dose), ['missing', null])
    assert.deepEqual(at(newYork, '2026-01-29', dose), ['valid', '2027-01-01'])
    assert.deepEqual(at(london, '2026-01-21', dose), ['missing', null])
    assert.deepEqual(at(london, '2026-01-22', dose), ['valid', '2027-01-01'])
  })

  it('begins at once after a booster', () => {
    assert.deepEqual(at(newYork, '2026-03-30', rabies('2025-04-01'), rabies('2026-03-30')), ['valid', '2027-03-30'])
  })

  it('takes an overdue booster as one in the US, and as a primary dose in the EU', () => {
    const doses = [rabies('2023-01-10'), rabies('2026-11-10', { given: 'booster', licensedYears: 3 })]
    assert.deepEqual(at(newYork, '2026-11-22', ...doses), ['valid', '2029-11-10'])
    assert.deepEqual(at(london, '2026-11-22', ...doses), ['expired', '2024-01-10'])
    assert.deepEqual(at(london, '2026-12-01', ...doses), ['valid', '2027-11-10'])
  })

  it('takes the booster of the last valid day as a booster in the EU', () => {
    const doses = [rabies('2025-03-30'), rabies('2026-03-30', { licensedYears: 3 })]
    assert.deepEqual(at(london, '2026-03-30', ...doses), ['valid', '2029-03-30'])
  })

  it('does not count a rabies dose before 12 weeks of age', () => {
    const puppy: Patient = { ...rex, birthDate: '2026-06-01' }
    const statusOf = (...doses: Dose[]) => vaccinationStatus(puppy, [newYork], doses)[0]
    assert.equal(statusOf(rabies('2026-08-23'))?.status, 'missing')
    assert.equal(statusOf(rabies('2026-08-24'))?.status, 'valid')
    assert.equal(statusOf(rabies('2026-08-01'), rabies('2026-08-24', { licensedYears: 3 }))?.validThrough, '2027-08-24')
  })

  it('takes the repeat of a dose that came too early as the first, whatever it is called', () => {
    const puppy: Patient = { ...rex, birthDate: '2026-06-01' }
    const repeat = rabies('2026-08-24', { given: 'booster', licensedYears: 3 })
    const statusOn = (today: string, ...doses: Dose[]) => vaccinationStatus(puppy, [{ ...newYork, today }], doses)[0]
    assert.equal(statusOn('2026-08-24', rabies('2026-08-01'), repeat)?.status, 'missing')
    assert.equal(statusOn('2026-09-21', rabies('2026-08-01'), repeat)?.validThrough, '2027-08-24')
    assert.equal(statusOn('2026-08-24', repeat)?.validThrough, '2029-08-24')
  })

  it('counts a rabies dose in the EU with the chip or after it, and nowhere else asks for one', () => {
    const statusOf = (place: Place, chip: Partial<Patient>) => {
      const [requirement] = vaccinationStatus({ ...rex, ...chip }, [place], [rabies('2026-03-30')])
      return requirement?.status
    }
    assert.equal(statusOf(london, { microchippedOn: '2026-03-30' }), 'valid')
    assert.equal(statusOf(london, { microchippedOn: '2026-03-31' }), 'missing')
    assert.equal(statusOf(london, { microchippedOn: null }), 'valid')
    assert.equal(statusOf(london, { isChipped: false, microchippedOn: null }), 'missing')
    assert.equal(statusOf(newYork, { isChipped: false, microchippedOn: null }), 'valid')
    assert.equal(statusOf(newYork, { microchippedOn: '2026-03-31' }), 'valid')
    const dap: Dose = { ...rabies('2026-03-30'), vaccine: 'dap' }
    const chipless = { ...rex, isChipped: false, microchippedOn: null }
    assert.equal(vaccinationStatus(chipless, [{ ...london, required: ['dap'] }], [dap])[0]?.status, 'valid')
  })

  it('takes as the first in the EU what follows a dose before the chip, even if it is called a booster', () => {
    const chipped = { ...rex, microchippedOn: '2026-01-01' }
    const doses = [rabies('2025-06-01'), rabies('2026-05-01', { given: 'booster', licensedYears: 3 })]
    const on = (today: string) => vaccinationStatus(chipped, [{ ...london, today }], doses)[0]
    assert.equal(on('2026-05-01')?.status, 'missing')
    assert.equal(on('2026-05-22')?.validThrough, '2027-05-01')
  })

  it('does not let a second dose in the EU cut the wait after a first one short', () => {
    const doses = [rabies('2026-01-01'), rabies('2026-01-05', { given: 'booster', licensedYears: 3 })]
    assert.deepEqual(at(london, '2026-01-05', ...doses), ['missing', null])
    assert.deepEqual(at(london, '2026-01-22', ...doses), ['valid', '2027-01-01'])
    assert.deepEqual(at(london, '2026-01-26', ...doses), ['valid', '2027-01-05'])
  })

  it('counts doses of a pet whose birthday nobody knows', () => {
    const [requirement] = vaccinationStatus({ ...unknown, species: 'cat' }, [newYork], [rabies('2026-03-30')])
    assert.equal(requirement?.status, 'valid')
  })

  it('counts two entries of one day once, so that a copy is no booster', () => {
    const doses = [rabies('2026-03-30', { licensedYears: 3 }), rabies('2026-03-30', { licensedYears: 3 })]
    assert.deepEqual(at(newYork, '2026-11-22', ...doses), ['valid', '2027-03-30'])
  })

  it('takes the dose that a vet vouches for when an owner reports the same day', () => {
    const doses = [rabies('2026-03-30', { vouched: false, given: 'booster' }), rabies('2026-03-30')]
    assert.deepEqual(at(newYork, '2026-11-22', ...doses), ['valid', '2027-03-30'])
  })

  it('is unverified, without a date, when only an owner says so', () => {
    const dose = rabies('2026-03-30', { vouched: false })
    assert.deepEqual(at(newYork, '2026-11-22', dose), ['unverified', null])
    assert.deepEqual(at(newYork, '2026-04-01', dose), ['unverified', null])
    assert.deepEqual(at(newYork, '2027-03-31', dose), ['missing', null])
  })

  it('does not let an owner prolong or turn into a booster what a vet vouches for', () => {
    const doses = [rabies('2025-12-01', { vouched: false }), rabies('2026-03-30', { licensedYears: 3 })]
    assert.deepEqual(at(newYork, '2026-11-22', ...doses), ['valid', '2027-03-30'])
    const renewed = [rabies('2025-03-30'), rabies('2026-03-30', { vouched: false })]
    assert.deepEqual(at(newYork, '2026-11-22', ...renewed), ['unverified', null])
  })

  it('counts doses in the order of their days, however they were entered', () => {
    const doses = [rabies('2026-03-30', { licensedYears: 3 }), rabies('2025-04-01')]
    assert.deepEqual(at(newYork, '2026-11-22', ...doses), ['valid', '2029-03-30'])
  })

  it('gives the worse answer when two places require the same', () => {
    const doses = [rabies('2023-01-10'), rabies('2026-11-10', { given: 'booster', licensedYears: 3 })]
    for (const places of [
      [newYork, london],
      [london, newYork],
    ]) {
      assert.deepEqual(vaccinationStatus(rex, places, doses), [
        { vaccine: 'rabies', status: 'expired', validThrough: '2024-01-10' },
      ])
    }
  })

  it('asks of each species its own vaccines', () => {
    const place: Place = { ...newYork, required: ['felv', 'dap', 'rabies'] }
    const asked = (species: Patient['species']) =>
      vaccinationStatus({ ...unknown, species }, [place], []).map(({ vaccine }) => vaccine)
    assert.deepEqual(asked('dog'), ['rabies', 'dap'])
    assert.deepEqual(asked('cat'), ['rabies', 'felv'])
    assert.deepEqual(asked('rabbit'), [])
  })
})
