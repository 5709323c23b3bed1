import type { AppointmentAlerts } from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, NotFound } from '../../platform/errors.ts'
import { findVisitInSight } from '../appointments/lookup.ts'
import { originOf, type RecordOf, readRecords } from './read-records.ts'

/**
 * The severe and life-threatening allergies of an appointment's pet, for whoever sees the one and may read the records of
 * the other.
 * @throws NotFound, AppError 403, DamagedRecord, AppError 503 when the trail cannot be written
 */
export async function listAppointmentAlerts(
  context: Context,
  actor: Person,
  appointmentId: string,
): Promise<AppointmentAlerts> {
  const visit = await findVisitInSight(context.db, actor, appointmentId)
  if (!visit) throw new NotFound()
  const { petId } = visit
  const resource = { type: 'appointment', id: appointmentId }
  const records = await readRecords(context, actor, { petId, type: 'allergy', shows: isGrave, resource }).catch(
    (error) => {
      throw error instanceof AppError ? error.about(petId) : error
    },
  )
  return { appointmentId, petId, alerts: records.map(alertOf).sort(gravestFirst) }
}

type Alert = AppointmentAlerts['alerts'][number]

function isGrave({ details: { active, severity } }: RecordOf<'allergy'>): boolean {
  return active !== false && (severity === 'severe' || severity === 'life-threatening')
}

function alertOf(record: RecordOf<'allergy'>): Alert {
  const { substance, reaction, severity } = record.details
  return {
    kind: 'allergy',
    severity: severity as Alert['severity'],
    substance,
    reaction: reaction ?? null,
    ...originOf(record),
  }
}

function gravestFirst(a: Alert, b: Alert): number {
  return Number(b.severity === 'life-threatening') - Number(a.severity === 'life-threatening')
}
