import { system } from '../../platform/actor.ts'
import { type Db, type Tx, transact } from '../../platform/database/database.ts'
import { record } from '../../platform/events/event-log.ts'
import { type Attempt, endAttempt } from './queries/deliveries.ts'
import { disableWebhook, markFailing, markReached } from './queries/endpoint-health.ts'
import { againInSeconds, pauseSeconds } from './retry-schedule.ts'
import type { Verdict } from './verdict.ts'

const MOST_FAILING_SECONDS = 5 * 86_400

/** Writes down how an attempt went, and plans the next one, or disables the endpoint. */
export function concludeAttempt(db: Db, attempt: Attempt, verdict: Verdict): Promise<void> {
  return transact(db, async (tx) => {
    if (verdict.isDelivered) {
      const end = { ...verdict, status: 'delivered', againInSeconds: null } as const
      await Promise.all([endAttempt(tx, attempt, end), markReached(tx, attempt.webhookId)])
      return
    }
    const because = await whyDisable(tx, attempt, verdict)
    if (because && (await disableWebhook(tx, attempt.webhookId, because))) {
      const resource = { type: 'webhook', id: attempt.webhookId }
      record(tx, system, 'webhook.disabled', { resource, payload: { because } })
    }
    const again = because ? null : againInSeconds(attempt.attempts, verdict.retryAfterSeconds)
    const end = { ...verdict, status: again === null ? 'failed' : 'pending', againInSeconds: again } as const
    await endAttempt(tx, attempt, end)
  })
}

/** Nothing is held against an endpoint that has another URL by now: it is the one before that failed. */
async function whyDisable(tx: Tx, attempt: Attempt, verdict: Verdict): Promise<'gone' | 'failing' | null> {
  const { isGone, isAway, retryAfterSeconds } = verdict
  const pause = (failures: number) => (isAway ? pauseSeconds(failures, retryAfterSeconds) : retryAfterSeconds)
  const failingSeconds = await markFailing(tx, attempt, pause)
  if (failingSeconds === null) return null
  if (isGone) return 'gone'
  return failingSeconds > MOST_FAILING_SECONDS ? 'failing' : null
}
