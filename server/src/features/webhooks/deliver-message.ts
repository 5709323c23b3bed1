import { transact } from '../../platform/database.ts'
import { enqueue } from '../../platform/jobs.ts'
import { safeFetch } from '../../platform/safe-fetch.ts'
import { concludeAttempt } from './conclude-attempt.ts'
import { type DeliveryNews, deliveryJob } from './delivery-job.ts'
import { messageOf } from './message.ts'
import { mayBeTold } from './policy.ts'
import * as queries from './queries/deliveries.ts'
import { type Outcome, verdictOf } from './verdict.ts'
import { reachOf, type WebhookContext } from './webhook-context.ts'
import { secretsOf, signature, urlOf } from './webhook-secret.ts'

const TIMEOUT_MS = 20_000

/**
 * Sends a message to an endpoint, unless it has been sent, may not be any more, or the endpoint is left alone for now. No
 * transaction is open while the endpoint takes its time.
 */
export async function deliverMessage(context: WebhookContext, news: DeliveryNews): Promise<void> {
  const attempt = await beginAttempt(context, news)
  if (!attempt) return
  if (attempt.isUnderWay) {
    const { webhookId, eventId } = attempt
    context.log.warn({ webhookId, messageId: eventId }, 'an attempt was cut off; the message may arrive twice')
  }
  const outcome = await send(context, attempt)
  await concludeAttempt(context.db, attempt, verdictOf(outcome, Date.now()))
}

async function beginAttempt({ db }: WebhookContext, news: DeliveryNews): Promise<queries.Attempt | null> {
  return transact(db, async (tx) => {
    const written = 'type' in news ? queries.insertDelivery(tx, news) : undefined
    const [attempt] = await Promise.all([queries.lockAttempt(tx, news.webhookId, news.eventId), written])
    if (attempt?.status !== 'pending') return null
    if (!mayBeTold(attempt)) {
      const withheld = { status: 'withheld', httpStatus: null, fault: null, againInSeconds: null } as const
      await queries.endAttempt(tx, attempt, withheld)
      return null
    }
    if (attempt.pausedUntil) {
      const until = shortlyAfter(attempt.pausedUntil)
      await Promise.all([
        queries.postponeAttempt(tx, attempt, until),
        enqueue(tx, [deliveryJob({ webhookId: attempt.webhookId, eventId: attempt.eventId }, until)]),
      ])
      return null
    }
    await queries.beginAttempt(tx, attempt)
    return attempt
  })
}

/** Up to five seconds later, so that what waited does not come all at once. */
function shortlyAfter(instant: string): string {
  return Temporal.Instant.from(instant)
    .add({ milliseconds: Math.ceil(Math.random() * 5_000) })
    .toString()
}

async function send(context: WebhookContext, attempt: queries.Attempt): Promise<Outcome> {
  const { keyring } = context
  const webhook = { ...attempt, id: attempt.webhookId }
  const url = urlOf(keyring, webhook)
  const secrets = secretsOf(keyring, webhook)
  const body = JSON.stringify(messageOf(attempt))
  const seconds = Math.floor(Date.now() / 1_000)
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Petra-Webhooks',
    'webhook-id': attempt.eventId,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signature(secrets, attempt.eventId, seconds, body),
  }
  try {
    const request = { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS } as const
    return { answer: await safeFetch(url, request, reachOf(context)) }
  } catch (error) {
    return { error }
  }
}
