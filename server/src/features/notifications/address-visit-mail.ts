import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { listOwners } from './queries.ts'
import type { VisitNews } from './visit-news.ts'

/** Makes one job of each owner's mail: an address that fails is tried again without mailing the others twice. */
export async function addressVisitMail({ db }: Pick<Context, 'db'>, news: VisitNews): Promise<void> {
  const { kind, appointmentId, petId, sequence } = news
  await transact(db, async (tx) => {
    const ownerIds = await listOwners(tx, petId)
    await enqueue(
      tx,
      ownerIds.map((ownerId) => ({
        // With the sequence: late news must not replace later news.
        key: `${kind}-mail:${appointmentId}:${sequence}:${ownerId}`,
        name: 'notifications.send-visit-mail',
        payload: { ...news, ownerId },
      })),
    )
  })
}
