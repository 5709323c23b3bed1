import assert from 'node:assert/strict'
import type { Persona } from './cast.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './stage-visits.ts'
import { type Case, del, get, type Look, post, put, table } from './table.ts'
import { newVisit, ofEach, standingVisit } from './visits.ts'

/**
 * Owners their pets', with the right to book for any change; front desk and admin any; vets their own and those at their
 * locations; groomers their own, without cancelling.
 */
export const appointments = table(
  `
                                     nobody sam   fay   maya  noor  ben   rae   tomas gil   lea   ines  lind  okafor moss  ada
    listAppointments                 401    sams  none  mayas mayas mayas mayas own   own   none  all   york  london york  all
    bookAppointment, in new york     401    404   404   made  403   made  403   403   404   404   made  made  403    made  made
    bookAppointment, in london       401    404   404   made  403   made  403   403   404   404   made  403   made   403   made
    bookAppointment, overriding      401    404   404   403   403   403   403   403   404   404   made  403   403    403   made
    bookAppointment, archived        401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    getAppointment, of tomas         401    404   404   one   one   one   one   one   404   404   one   one   404    one   one
    getAppointment, of lind away     401    one   404   404   404   404   404   404   404   404   one   one   404    404   one
    getAppointment, of lea           401    404   404   one   one   one   one   404   404   404   one   one   404    one   one
    getAppointment, of pip           401    404   404   404   404   404   404   404   404   404   one   one   one    one   one
    getAppointment, missing          401    404   404   404   404   404   404   404   404   404   404   404   404    404   404
    getOverride, of tomas            401    404   404   403   403   403   403   why   404   404   why   why   404    why   why
    getOverride, of lind away        401    403   404   404   404   404   404   404   404   404   why   why   404    404   why
    getOverride, of lea              401    404   404   403   403   403   403   404   404   404   why   why   404    why   why
    getOverride, of pip              401    404   404   404   404   404   404   404   404   404   why   why   403    why   why
    getOverride, none                401    404   404   403   403   403   403   404   404   404   404   404   404    404   404
    changeAppointment, of tomas      401    404   404   one   403   one   403   one   404   404   one   one   404    one   one
    changeAppointment, of lind away  401    one   404   404   404   404   404   404   404   404   one   one   404    404   one
    changeAppointment, of lea        401    404   404   one   403   one   403   404   404   404   one   one   404    one   one
    changeAppointment, of pip        401    404   404   404   404   404   404   404   404   404   one   one   one    one   one
    changeAppointment, in time       401    404   404   moved 403   moved 403   moved 404   404   moved moved 404    moved moved
    changeAppointment, overriding    401    404   404   403   403   403   403   403   404   404   moved 403   404    403   moved
    cancelAppointment, of tomas      401    404   404   gone  403   gone  403   403   404   404   gone  gone  404    gone  gone
    cancelAppointment, of lind away  401    gone  404   404   404   404   404   404   404   404   gone  gone  404    404   gone
    cancelAppointment, of lea        401    404   404   gone  403   gone  403   404   404   404   gone  gone  404    gone  gone
    cancelAppointment, of pip        401    404   404   404   404   404   404   404   404   404   gone  gone  gone   gone  gone
  `,
  {
    listAppointments: {
      ask: () => get('/appointments?limit=100'),
      looks: {
        none: exactly(() => false),
        all: exactly(() => true),
        mayas: exactly(({ petId }, { pets }) => petId === pets.rex || petId === pets.ghost),
        sams: exactly(({ petId }, { pets: { rex, ghost, otto, pip } }) => ![rex, ghost, otto, pip].includes(petId)),
        own: exactly(({ by }, _, who) => by === who),
        york: exactly(({ by, locationId }, { newYork }, who) => by === who || locationId === newYork),
        london: exactly(({ petId, locationId }, { pets, london }) => locationId === london || petId === pets.pip),
      },
    },
    'bookAppointment, in new york': book('grooming', 'tomas'),
    'bookAppointment, in london': book('wellness-exam', 'okafor'),
    'bookAppointment, overriding': book('grooming', 'tomas', 'T19:00', { override: { reason: 'A walk-in' } }),
    'bookAppointment, archived': {
      ask: ({ pets, mondayOf }, who) =>
        post('/appointments', { petId: pets.ghost, service: 'grooming', startsAt: `${mondayOf(who)}T12:00:00Z` }),
    },
    ...ofEach('getAppointment', (stage, whose) => get(`/appointments/${standingVisit(stage, whose)}`), { one }),
    'getAppointment, missing': { ask: () => get(`/appointments/${crypto.randomUUID()}`) },
    ...ofEach(
      'getOverride',
      async (stage, whose) => {
        const id = await newVisit(stage, whose)
        await stage.house.sql(`update appointments set override_reason = 'A walk-in' where id = $1`, [id])
        return get(`/appointments/${id}/override`)
      },
      { why: ({ reason }) => assert.equal(reason, 'A walk-in') },
    ),
    'getOverride, none': { ask: async (stage) => get(`/appointments/${await newVisit(stage, 'tomas')}/override`) },
    ...ofEach(
      'changeAppointment',
      async (stage, whose) => put(`/appointments/${await newVisit(stage, whose)}`, { notes: 'Shy' }),
      { one },
    ),
    'changeAppointment, in time': {
      ask: async (stage, who) =>
        put(`/appointments/${await newVisit(stage, 'tomas')}`, { startsAt: `${stage.mondayOf(who)}T15:00` }),
      looks: { moved: ({ localStart }, { request }) => assert.equal(localStart, `${startOf(request)}:00`) },
    },
    'changeAppointment, overriding': {
      ask: async (stage, who) =>
        put(`/appointments/${await newVisit(stage, 'tomas')}`, {
          startsAt: `${stage.mondayOf(who)}T21:00`,
          override: { reason: 'A walk-in' },
        }),
      looks: { moved: ({ overridden }) => assert.equal(overridden, true) },
    },
    ...ofEach('cancelAppointment', async (stage, whose) => del(`/appointments/${await newVisit(stage, whose)}`), {
      gone: ({ status }) => assert.equal(status, 'cancelled'),
    }),
  },
)

function book(service: string, provider: 'tomas' | 'okafor', time = 'T10:00', more: object = {}): Case {
  return {
    ask: async ({ rexAgain, atWork, mondayOf }, who) => {
      const startsAt = `${mondayOf(who)}${time}`
      return post('/appointments', {
        petId: await rexAgain(),
        service,
        startsAt,
        providerId: atWork[provider],
        ...more,
      })
    },
    looks: {
      made: (body, { stage, request }) => {
        assert.equal(body.petId, (request.body as { petId: string }).petId)
        assert.equal(body.provider.id, stage.atWork[provider])
        assert.equal(body.localStart, `${startOf(request)}:00`)
      },
    },
  }
}

function startOf({ body }: { body?: unknown }): string {
  return (body as { startsAt: string }).startsAt
}

function one({ id }: { id: string }, { request }: Parameters<Look>[1]): void {
  assert.equal(`/appointments/${id}`, request.path)
}

/** Those of the standing visits, and no other. */
function exactly(isTold: (visit: Visit, stage: Stage, who: Persona) => boolean): Look {
  return ({ items }, { stage, who }) =>
    assert.deepEqual(
      items.map(({ id }: { id: string }) => id).toSorted(),
      stage.visits
        .filter((visit) => isTold(visit, stage, who))
        .map(({ id }) => id)
        .toSorted(),
    )
}
