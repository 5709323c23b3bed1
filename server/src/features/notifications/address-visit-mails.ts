import type { Tx } from '../../platform/database/database.ts'
import { petOf } from '../../platform/events/event-facts.ts'
import type { LogEvent } from '../../platform/events/log-tail.ts'
import type { JobSpec } from '../../platform/jobs/jobs.ts'
import { listDead, listOwnersOfPets } from './queries.ts'
import { newsOf, type VisitNews, visitMail } from './visit-news.ts'

/**
 * Makes one job of each owner's mail: an address that fails is tried again without mailing the others twice. Of what happens to a
 * visit at one go only the last is told; where it is not at one go, overtaken news is not sent.
 */
export async function addressVisitMails(tx: Tx, events: readonly LogEvent[]): Promise<JobSpec[]> {
  const last = [...new Map(events.map((event) => [toldOf(newsOf(event)), event])).values()]
  const news = await foldFarewells(tx, last)
  const owners = await listOwnersOfPets(tx, [...new Set(news.map(({ petId }) => petId))])
  return news.flatMap((one) =>
    owners.filter(({ petId }) => petId === one.petId).map(({ ownerId }) => visitMail({ ...one, ownerId })),
  )
}

function toldOf({ appointmentId, hoursBefore }: VisitNews): string {
  return hoursBefore === null ? appointmentId : `${appointmentId} ${hoursBefore}`
}

/** What a death cancelled is told in one mail; where a batch ends in between, or the death has been taken back, in several. */
async function foldFarewells(tx: Tx, events: readonly LogEvent[]): Promise<VisitNews[]> {
  const cancelled = events.filter(({ name }) => name === 'appointment.cancelled')
  const together = [...Map.groupBy(cancelled, ({ xid, petId }) => `${xid} ${petId}`).values()].filter(
    ({ length }) => length > 1,
  )
  if (together.length === 0) return events.map(newsOf)
  const dead = await listDead(tx, [...new Set(together.flat().map(petOf))])
  const folded = new Set(together.flat().filter((event) => dead.includes(petOf(event))))
  const farewells = together.map((group) => group.filter((event) => folded.has(event)).map(newsOf))
  return [
    ...events.filter((event) => !folded.has(event)).map(newsOf),
    ...farewells.flatMap(([first, ...others]) =>
      first ? [{ ...first, others: others.map(({ appointmentId }) => appointmentId).join(' ') }] : [],
    ),
  ]
}
