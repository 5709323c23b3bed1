import {
  createOwner as createOwnerRoute,
  createStaff as createStaffRoute,
  listOwners as listOwnersRoute,
} from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { createOwner } from './create-owner.ts'
import { createStaff } from './create-staff.ts'
import { findAccounts } from './find-accounts.ts'
import { toClient } from './queries.ts'

/** The accounts that staff make for others: clients and colleagues. */
export function ownerRoutes(serve: Serve, context: Context): void {
  serve.read(listOwnersRoute, async ({ query: { search: text = null, limit = 25, cursor } }) => {
    const after = decodeCursor(cursor, [cursorShape.id])?.[0] ?? null
    const everybody = { text, role: null, status: null, after, limit: limit + 1 }
    return page(await findAccounts(context, everybody, toClient), limit, ({ id }) => [id])
  })

  serve.write(createOwnerRoute, (tx, { actor, body }) => createOwner(tx, context, actor, body))

  serve.write(createStaffRoute, (tx, { actor, body }) => createStaff(tx, context, actor, body), {
    location: ({ id }) => `/accounts/${id}`,
  })
}
