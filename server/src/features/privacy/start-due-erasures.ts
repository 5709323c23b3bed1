import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { listDueErasures, renewErasures } from './queries.ts'

/** Makes one job of each erasure that is due: one that fails is tried again by itself. */
export async function startDueErasures({ db }: Pick<Context, 'db'>): Promise<void> {
  await transact(db, async (tx) => {
    await renewErasures(tx)
    const accountIds = await listDueErasures(tx)
    await enqueue(
      tx,
      accountIds.map((accountId) => ({
        key: `erase-account:${accountId}`,
        name: 'privacy.erase-account',
        payload: { accountId },
      })),
    )
  })
}
