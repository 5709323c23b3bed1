import type { ExportContent } from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { findAccount, openContact, toAccount } from '../accounts/lookup.ts'
import { exportVisits } from '../appointments/lookup.ts'
import { exportActivity } from '../audit/lookup.ts'
import { exportRecords } from '../medical-records/lookup.ts'
import { exportFormerOwnerships, exportPets } from '../pets/lookup.ts'
import { exportSessions, exportTokens } from '../sessions/lookup.ts'
import { exportMessages } from './queries.ts'

/** Everything about a person, as each feature knows it; null when they are gone. */
export async function gatherExport(context: Context, accountId: string): Promise<ExportContent | null> {
  const { db } = context
  const account = await findAccount(db, accountId)
  if (!account) return null
  const [contact, sessions, tokens, messages, pets, formerOwnerships, appointments, activity] = await Promise.all([
    openContact(db, context, account),
    exportSessions(db, accountId),
    exportTokens(db, accountId),
    exportMessages(db, accountId),
    exportPets(db, accountId),
    exportFormerOwnerships(db, accountId),
    exportVisits(db, accountId),
    exportActivity(db, accountId),
  ])
  if (!contact) return null
  const medicalRecords: ExportContent['medicalRecords'] = []
  const damagedRecordIds: string[] = []
  for (const { pet } of pets.filter(({ rights }) => rights.includes('records'))) {
    const { records, damagedIds } = await exportRecords(context, pet.id)
    medicalRecords.push(...records)
    damagedRecordIds.push(...damagedIds)
  }
  return {
    madeAt: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
    account: toAccount(account, contact),
    ...{ sessions, tokens, messages, pets, formerOwnerships, appointments, medicalRecords, damagedRecordIds, activity },
  }
}
