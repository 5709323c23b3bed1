import { extendHold as extendRoute, makeHold as makeRoute, releaseHold as releaseRoute } from '@petra/contract'
import type { Serve } from '../../platform/http/serve.ts'
import type { ToldLoser } from './alternatives.ts'
import { extendHold } from './extend-hold.ts'
import { makeHold } from './make-hold.ts'
import { releaseHold } from './release-hold.ts'
import type { Timetables } from './timetable.ts'

export function holdRoutes(serve: Serve, timetables: Timetables, toldLoser: ToldLoser): void {
  serve.write(makeRoute, (tx, { actor, body }) => makeHold(tx, timetables, actor, body), {
    refused: (error, { actor, body }) => toldLoser(error, actor, body),
  })

  serve.write(extendRoute, (tx, { actor, params }) => extendHold(tx, actor, params.holdId))
  serve.write(releaseRoute, (tx, { actor, params }) => releaseHold(tx, actor, params.holdId))
}
