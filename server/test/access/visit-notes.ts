import assert from 'node:assert/strict'
import { secret } from './stage-records.ts'
import { type Look, post, table } from './table.ts'

const addendum = { occurredOn: '2026-03-31', description: `${secret} again` }

/** Its author signs a visit note; whoever treats the pet adds to it. */
export const visitNotes = table(
  `
                                nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind   okafor moss  ada
    signVisitNote               401    403   403   403   403   403   403   403   403   403   403   signed care   care  403
    signVisitNote, mimis        401    403   403   403   403   403   403   403   403   403   403   care   403    care  403
    signVisitNote, under mimi   401    403   403   403   403   403   403   403   403   403   403   care   404    care  403
    addAddendum                 401    403   403   403   403   403   403   403   403   403   403   added  care   care  403
    addAddendum, under mimi     401    403   403   403   403   403   403   403   403   403   403   care   404    care  403
  `,
  {
    signVisitNote: {
      ask: ({ pets, records }) => post(`/pets/${pets.rex}/medical-records/${records.noted}/signature`),
      looks: { signed: ({ signedAt }) => assert.ok(signedAt) },
    },
    'signVisitNote, mimis': {
      ask: ({ pets, records }) => post(`/pets/${pets.mimi}/medical-records/${records.mimis}/signature`),
    },
    'signVisitNote, under mimi': {
      ask: ({ pets, records }) => post(`/pets/${pets.mimi}/medical-records/${records.noted}/signature`),
    },
    addAddendum: {
      ask: ({ pets, records }) => post(`/pets/${pets.rex}/medical-records/${records.noted}/addenda`, addendum),
      looks: { added },
    },
    'addAddendum, under mimi': {
      ask: ({ pets, records }) => post(`/pets/${pets.mimi}/medical-records/${records.noted}/addenda`, addendum),
    },
  },
)

function added(body: { addendumTo: string; author: { id: string } }, { stage, who }: Parameters<Look>[1]): void {
  assert.deepEqual([body.addendumTo, body.author.id], [stage.records.noted, stage.ids[who]])
}
