import { transact } from '../../platform/database/database.ts'
import { enqueue } from '../../platform/jobs/jobs.ts'
import { deliverMessage } from './deliver-message.ts'
import { listDue, nextDue } from './queries/due-deliveries.ts'
import { type EndpointToWake, wakeLaterJob } from './wake-job.ts'
import type { WebhookContext } from './webhook-context.ts'

/** How many messages an endpoint is sent at once. */
const AT_ONCE = 4
/** After which others may have their turn, however much there is to send. */
const MOST_MS = 30_000

/**
 * Sends an endpoint what is due, oldest first, until nothing is, it cannot be reached, or its turn is over; and plans the next
 * turn.
 * @param stopping whether the process is about to end: what has not begun is left to another
 */
export async function sendDueMessages(
  context: WebhookContext,
  { webhookId }: EndpointToWake,
  stopping: AbortSignal,
): Promise<void> {
  const until = performance.now() + MOST_MS
  let isAway = false
  const mayGoOn = () => !isAway && !stopping.aborted && performance.now() < until
  while (mayGoOn()) {
    const due = (await listDue(context.db, webhookId)).values()
    let sent = 0
    const one = async () => {
      while (mayGoOn()) {
        const { value: eventId } = due.next()
        if (eventId === undefined) return
        sent++
        if ((await deliverMessage(context, webhookId, eventId)) === 'away') isAway = true
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, one))
    if (sent === 0) break
  }
  await transact(context.db, async (tx) => {
    const at = await nextDue(tx, webhookId)
    if (at !== null) await enqueue(tx, [wakeLaterJob(webhookId, at)])
  })
}
