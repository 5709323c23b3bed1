import { AppError, Invalid } from '../../platform/errors.ts'
import { localSpan, type Span } from './local-span.ts'
import type { Workplace } from './queries/workplaces.ts'

/** @throws Invalid 422 when the provider does not work at the location */
export function workplaceNamed(workplaces: readonly Workplace[], locationId: string): Workplace {
  const workplace = workplaces.find((candidate) => candidate.locationId === locationId.toLowerCase())
  if (workplace) return workplace
  throw new Invalid('reference.unknown', [{ pointer: '/body/locationId', message: 'is no location of this provider' }])
}

/**
 * The location that is named, else the provider's only one.
 * @throws Invalid 422 when the provider does not work there, AppError 422 when none is named and there is not just one
 */
export function workplaceFor(workplaces: readonly Workplace[], locationId: string | null): Workplace {
  if (locationId !== null) return workplaceNamed(workplaces, locationId)
  const [only, another] = workplaces
  if (only && !another) return only
  throw new AppError('appointment.location-required', 'This provider does not work at just one location; name it.')
}

/**
 * Where a time off holds and when: at the location that is named, else at all of the provider's.
 * @returns `locationId` null for all of them
 * @throws Invalid 422 when the provider does not work there, AppError 422 when none is named and their clocks do not agree
 */
export function placeAndSpan(
  workplaces: readonly Workplace[],
  input: { from: string; to: string; locationId?: string | null },
): { locationId: string | null; span: Span } {
  if (input.locationId != null) {
    const { locationId, timeZone } = workplaceNamed(workplaces, input.locationId)
    return { locationId, span: localSpan(input, timeZone) }
  }
  const [span, ...others] = workplaces.map(({ timeZone }) => localSpan(input, timeZone))
  if (span && others.every(({ from, to }) => from === span.from && to === span.to)) return { locationId: null, span }
  throw new AppError(
    'appointment.location-required',
    "This provider's locations do not keep one clock; name one of them.",
  )
}
