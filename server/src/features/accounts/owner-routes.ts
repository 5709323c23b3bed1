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
import { listOwners } from './list-owners.ts'

/** The accounts that staff make for others: clients and colleagues. */
export function ownerRoutes(serve: Serve, context: Context): void {
  serve.read(listOwnersRoute, async ({ query: { search = null, limit = 25, cursor } }) => {
    const after = decodeCursor(cursor, [cursorShape.id])?.[0] ?? null
    return page(await listOwners(context, search, after, limit + 1), limit, ({ id }) => [id])
  })

  serve.write(createOwnerRoute, (tx, { actor, body }) => createOwner(tx, context, actor, body))

  serve.write(createStaffRoute, (tx, { actor, body }) => createStaff(tx, context, actor, body))
}
