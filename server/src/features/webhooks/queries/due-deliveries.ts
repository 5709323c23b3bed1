import type { Queryable } from '../../../platform/database/database.ts'

/** The events whose messages to an endpoint are due, a batch of them; none while it is left alone. */
export async function listDue(db: Queryable, webhookId: string): Promise<string[]> {
  const rows = await db.rows<{ eventId: string }>({
    name: 'list-due-deliveries',
    text: `select d.event_id as "eventId"
             from webhooks w join webhook_deliveries d on d.webhook_id = w.id
            where w.id = $1 and d.status = 'pending' and d.next_attempt_at <= clock_now()
              and (w.paused_until is null or w.paused_until <= clock_now())
            order by d.next_attempt_at, d.event_id
            limit 100`,
    values: [webhookId],
  })
  return rows.map(({ eventId }) => eventId)
}

/** When there is something to send to an endpoint again; null when nothing waits. Past instants mean at once. */
export async function nextDue(db: Queryable, webhookId: string): Promise<string | null> {
  const row = await db.row<{ at: string }>({
    name: 'next-due-delivery',
    text: `select greatest(d.next_attempt_at, w.paused_until) as at
             from webhooks w join webhook_deliveries d on d.webhook_id = w.id
            where w.id = $1 and d.status = 'pending'
            order by d.next_attempt_at
            limit 1`,
    values: [webhookId],
  })
  return row?.at ?? null
}
