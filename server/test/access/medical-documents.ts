import assert from 'node:assert/strict'
import { form, pdf } from '../../src/features/medical-records/test-documents.ts'
import { add } from '../../src/features/medical-records/test-records.ts'
import type { Stage } from './stage.ts'
import { type Records, secret } from './stage-records.ts'
import { type Case, get, post, table } from './table.ts'

/** To read a document takes what its record takes; to add one, what amending the record takes. */
export const medicalDocuments = table(
  `
                                    nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    getMedicalDocument              401    404   404   bytes 403   403   bytes 403   404   404   403   bytes care   care  403
    getMedicalDocument, missing     401    404   404   404   403   403   404   403   404   404   403   404   care   care  403
    getMedicalDocument, under mimi  401    404   404   404   404   404   404   404   404   404   403   care  404    care  403
    getMedicalDocument, elsewhere   401    404   404   404   403   403   404   403   404   404   403   404   care   care  403
    getMedicalDocument, ottos       401    404   404   404   404   404   404   404   404   404   403   care  bytes  care  403
    addMedicalDocument, reported    401    404   404   kept  403   403   403   403   404   404   403   kept  care   care  403
    addMedicalDocument, found       401    404   404   403   403   403   403   403   404   404   403   kept  care   care  403
    addMedicalDocument, mimis       401    kept  404   404   404   404   404   404   404   404   403   care  kept   care  403
    addMedicalDocument, ottos       401    404   404   404   404   404   404   404   404   404   403   care  403    care  403
  `,
  {
    getMedicalDocument: {
      ask: ({ documents }) => get(documents.reported),
      looks: { bytes },
    },
    'getMedicalDocument, missing': {
      ask: ({ documents }) => get(documents.reported.replace(/[^/]+$/, crypto.randomUUID())),
    },
    'getMedicalDocument, under mimi': {
      ask: ({ documents, pets }) => get(documents.reported.replace(pets.rex, pets.mimi)),
    },
    'getMedicalDocument, elsewhere': {
      ask: ({ documents, records }) => get(documents.reported.replace(records.reported, records.found)),
    },
    'getMedicalDocument, ottos': { ask: ({ documents }) => get(documents.ottos), looks: { bytes } },
    'addMedicalDocument, reported': adding('reported', ({ rex }) => rex),
    'addMedicalDocument, found': adding('found', ({ rex }) => rex),
    'addMedicalDocument, mimis': {
      // Another row has a vet verify the one that is there.
      async ask({ house, ids, pets }) {
        const { id } = await add(house, ids.sam as string, pets.mimi, { type: 'note', occurredOn: '2026-03-30' })
        return post(`/pets/${pets.mimi}/medical-records/${id}/documents`, form(pdf(), `${secret}.pdf`))
      },
      looks: { kept },
    },
    'addMedicalDocument, ottos': adding('ottos', ({ otto }) => otto),
  },
)

function adding(name: keyof Records, petOf: (pets: Stage['pets']) => string): Case {
  return {
    ask: ({ pets, records }) =>
      post(`/pets/${petOf(pets)}/medical-records/${records[name]}/documents`, form(pdf(), `${secret}.pdf`)),
    looks: { kept },
  }
}

function kept({ name }: { name: string }): void {
  assert.equal(name, `${secret}.pdf`)
}

function bytes(body: string): void {
  assert.match(body, /^%PDF/)
}
