import type { Tx } from '../../platform/database/database.ts'
import type { LogEvent } from '../../platform/events/log-tail.ts'
import type { JobSpec } from '../../platform/jobs/jobs.ts'
import { listOwnersOfPets } from './queries.ts'
import { newsOf, type VisitNews } from './visit-news.ts'

/**
 * Makes one job of each owner's mail: an address that fails is tried again without mailing the others twice. Of what happens to a
 * visit at one go only the last is told; where it is not at one go, overtaken news is not sent.
 */
export async function addressVisitMails(tx: Tx, events: readonly LogEvent[]): Promise<JobSpec[]> {
  const news = [...new Map(events.map(newsOf).map((one) => [toldOf(one), one])).values()]
  const owners = await listOwnersOfPets(tx, [...new Set(news.map(({ petId }) => petId))])
  return news.flatMap((one) =>
    owners.filter(({ petId }) => petId === one.petId).map(({ ownerId }) => mail(one, ownerId)),
  )
}

function toldOf({ appointmentId, hoursBefore }: VisitNews): string {
  return hoursBefore === null ? appointmentId : `${appointmentId} ${hoursBefore}`
}

function mail(news: VisitNews, ownerId: string): JobSpec {
  const { kind, appointmentId, sequence } = news
  return {
    // With the sequence: late news must not replace later news.
    key: `${kind}-mail:${appointmentId}:${sequence}:${ownerId}`,
    name: 'notifications.send-visit-mail',
    payload: { ...news, ownerId },
  }
}
