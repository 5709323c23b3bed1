import assert from 'node:assert/strict'
import type { Records } from './stage-records.ts'
import { type Case, get, type Look, post, table } from './table.ts'
import { ofEach, standingVisit } from './visits.ts'

/** What comes of records is for whoever may read them; an appointment's alerts are for those of them who see it. */
export const recordViews = table(
  `
                                        nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    getWeightHistory                    401    404   404   none  403   403   none  403   404   404   403   none  care   care  403
    listProblems                        401    404   404   found 403   403   found 403   404   404   403   found care   care  403
    listProblems, missing               401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    listMedications                     401    404   404   taken 403   403   taken 403   404   404   403   taken care   care  403
    listMedications, missing            401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    refillMedication                    401    403   403   403   403   403   403   403   403   403   403   given care   care  403
    refillMedication, under mimi        401    403   403   403   403   403   403   403   403   403   403   care  404    care  403
    listAppointmentAlerts, of tomas     401    404   404   grave 403   403   grave 403   404   404   403   grave 404    care  403
    listAppointmentAlerts, of lind away 401    none  404   404   404   404   404   404   404   404   403   care  404    404   403
    listAppointmentAlerts, of lea       401    404   404   grave 403   403   grave 404   404   404   403   grave 404    care  403
    listAppointmentAlerts, missing      401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
  `,
  {
    getWeightHistory: {
      ask: ({ pets }) => get(`/pets/${pets.rex}/weights`),
      looks: { none: ({ points }) => assert.deepEqual(points, []) },
    },
    listProblems: {
      ask: ({ pets }) => get(`/pets/${pets.rex}/problems`),
      looks: { found: exactly('problems', ({ found, mistaken }) => [found, mistaken]) },
    },
    'listProblems, missing': { ask: () => get(`/pets/${crypto.randomUUID()}/problems`) },
    listMedications: {
      ask: ({ pets }) => get(`/pets/${pets.rex}/medications`),
      looks: { taken: exactly('medications', ({ prescribed }) => [prescribed]) },
    },
    'listMedications, missing': { ask: () => get(`/pets/${crypto.randomUUID()}/medications`) },
    refillMedication: {
      ask: ({ pets, records }) => post(`/pets/${pets.rex}/medical-records/${records.prescribed}/refills`),
      looks: {
        given: ({ recordId }, { stage }) => assert.equal(recordId, stage.records.prescribed),
      },
    },
    'refillMedication, under mimi': {
      ask: ({ pets, records }) => post(`/pets/${pets.mimi}/medical-records/${records.prescribed}/refills`),
    },
    ...notOfPip(
      ofEach('listAppointmentAlerts', (stage, whose) => get(`/appointments/${standingVisit(stage, whose)}/alerts`), {
        grave: exactly('alerts', ({ unverified }) => [unverified]),
        none: exactly('alerts', () => []),
      }),
    ),
    'listAppointmentAlerts, missing': { ask: () => get(`/appointments/${crypto.randomUUID()}/alerts`) },
  },
)

/** Who reads the records of Pip is counted elsewhere. */
function notOfPip(cases: Record<string, Case>): Record<string, Case> {
  return Object.fromEntries(Object.entries(cases).filter(([name]) => !name.endsWith('of pip')))
}

/** Those records and no others are behind the list of that name. */
function exactly(list: string, expected: (records: Records) => string[]): Look {
  return (body, { stage }) =>
    assert.deepEqual(
      body[list].map(({ recordId }: { recordId: string }) => recordId).toSorted(),
      expected(stage.records).toSorted(),
    )
}
