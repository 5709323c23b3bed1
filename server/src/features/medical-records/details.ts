import { type RecordType, recordDetails, recordTypes } from '@petra/contract'
import { Invalid } from '../../platform/errors.ts'
import { fieldProblems, schemaChecker } from '../../platform/http/validation.ts'

const checker = schemaChecker(false)

const checks = new Map(
  recordTypes.map((type) => [type, checker.compile({ properties: { details: recordDetails[type] } })]),
)

/**
 * Holds the details of a record against the schema of its type.
 * @throws Invalid 422 with a pointer to each field that does not fit
 */
export function requireDetails(type: RecordType, details: Record<string, unknown>): void {
  const fits = checks.get(type)
  if (!fits || fits({ details })) return
  const validation = fits.errors as unknown
  throw new Invalid(
    'medical-record.invalid-details',
    fieldProblems({ validation } as Parameters<typeof fieldProblems>[0]),
  )
}

/**
 * @param today the last day that has begun, `YYYY-MM-DD`
 * @throws Invalid 422 when the day is still to come
 */
export function requireBegun(occurredOn: string, today: string): void {
  if (occurredOn <= today) return
  throw new Invalid('medical-record.invalid-details', [
    { pointer: '/body/occurredOn', message: 'must not be in the future' },
  ])
}
