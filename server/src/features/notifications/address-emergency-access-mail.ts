import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database.ts'
import { enqueue } from '../../platform/jobs.ts'
import type { EmergencyAccessNews } from './emergency-access-news.ts'
import { listOwners } from './queries.ts'

/** Makes one job of each owner's mail; every owner is told, whatever their rights. */
export async function addressEmergencyAccessMail(
  { db }: Pick<Context, 'db'>,
  news: EmergencyAccessNews,
): Promise<void> {
  await transact(db, async (tx) => {
    const ownerIds = await listOwners(tx, news.petId)
    await enqueue(
      tx,
      ownerIds.map((ownerId) => ({
        key: `emergency-access-mail:${news.eventId}:${ownerId}`,
        name: 'notifications.send-emergency-access-mail',
        payload: { ...news, ownerId },
      })),
    )
  })
}
