import * as contract from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { createToken } from './create-token.ts'
import { listTokens } from './queries/tokens.ts'
import { revokeToken } from './revoke-token.ts'

export function tokenRoutes(serve: Serve, { db }: Context): void {
  serve.read(contract.listTokens, async ({ actor, query: { limit = 25, cursor } }) => {
    const [before = null] = decodeCursor(cursor, [cursorShape.id]) ?? []
    return page(await listTokens(db, actor.accountId, before, limit + 1), limit, ({ id }) => [id])
  })

  serve.write(contract.createToken, (tx, { actor, body }) => createToken(tx, actor, body))

  serve.write(contract.revokeToken, (tx, { actor, params, requireFresh }) =>
    revokeToken(tx, actor, params.tokenId, requireFresh),
  )
}
