import {
  claimAccount as claimRoute,
  disableAccount as disableRoute,
  enableAccount as enableRoute,
  getAccount,
  inviteAccount as inviteRoute,
  listAccounts,
  setRoles as setRolesRoute,
} from '@petra/contract'
import type { Context } from '../../platform/context.ts'
import { cursorShape, decodeCursor, page } from '../../platform/http/cursor.ts'
import type { Serve } from '../../platform/http/serve.ts'
import { claimAccount } from './claim-account.ts'
import { disableAccount } from './disable-account.ts'
import { enableAccount } from './enable-account.ts'
import { findAccounts } from './find-accounts.ts'
import { inviteAccount } from './invite-account.ts'
import { managedAccount, toManagedAccount } from './managed-account.ts'
import { setRoles } from './set-roles.ts'

/** Who has an account, in which roles; and how an account gets its person. */
export function peopleRoutes(serve: Serve, context: Context): void {
  const { db } = context

  serve.read(
    listAccounts,
    async ({ query: { search: text = null, role = null, status = null, limit = 25, cursor } }) => {
      const after = decodeCursor(cursor, [cursorShape.id])?.[0] ?? null
      const found = await findAccounts(context, { text, role, status, after, limit: limit + 1 }, toManagedAccount)
      return page(found, limit, ({ id }) => [id])
    },
  )

  serve.read(getAccount, ({ params }) => managedAccount(db, context, params.accountId))

  serve.write(setRolesRoute, (tx, { actor, params, body, requireFresh }) =>
    setRoles(tx, context, actor, params.accountId, body.roles, requireFresh),
  )

  serve.write(disableRoute, (tx, { actor, params }) => disableAccount(tx, context, actor, params.accountId))

  serve.write(enableRoute, (tx, { actor, params, requireFresh }) =>
    enableAccount(tx, context, actor, params.accountId, requireFresh),
  )

  serve.write(inviteRoute, (tx, { actor, params }) => inviteAccount(tx, context, actor, params.accountId))

  serve.read(claimRoute, ({ actor, body }) => claimAccount(context, actor, body))
}
