import { extendHold as extendRoute, makeHold as makeRoute, releaseHold as releaseRoute } from '@petra/contract'
import type { Serve } from '../../platform/http/serve.ts'
import type { Alternatives } from './alternatives.ts'
import { SlotTaken } from './errors.ts'
import { extendHold } from './extend-hold.ts'
import { makeHold } from './make-hold.ts'
import { releaseHold } from './release-hold.ts'
import type { Timetables } from './timetable.ts'

export function holdRoutes(serve: Serve, timetables: Timetables, alternativesTo: Alternatives): void {
  serve.write(makeRoute, (tx, { actor, body }) => makeHold(tx, timetables, actor, body), {
    refused: async (error, { body }) =>
      error instanceof SlotTaken ? new SlotTaken(error.reasons, await alternativesTo(body)) : error,
  })

  serve.write(extendRoute, (tx, { actor, params }) => extendHold(tx, actor, params.holdId))
  serve.write(releaseRoute, (tx, { actor, params }) => releaseHold(tx, actor, params.holdId))
}
