import type { AuditEvent } from '@petra/contract'

/** DICOM PS3.16 and FHIR R4 value sets: what kind of event it is, and what was done. */
const dicom = 'http://dicom.nema.org/resources/ontology/DCM'
const restful = 'http://terminology.hl7.org/CodeSystem/audit-event-type'

const signing: Readonly<Record<string, string>> = { 'session.started': '110122', 'session.ended': '110123' }

/** An event as a FHIR R4 AuditEvent resource. */
export function toFhir(event: AuditEvent): object {
  const signed = signing[event.action]
  return {
    resourceType: 'AuditEvent',
    id: event.id,
    type: signed
      ? { system: dicom, code: '110114', display: 'User Authentication' }
      : { system: restful, code: 'rest', display: 'RESTful Operation' },
    subtype: [
      ...(signed ? [{ system: dicom, code: signed, display: signed === '110122' ? 'Login' : 'Logout' }] : []),
      { system: 'urn:petra:event', code: event.action },
    ],
    action: actionOf(event.action),
    recorded: event.at,
    outcome: { allowed: '0', failed: '4', denied: '8' }[event.outcome],
    ...(event.reason && { outcomeDesc: event.reason }),
    ...(event.purpose && {
      purposeOfEvent: [{ coding: [purposes[event.purpose] ?? { system: 'urn:petra:purpose', code: event.purpose }] }],
    }),
    agent: [
      {
        role: (event.actor?.roles ?? []).map((code) => ({ coding: [{ system: 'urn:petra:role', code }] })),
        who: event.actor
          ? { identifier: { system: 'urn:petra:account', value: event.actor.id }, display: event.actor.name }
          : { display: 'nobody who is signed in' },
        requestor: true,
        ...(event.address && { network: { address: event.address, type: '2' } }),
      },
      ...(event.onBehalfOf
        ? [{ who: { identifier: { system: 'urn:petra:account', value: event.onBehalfOf.id } }, requestor: false }]
        : []),
    ],
    source: {
      observer: { display: 'Petra' },
      type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4' }],
    },
    entity: [
      ...(event.petId ? [entity('pet', event.petId, '1')] : []),
      ...event.recordIds.map((id) => entity('medical-record', id, '4')),
      ...(event.resource?.id && event.resource.id !== event.petId && !event.recordIds.includes(event.resource.id)
        ? [entity(event.resource.type, event.resource.id, '4')]
        : []),
      ...(event.requestId ? [entity('request', event.requestId, '20')] : []),
    ],
  }
}

const reason = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'
const purposes: Readonly<Record<string, object>> = {
  care: { system: reason, code: 'TREAT' },
  emergency: { system: reason, code: 'ETREAT' },
  'owner-request': { system: reason, code: 'PATRQT' },
  operations: { system: reason, code: 'HOPERAT' },
}

/** Roles of objects: 1 patient, 4 domain resource, 20 job. */
function entity(type: string, value: string, role: string): object {
  return {
    what: { identifier: { system: `urn:petra:${type}`, value } },
    role: { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: role },
  }
}

function actionOf(name: string): 'C' | 'R' | 'U' | 'D' | 'E' {
  if (/\.(read|listed|exported)$/.test(name)) return 'R'
  if (/\.(added|created|booked|registered|made|sent)$/.test(name)) return 'C'
  if (/\.(retracted|archived|revoked|erased|withdrawn|cancelled|dropped)$/.test(name)) return 'D'
  return /\.(updated|amended|moved|changed|replaced|verified)$/.test(name) ? 'U' : 'E'
}
