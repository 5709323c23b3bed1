import type { Tx } from '../../../platform/database/database.ts'
import type { Attempt } from './deliveries.ts'

/** Notes that a message got through, where the endpoint was known to fail. */
export async function markReached(tx: Tx, webhookId: string): Promise<void> {
  await tx.rows({
    name: 'mark-webhook-reached',
    text: `update webhooks set failing_since = null, failures = 0, paused_until = null
            where id = $1 and failing_since is not null`,
    values: [webhookId],
  })
}

/**
 * Notes that an attempt failed.
 * @param pause seconds to leave the endpoint alone for, by how often in a row it has failed
 * @returns for how many seconds nothing has got through; null when the attempt was made at another URL than it has now
 */
export async function markFailing(
  tx: Tx,
  { webhookId, urlVersion }: Pick<Attempt, 'webhookId' | 'urlVersion'>,
  pause: (failures: number) => number,
): Promise<number | null> {
  const row = await tx.row<{ failures: number; failingSeconds: number }>({
    name: 'mark-webhook-failing',
    text: `update webhooks set failing_since = coalesce(failing_since, clock_now()), failures = failures + 1
            where id = $1 and url_version = $2
           returning failures, extract(epoch from clock_now() - failing_since)::float8 as "failingSeconds"`,
    values: [webhookId, urlVersion],
  })
  if (!row) return null
  const seconds = pause(row.failures)
  if (seconds > 0)
    await tx.rows({
      name: 'pause-webhook',
      text: `update webhooks set paused_until = greatest(paused_until, clock_now() + make_interval(secs => $2))
              where id = $1`,
      values: [webhookId, seconds],
    })
  return row.failingSeconds
}

/** @returns whether it was enabled until now */
export async function disableWebhook(tx: Tx, webhookId: string, because: 'gone' | 'failing'): Promise<boolean> {
  const row = await tx.row({
    name: 'disable-webhook',
    text: `update webhooks set disabled_at = clock_now(), disabled_because = $2 where id = $1 and disabled_at is null
           returning id`,
    values: [webhookId, because],
  })
  return row !== undefined
}
