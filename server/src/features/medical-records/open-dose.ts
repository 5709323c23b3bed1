import type { RecordDetails } from '@petra/contract'
import type { DataKey } from '../../platform/keys/data-key.ts'
import type { VaccinationRow } from './queries/vaccinations.ts'
import { openContent } from './sealed-content.ts'
import type { Dose } from './vaccination-status.ts'

/** A vaccination as its status is computed from it. @throws DamagedRecord when it does not open */
export function openDose(key: DataKey | undefined, row: VaccinationRow): Dose {
  const { details } = openContent(key, 'medical_records', row)
  const { vaccine, dose, licensedYears } = details as RecordDetails['vaccination']
  return {
    vaccine,
    on: row.occurredOn,
    given: dose ?? null,
    licensedYears: licensedYears ?? null,
    vouched: row.vouched,
  }
}
