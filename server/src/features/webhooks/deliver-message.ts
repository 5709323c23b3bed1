import { transact } from '../../platform/database/database.ts'
import { safeFetch } from '../../platform/network/safe-fetch.ts'
import { concludeAttempt } from './conclude-attempt.ts'
import { messageOf } from './message.ts'
import { mayBeTold } from './policy.ts'
import * as queries from './queries/deliveries.ts'
import { type Outcome, verdictOf } from './verdict.ts'
import { reachOf, type WebhookContext } from './webhook-context.ts'
import { secretsOf, signature, urlOf } from './webhook-secret.ts'

const TIMEOUT_MS = 20_000

/**
 * Sends a message to an endpoint, unless it has been sent or may not be any more. No transaction is open while the endpoint
 * takes its time.
 * @returns `away` when the endpoint would take no other message either
 */
export async function deliverMessage(
  context: WebhookContext,
  webhookId: string,
  eventId: string,
): Promise<'away' | 'done'> {
  const attempt = await beginAttempt(context, webhookId, eventId)
  if (!attempt) return 'done'
  if (attempt.isUnderWay)
    context.log.warn({ webhookId, messageId: eventId }, 'an attempt was cut off; the message may arrive twice')
  const outcome = await send(context, attempt)
  const verdict = verdictOf(outcome, Date.now())
  await concludeAttempt(context.db, attempt, verdict)
  return verdict.isAway || verdict.isGone || verdict.retryAfterSeconds > 0 ? 'away' : 'done'
}

async function beginAttempt({ db }: WebhookContext, webhookId: string, eventId: string) {
  return transact(db, async (tx) => {
    const attempt = await queries.lockAttempt(tx, webhookId, eventId)
    if (attempt?.status !== 'pending') return null
    if (mayBeTold(attempt)) {
      await queries.beginAttempt(tx, attempt)
      return { ...attempt, attempts: attempt.attempts + 1 }
    }
    const withheld = { status: 'withheld', httpStatus: null, fault: null, againInSeconds: null } as const
    await queries.endAttempt(tx, attempt, withheld)
    return null
  })
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
