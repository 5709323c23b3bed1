import type { Queryable } from '../../platform/database/database.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import type { DataKeys } from '../../platform/keys/data-keys.ts'

/** The key of a pet's clinical content; undefined when nothing was ever sealed for the pet, or its key was destroyed. */
export async function clinicalKey(dataKeys: DataKeys, db: Queryable, petId: string): Promise<DataKey | undefined> {
  const [key] = (await dataKeys.dataKeysFor(db, 'pet-clinical', [petId])).values()
  return key
}
