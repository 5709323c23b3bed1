import type { LocationInput } from '@petra/contract'

/** A location's input with the defaults in. */
export function completeLocation(input: LocationInput): Required<LocationInput> {
  return { address: null, vaccinationPolicy: 'us', requiredVaccines: [], travelMinutes: 0, ...input }
}
