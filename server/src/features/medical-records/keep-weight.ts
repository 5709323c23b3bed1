import type { MedicalRecord, RecordDetails } from '@petra/contract'
import type { Tx } from '../../platform/database/database.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import { clearWeight, findLatestWeight, lockWeight, setWeight } from './queries/weight.ts'
import { openContent } from './sealed-content.ts'

/**
 * Keeps the weight in the pet's profile what the latest weight record says that a vet made or verified.
 * When the last of them is withdrawn, the profile forgets the weight it took from it.
 * @param before the record as it was, null for a new one
 */
export async function keepWeight(
  tx: Tx,
  key: DataKey,
  before: MedicalRecord | null,
  after: MedicalRecord,
): Promise<void> {
  if (!countsAsWeight(after) && !(before && countsAsWeight(before))) return
  const [, latest] = await Promise.all([lockWeight(tx, after.petId), findLatestWeight(tx, after.petId)])
  if (latest) await setWeight(tx, after.petId, gramsOf(openContent(key, 'medical_records', latest)))
  else if (before) await clearWeight(tx, after.petId, gramsOf(before))
}

function countsAsWeight({ type, status, source, verifiedBy }: MedicalRecord): boolean {
  return type === 'weight' && status === 'current' && (source === 'clinical' || verifiedBy !== null)
}

function gramsOf({ details }: Pick<MedicalRecord, 'details'>): number {
  return (details as RecordDetails['weight']).grams
}
