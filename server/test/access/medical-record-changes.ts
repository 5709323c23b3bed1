import assert from 'node:assert/strict'
import { type RecordType, recordTypes } from '@petra/contract'
import type { Stage } from './stage.ts'
import { type Records, secret } from './stage-records.ts'
import { type Case, del, type Look, post, put, table } from './table.ts'

const told = isFrom('owner-reported')
const found = isFrom('clinical')

/** Owners with the right to records add what owners know and change what they reported; vets who treat the pet all of it. */
export const medicalRecordChanges = table(
  `
                                       nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    addMedicalRecord, vaccination      401    404   404   told  403   403   told  403   404   404   403   found care   care  403
    addMedicalRecord, allergy          401    404   404   told  403   403   told  403   404   404   403   found care   care  403
    addMedicalRecord, medication       401    404   404   told  403   403   told  403   404   404   403   found care   care  403
    addMedicalRecord, weight           401    404   404   told  403   403   told  403   404   404   403   found care   care  403
    addMedicalRecord, vitals           401    404   404   403   403   403   403   403   404   404   403   found care   care  403
    addMedicalRecord, lab-result       401    404   404   403   403   403   403   403   404   404   403   found care   care  403
    addMedicalRecord, diagnosis        401    404   404   403   403   403   403   403   404   404   403   found care   care  403
    addMedicalRecord, procedure        401    404   404   403   403   403   403   403   404   404   403   found care   care  403
    addMedicalRecord, visit-note       401    404   404   403   403   403   403   403   404   404   403   found care   care  403
    addMedicalRecord, document         401    404   404   told  403   403   told  403   404   404   403   found care   care  403
    addMedicalRecord, note             401    404   404   told  403   403   told  403   404   404   403   found care   care  403
    addMedicalRecord, of mimi          401    told  404   404   404   404   404   404   404   404   403   care  found  care  403
    addMedicalRecord, ines booked      401    404   404   told  403   403   told  403   404   404   403   found found  care  403
    addMedicalRecord, okafor booked    401    404   404   told  403   403   told  403   404   404   403   found care   care  403
    addMedicalRecord, okafor's own     401    404   404   404   404   404   404   404   404   404   403   care  403    care  403
    amendMedicalRecord, reported       401    404   404   new   403   403   403   403   404   404   403   new   care   care  403
    amendMedicalRecord, found          401    404   404   403   403   403   403   403   404   404   403   new   care   care  403
    amendMedicalRecord, mimis          401    new   404   404   404   404   404   404   404   404   403   care  new    care  403
    amendMedicalRecord, ottos          401    404   404   404   404   404   404   404   404   404   403   care  403    care  403
    retractMedicalRecord, taken back   401    404   404   done  403   403   403   403   404   404   403   done  care   care  403
    retractMedicalRecord, mistaken     401    404   404   403   403   403   403   403   404   404   403   done  care   care  403
    retractMedicalRecord, ottos        401    404   404   404   404   404   404   404   404   404   403   care  403    care  403
    verifyMedicalRecord, unverified    401    403   403   403   403   403   403   403   403   403   403   vetd  care   care  403
    verifyMedicalRecord, mimis         401    403   403   403   403   403   403   403   403   403   403   care  vetd   care  403
    verifyMedicalRecord, ottos         401    403   403   403   403   403   403   403   403   403   403   care  care   care  403
  `,
  {
    ...ofEachType(),
    'addMedicalRecord, of mimi': {
      ask: ({ pets }) => post(`/pets/${pets.mimi}/medical-records`, entryOf('note')),
      looks: { told, found },
    },
    'addMedicalRecord, ines booked': onceBooked('ines', '14:00', 'note', ({ rexAgain }) => rexAgain()),
    'addMedicalRecord, okafor booked': onceBooked('okafor', '15:00', 'note', ({ rexAgain }) => rexAgain()),
    "addMedicalRecord, okafor's own": onceBooked('okafor', '16:00', 'diagnosis', ({ pets }) => pets.otto),
    ...Object.fromEntries((['reported', 'found', 'mimis', 'ottos'] as const).map(amending)),
    ...Object.fromEntries((['taken back', 'mistaken', 'ottos'] as const).map(retracting)),
    ...Object.fromEntries((['unverified', 'mimis', 'ottos'] as const).map(verifying)),
  },
)

type Name = keyof Records

function amending(name: Name): [string, Case] {
  const looks: Record<string, Look> = { new: ({ description }) => assert.equal(description, `${secret} again`) }
  const ask: Case['ask'] = (stage) => put(pathOf(stage, name), { description: `${secret} again` })
  return [`amendMedicalRecord, ${name}`, { ask, looks }]
}

function retracting(name: Name): [string, Case] {
  return [`retractMedicalRecord, ${name}`, { ask: (stage) => del(`${pathOf(stage, name)}?reason=mistake`) }]
}

function verifying(name: Name): [string, Case] {
  const looks: Record<string, Look> = {
    vetd: ({ verifiedBy }, { stage, who }) => assert.equal(verifiedBy.id, stage.ids[who]),
  }
  return [`verifyMedicalRecord, ${name}`, { ask: (stage) => post(`${pathOf(stage, name)}/verification`), looks }]
}

function pathOf({ pets, records }: Stage, name: Name): string {
  const pet = name === 'mimis' ? pets.mimi : name === 'ottos' ? pets.otto : pets.rex
  return `/pets/${pet}/medical-records/${records[name]}`
}

function ofEachType(): Record<string, Case> {
  return Object.fromEntries(
    recordTypes.map((type): [string, Case] => [
      `addMedicalRecord, ${type}`,
      {
        ask: ({ pets }) => post(`/pets/${pets.rex}/medical-records`, entryOf(type)),
        looks: { told, found },
      },
    ]),
  )
}

/** An entry for a pet that somebody has booked with Dr. Okafor: care, unless a vet did. */
function onceBooked(
  by: 'ines' | 'okafor',
  time: string,
  type: RecordType,
  petOf: (stage: Stage) => string | Promise<string>,
): Case {
  return {
    async ask(stage, who) {
      const petId = await petOf(stage)
      const body = {
        petId,
        service: 'wellness-exam',
        startsAt: `${stage.mondayOf(who)}T${time}`,
        providerId: stage.atWork.okafor,
      }
      const { status } = await stage.house.call('POST', '/appointments', { as: stage.ids[by], body })
      assert.equal(status, 201)
      return post(`/pets/${petId}/medical-records`, entryOf(type))
    },
    looks: { told, found },
  }
}

/** The least that an entry of a type says. */
function entryOf(type: RecordType) {
  const details: Record<RecordType, object> = {
    vaccination: { vaccine: 'rabies' },
    allergy: { substance: secret },
    medication: { name: secret },
    weight: { grams: 18_600 },
    vitals: { temperatureCelsius: 38.5 },
    'lab-result': { panel: secret },
    diagnosis: { name: secret },
    procedure: { name: secret },
    'visit-note': { subjective: secret },
    document: { title: secret },
    note: {},
  }
  return { type, occurredOn: '2026-03-30', description: secret, details: details[type] }
}

function isFrom(source: string): Look {
  return (body, { stage, who, request }) => {
    assert.deepEqual([body.source, body.author.id], [source, stage.ids[who]])
    assert.partialDeepStrictEqual(body, request.body as object)
  }
}
