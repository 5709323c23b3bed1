import type { Pet, RecordDetails, RecordType } from '@petra/contract'
import { type FieldProblem, Invalid } from '../../platform/errors.ts'
import { unusual } from '../pets/lookup.ts'
import { isGivenTo } from './vaccination-status.ts'

/** What is written down, and of whom. */
export interface Findings<T extends RecordType = RecordType> {
  readonly type: T
  readonly species: Pet['species']
  readonly occurredOn: string
  readonly details: RecordDetails[T]
}

/**
 * Holds details that fit their schema against each other, the day and the species.
 * @param confirmed whether whoever writes them has said that they are right, however unusual
 * @param standing what was written before with the same details: what is unusual about it has been confirmed
 * @throws Invalid 422 `medical-record.invalid-details` for what cannot be, `medical-record.unusual` for what hardly is; each
 *   with a pointer to the field
 */
export function requirePlausible(findings: Findings, confirmed: boolean, standing?: Findings): void {
  const impossible = impossibilities[findings.type]?.(findings as never) ?? []
  if (impossible.length > 0) throw new Invalid('medical-record.invalid-details', impossible)
  if (confirmed) return
  const known = new Set(standing && odditiesOf(standing).map(({ pointer }) => pointer))
  const unusual = odditiesOf(findings).filter(({ pointer }) => !known.has(pointer))
  if (unusual.length > 0) throw new Invalid('medical-record.unusual', unusual)
}

function odditiesOf(findings: Findings): FieldProblem[] {
  return oddities[findings.type]?.(findings as never) ?? []
}

type Checks = { readonly [T in RecordType]?: (findings: Findings<T>) => FieldProblem[] }

const impossibilities: Checks = {
  vaccination: ({ occurredOn, details: { nextDueOn } }) =>
    faults([
      nextDueOn !== undefined && nextDueOn <= occurredOn,
      'nextDueOn',
      'must be after the day of the vaccination',
    ]),

  medication: ({ details: { startsOn, endsOn, schedule } }) =>
    faults(
      [startsOn !== undefined && endsOn !== undefined && endsOn < startsOn, 'endsOn', 'must not be before startsOn'],
      [schedule?.timesOfDay && schedule.everyHours, 'schedule/everyHours', 'must be left out beside timesOfDay'],
      [schedule?.everyDays && schedule.everyHours, 'schedule/everyDays', 'must be left out beside everyHours'],
    ),

  'lab-result': ({ details: { results = [] } }) =>
    results.flatMap(({ low, high }, i) =>
      faults([
        low !== undefined && high !== undefined && low > high,
        `results/${i}/high`,
        'must not be below the low end of the reference range',
      ]),
    ),
}

/** A value past a hundred times its reference range has lost its decimal point, or has the unit of another. */
const FAR_OUT = 100

const oddities: Checks = {
  vaccination: ({ species, occurredOn, details: { vaccine, lotExpiresOn } }) =>
    faults(
      [!isGivenTo(vaccine, species), 'vaccine', `is not one that a ${species} is given`],
      [
        lotExpiresOn !== undefined && lotExpiresOn < occurredOn,
        'lotExpiresOn',
        'was over on the day of the vaccination',
      ],
    ),

  weight: (findings) => unusuals(findings.species, findings.details, ['grams']),

  vitals: (findings) =>
    unusuals(findings.species, findings.details, ['temperatureCelsius', 'heartRate', 'respiratoryRate']),

  'lab-result': ({ details: { results = [] } }) =>
    results.flatMap(({ value, low, high }, i) =>
      faults(
        [
          typeof value === 'number' && high !== undefined && high > 0 && value > high * FAR_OUT,
          `results/${i}/value`,
          'is over a hundred times the high end of the reference range',
        ],
        [
          typeof value === 'number' && low !== undefined && low >= 0 && value < 0,
          `results/${i}/value`,
          'is below zero, which the reference range is not',
        ],
      ),
    ),
}

function unusuals<F extends Parameters<typeof unusual>[1]>(
  species: Pet['species'],
  details: { readonly [field in F]?: number },
  fields: readonly F[],
): FieldProblem[] {
  const found = fields.map((field) => ({ field, message: unusual(species, field, details[field] ?? null) }))
  return faults(...found.map(({ field, message }): Fault => [message, field, message ?? '']))
}

type Fault = readonly [found: unknown, field: string, message: string]

function faults(...all: readonly Fault[]): FieldProblem[] {
  return all
    .filter(([found]) => Boolean(found))
    .map(([, field, message]) => ({ pointer: `/body/details/${field}`, message }))
}
