import assert from 'node:assert/strict'
import { type History, histories } from './histories.ts'
import { type Records, secret } from './stage-records.ts'
import { type Case, get, type Look, table } from './table.ts'

/** Owners with the right to records, vets with care or in an emergency, and nobody else. */
export const medicalRecords = table(
  `
                                         nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listMedicalRecords                   401    404   404   all   403   403   all   403   404   404   403   all   care   care  403
    listMedicalRecords, searched         401    404   404   shot  403   403   shot  403   404   404   403   shot  care   care  403
    listMedicalRecords, missing          401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    listMedicalRecords, archived         401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    listMedicalRecords, of mimi          401    mimis 404   404   404   404   404   404   404   404   403   care  mimis  care  403
    listMedicalRecords, long             401    none  404   404   404   404   404   404   404   404   403   care  care   care  403
    listMedicalRecords, recent           401    none  404   404   404   404   404   403   404   404   403   none  care   care  403
    listMedicalRecords, cancelled        401    none  404   404   404   404   404   404   404   404   403   care  care   care  403
    listMedicalRecords, declined         401    none  404   404   404   404   404   404   404   404   403   care  care   care  403
    listMedicalRecords, missed           401    none  404   404   404   404   404   403   404   404   403   care  care   care  403
    listMedicalRecords, groomed          401    none  404   404   404   404   404   403   404   404   403   care  care   care  403
    listMedicalRecords, selfRequested    401    none  404   404   404   404   404   404   404   404   403   care  care   care  403
    listMedicalRecords, selfBooked       401    none  404   404   404   404   404   404   404   404   403   care  care   care  403
    listMedicalRecords, selfConfirmed    401    none  404   404   404   404   404   404   404   404   403   care  care   care  403
    listMedicalRecords, selfCheckedIn    401    none  404   404   404   404   404   404   404   404   403   none  care   care  403
    listMedicalRecords, selfStarted      401    none  404   404   404   404   404   404   404   404   403   none  care   care  403
    listMedicalRecords, selfCompleted    401    none  404   404   404   404   404   404   404   404   403   none  care   care  403
    getMedicalRecord                     401    404   404   one   403   403   one   403   404   404   403   one   care   care  403
    getMedicalRecord, missing            401    404   404   404   403   403   404   403   404   404   403   404   care   care  403
    getMedicalRecord, under mimi         401    404   404   404   404   404   404   404   404   404   403   care  404    care  403
    listMedicalRecordVersions            401    404   404   first 403   403   first 403   404   404   403   first care   care  403
    listMedicalRecordVersions, missing   401    404   404   404   403   403   404   403   404   404   403   404   care   care  403
  `,
  {
    listMedicalRecords: {
      ask: ({ pets }) => get(`/pets/${pets.rex}/medical-records`),
      looks: { all: exactly(({ mimis, ottos, ...rexs }) => Object.values(rexs)) },
    },
    'listMedicalRecords, searched': {
      ask: ({ pets }) => get(`/pets/${pets.rex}/medical-records?type=vaccination&search=${secret.slice(1)}`),
      looks: { shot: exactly(({ reported }) => [reported]) },
    },
    'listMedicalRecords, missing': { ask: () => get(`/pets/${crypto.randomUUID()}/medical-records`) },
    'listMedicalRecords, archived': { ask: ({ pets }) => get(`/pets/${pets.ghost}/medical-records`) },
    'listMedicalRecords, of mimi': {
      ask: ({ pets }) => get(`/pets/${pets.mimi}/medical-records`),
      looks: { mimis: exactly(({ mimis }) => [mimis]) },
    },
    ...withEachHistory(),
    getMedicalRecord: {
      ask: ({ pets, records }) => get(`/pets/${pets.rex}/medical-records/${records.reported}`),
      looks: {
        one: (body, { stage }) => {
          assert.deepEqual([body.id, body.petId], [stage.records.reported, stage.pets.rex])
          assert.equal(body.description, secret)
        },
      },
    },
    'getMedicalRecord, missing': {
      ask: ({ pets }) => get(`/pets/${pets.rex}/medical-records/${crypto.randomUUID()}`),
    },
    'getMedicalRecord, under mimi': {
      ask: ({ pets, records }) => get(`/pets/${pets.mimi}/medical-records/${records.reported}`),
    },
    listMedicalRecordVersions: {
      ask: ({ pets, records }) => get(`/pets/${pets.rex}/medical-records/${records.reported}/history`),
      looks: {
        first: ({ items }) =>
          assert.deepEqual(
            items.map(({ version, description }: Record<string, unknown>) => [version, description]),
            [[1, secret]],
          ),
      },
    },
    'listMedicalRecordVersions, missing': {
      ask: ({ pets }) => get(`/pets/${pets.rex}/medical-records/${crypto.randomUUID()}/history`),
    },
  },
)

/** Pets without records: `none` is the list of them, and care for it. */
function withEachHistory(): Record<string, Case> {
  return Object.fromEntries(
    Object.keys(histories).map((name): [string, Case] => [
      `listMedicalRecords, ${name}`,
      {
        ask: ({ pets }) => get(`/pets/${pets[name as History]}/medical-records`),
        looks: { none: exactly(() => []) },
      },
    ]),
  )
}

function exactly(expected: (records: Records) => string[]): Look {
  return ({ items }, { stage }) =>
    assert.deepEqual(items.map(({ id }: { id: string }) => id).toSorted(), expected(stage.records).toSorted())
}
