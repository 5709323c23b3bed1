import { extendHold as extendRoute, getHold, makeHold as makeRoute, releaseHold as releaseRoute } from '@petra/contract'
import type { Db } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Serve } from '../../platform/http/serve.ts'
import type { ToldLoser } from './alternatives.ts'
import { extendHold } from './extend-hold.ts'
import { makeHold } from './make-hold.ts'
import type { Books } from './open-books.ts'
import { findHold, toHold } from './queries/holds.ts'
import { releaseHold } from './release-hold.ts'

export function holdRoutes(serve: Serve, db: Db, books: Books, toldLoser: ToldLoser): void {
  serve.write(makeRoute, (tx, { actor, body }) => makeHold(tx, books, actor, body), {
    refused: (error, { actor, body }) => toldLoser(error, actor, body),
  })

  serve.read(getHold, async ({ actor, params }) => {
    const hold = await findHold(db, params.holdId, actor.accountId)
    if (!hold) throw new NotFound()
    return toHold(hold)
  })

  serve.write(extendRoute, (tx, { actor, params }) => extendHold(tx, actor, params.holdId))
  serve.write(releaseRoute, (tx, { actor, params, requireFresh }) =>
    releaseHold(tx, actor, params.holdId, requireFresh),
  )
}
