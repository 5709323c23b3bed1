import type { Context } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { type DueDayList, listDayListReaders, takeDueDayLists } from './queries/day-lists.ts'

/** One person's list, as jobs carry it. */
export type DayListForReader = DueDayList & { readonly accountId: string; readonly isOwn: 'yes' | 'no' }

/** Makes a job of each list of a location where the day begins: a provider gets their own visits, the front desk all of them. */
export async function makeDayLists({ db }: Pick<Context, 'db'>): Promise<void> {
  await transact(db, async (tx) => {
    const due = await takeDueDayLists(tx)
    const readers = await Promise.all(due.map((list) => listDayListReaders(tx, list)))
    const jobs = due.flatMap((list, index) =>
      (readers[index] ?? []).map(({ accountId, isOwn }) => ({
        key: `day-list:${list.locationId}:${list.day}:${accountId}:${isOwn}`,
        name: 'notifications.send-day-list',
        payload: { ...list, accountId, isOwn: isOwn ? 'yes' : 'no' },
      })),
    )
    await enqueue(tx, jobs)
  })
}
