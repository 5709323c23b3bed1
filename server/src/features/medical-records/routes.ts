import {
  addMedicalDocument as addDocumentRoute,
  addAddendum as addendumRoute,
  addMedicalRecord as addRoute,
  listAppointmentAlerts as alertsRoute,
  amendMedicalRecord as amendRoute,
  getMedicalDocument as documentRoute,
  listEmergencyAccesses as emergenciesRoute,
  requestEmergencyAccess as emergencyAccessRoute,
  getMedicalRecord as getRoute,
  listMedicalRecordVersions as historyRoute,
  listMedicalRecords as listRoute,
  listMedications as medicationsRoute,
  listProblems as problemsRoute,
  refillMedication as refillRoute,
  retractMedicalRecord as retractRoute,
  signVisitNote as signRoute,
  getVaccinationStatus as vaccinationStatusRoute,
  verifyMedicalRecord as verifyRoute,
  getWeightHistory as weightsRoute,
} from '@petra/contract'
import type { Person } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { cursorShape, decodeCursor } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { addAddendum } from './add-addendum.ts'
import { addMedicalDocument } from './add-medical-document.ts'
import { addMedicalRecord } from './add-medical-record.ts'
import { amendMedicalRecord } from './amend-medical-record.ts'
import { reportDamage } from './damage.ts'
import { getMedicalDocument } from './get-medical-document.ts'
import { getMedicalRecord } from './get-medical-record.ts'
import { getVaccinationStatus } from './get-vaccination-status.ts'
import { getWeightHistory } from './get-weight-history.ts'
import { listAppointmentAlerts } from './list-appointment-alerts.ts'
import { listEmergencyAccesses } from './list-emergency-accesses.ts'
import { listMedicalRecordVersions } from './list-medical-record-versions.ts'
import { listMedicalRecords } from './list-medical-records.ts'
import { listMedications } from './list-medications.ts'
import { listProblems } from './list-problems.ts'
import { refillMedication } from './refill-medication.ts'
import { requestEmergencyAccess } from './request-emergency-access.ts'
import { retractMedicalRecord } from './retract-medical-record.ts'
import { signVisitNote } from './sign-visit-note.ts'
import { verifyMedicalRecord } from './verify-medical-record.ts'

const versionShape = /^[1-9]\d{0,8}$/

export function medicalRecordRoutes(serve: Serve, context: Context): void {
  const { dataKeys, trail } = context

  serve.read(listRoute, ({ actor, params, query: { type, from, to, appointment, search, cursor, limit = 25 } }) =>
    listMedicalRecords(context, actor, params.petId, {
      type: type ?? null,
      from: from ?? null,
      to: to ?? null,
      appointmentId: appointment ?? null,
      search: search ?? null,
      after: decodeCursor(cursor, [cursorShape.date, cursorShape.id]),
      limit,
    }),
  )

  serve.write(addRoute, (tx, { actor, params, body }) => addMedicalRecord(tx, dataKeys, actor, params.petId, body))

  serve.read(getRoute, ({ actor, params }) => getMedicalRecord(context, actor, params.petId, params.recordId))

  /** The transaction is rolled back by then; the trail still names the record that did not open. */
  const refused = async (error: unknown, { actor, params }: { actor: Person; params: { petId: string } }) => {
    await reportDamage(trail, actor, 'medical-record.read', params.petId, error)
    return error
  }

  serve.write(
    amendRoute,
    (tx, { actor, params, body, requireFresh }) => amendMedicalRecord(tx, dataKeys, actor, params, body, requireFresh),
    { refused },
  )

  serve.write(
    retractRoute,
    async (tx, { actor, params, query, requireFresh }) => {
      await retractMedicalRecord(tx, dataKeys, actor, params, query.reason, requireFresh)
      return null
    },
    { refused },
  )

  serve.read(historyRoute, ({ actor, params, query: { cursor, limit = 25 } }) => {
    const after = decodeCursor(cursor, [versionShape])
    const before = after && Number(after[0])
    return listMedicalRecordVersions(context, actor, params.petId, params.recordId, before, limit)
  })

  serve.write(verifyRoute, (tx, { actor, params }) => verifyMedicalRecord(tx, dataKeys, actor, params), { refused })

  serve.receive(addDocumentRoute, ({ actor, params }, upload) => addMedicalDocument(context, actor, params, upload), {
    refused,
  })

  serve.send(documentRoute, ({ actor, params }) => getMedicalDocument(context, actor, params))

  serve.write(signRoute, (tx, { actor, params }) => signVisitNote(tx, dataKeys, actor, params), { refused })

  serve.write(addendumRoute, (tx, { actor, params, body }) => addAddendum(tx, dataKeys, actor, params, body), {
    refused,
    location: ({ petId, id }) => `/pets/${petId}/medical-records/${id}`,
  })

  serve.write(refillRoute, (tx, { actor, params }) => refillMedication(tx, dataKeys, actor, params), {
    refused,
    location: ({ recordId }) => `../${recordId}`,
  })

  serve.read(medicationsRoute, ({ actor, params }) => listMedications(context, actor, params.petId))
  serve.read(problemsRoute, ({ actor, params }) => listProblems(context, actor, params.petId))
  serve.read(weightsRoute, ({ actor, params, query }) => getWeightHistory(context, actor, params.petId, query))
  serve.read(alertsRoute, ({ actor, params }) => listAppointmentAlerts(context, actor, params.appointmentId))

  serve.read(vaccinationStatusRoute, ({ actor, params }) => getVaccinationStatus(context, actor, params.petId))

  serve.read(emergenciesRoute, ({ actor, params, query: { cursor, limit = 25 } }) => {
    const [before = null] = decodeCursor(cursor, [cursorShape.id]) ?? []
    return listEmergencyAccesses(context, actor, params.petId, before, limit)
  })

  serve.write(
    emergencyAccessRoute,
    (tx, { actor, params, body }) => requestEmergencyAccess(tx, dataKeys, actor, params.petId, body.reason),
    // Below the pet, as the request was: what the access opens.
    { location: () => 'medical-records' },
  )
}
