import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { type Tx, transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import type { DataKey } from '../../platform/keys/data-key.ts'
import type { Keyring } from '../../platform/keys/keyring.ts'
import { reportDamage } from './damage.ts'
import { type DueVaccination, dueVaccinations, type Vaccinated } from './due-vaccinations.ts'
import { openDose } from './open-dose.ts'
import {
  databaseTime,
  findVaccinatedByDay,
  listVaccinatedAtNine,
  listVaccinationsOf,
  noteNotices,
} from './queries/due-vaccinations.ts'
import type { VaccinationRow } from './queries/vaccinations.ts'
import { DamagedRecord } from './sealed-content.ts'

/** Pets that one step looks at: two statements, and as much memory as their vaccinations take. */
const BATCH = 200

/** Where a look through the pets stands: when it began, an instant, and the last pet it came to. */
export interface Step {
  readonly at?: string
  readonly after?: string
}

/** Announces of each pet, once, that vaccinations are due or overdue, where it is nine in the morning; each step plans the next. */
export async function announceDueVaccinations(context: Context, step: Step): Promise<void> {
  const { db } = context
  const at = step.at ?? (await databaseTime(db))
  const pets = await listVaccinatedAtNine(db, at, step.after ?? '00000000-0000-0000-0000-000000000000', BATCH)
  await announceDueOf(context, pets, async (tx) => {
    const last = pets.at(-1)
    if (pets.length === BATCH && last)
      await enqueue(tx, [{ key: `due-vaccinations:${at}`, name: ANNOUNCE, payload: { at, after: last.petId } }])
  })
}

/** The same of one pet whose next visit is not what it was, on a day whose look is past; the next look comes soon enough at night. */
export async function announceDueVaccinationsOf(context: Context, { petId }: { petId: string }): Promise<void> {
  const pet = await findVaccinatedByDay(context.db, petId)
  if (pet) await announceDueOf(context, [pet])
}

async function announceDueOf(
  context: Context,
  pets: readonly Vaccinated[],
  andThen: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  const { db, dataKeys, keyring } = context
  const petIds = pets.map(({ petId }) => petId)
  const [rows, keys] = await Promise.all([
    listVaccinationsOf(db, petIds),
    dataKeys.dataKeysFor(db, 'pet-clinical', petIds),
  ])
  const given = Map.groupBy(rows, ({ petId }) => petId)
  const found: (DueVaccination & { petId: string; digest: Buffer })[] = []
  for (const pet of pets) {
    for (const due of await dueOf(context, pet, given.get(pet.petId) ?? [], keys.get(pet.petId)))
      found.push({ ...due, petId: pet.petId, digest: digestOf(keyring, pet.petId, due) })
  }
  await transact(db, async (tx) => {
    const fresh = await noteNotices(tx, found)
    const news = found.filter(({ digest }) => fresh.has(digest.toString('hex')))
    for (const [petId, dues] of Map.groupBy(news, (due) => due.petId))
      for (const stage of new Set(dues.map((due) => due.stage)))
        record(tx, system, `vaccination.${stage}`, { resource: { type: 'pet', id: petId }, petId })
    await andThen(tx)
  })
}

export const ANNOUNCE = 'medical-records.announce-due-vaccinations'
export const ANNOUNCE_OF = 'medical-records.announce-due-vaccinations-of'

/** A vaccination at a stage, told of once: it can be recognised, and not read. */
export function digestOf(keyring: Keyring, petId: string, { vaccine, stage, validThrough }: DueVaccination): Buffer {
  return keyring.hmac('token', `vaccination notice ${petId} ${vaccine} ${stage} ${validThrough}`)
}

/** Of a pet whose records do not open nothing is due: the trail names the record, and the others go on. */
async function dueOf(
  { trail }: Context,
  pet: Vaccinated,
  rows: readonly VaccinationRow[],
  key: DataKey | undefined,
): Promise<DueVaccination[]> {
  try {
    return dueVaccinations(
      pet,
      rows.map((row) => openDose(key, row)),
    )
  } catch (error) {
    if (!(error instanceof DamagedRecord)) throw error
    await reportDamage(trail, system, 'vaccination-status.read', pet.petId, error)
    return []
  }
}
