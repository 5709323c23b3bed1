import type { DeliveryStatus, MessageType, WebhookDelivery } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Role } from '../../../platform/actor.ts'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { WebhookRow } from './webhooks.ts'

/** A message to one endpoint. */
export interface Delivery {
  readonly webhookId: string
  readonly eventId: string
  readonly type: MessageType
  readonly occurredAt: string
  readonly appointmentId: string | null
  readonly petId: string | null
}

/** What messages say of an event: which, when, and the ids that are named here. */
export interface MessageFacts extends Omit<Delivery, 'webhookId'> {
  /** The one endpoint it is for; null for those that are told of its type. */
  readonly webhookId: string | null
}

/** Everything an attempt hangs on, as of its beginning. */
export interface Attempt
  extends Delivery,
    Pick<WebhookRow, 'url' | 'urlVersion' | 'secret' | 'secretVersion' | 'previousSecret' | 'accountId'> {
  readonly status: DeliveryStatus
  /** With this one, once it has begun. */
  readonly attempts: number
  readonly isUnderWay: boolean
  readonly isDisabled: boolean
  readonly account: { readonly roles: readonly Role[]; readonly isDisabled: boolean }
}

const columns = sql`
  event_id as "messageId", type, status, attempts, interrupted, last_status as "lastStatus", last_fault as "lastFault",
  last_attempt_at as "lastAttemptAt", next_attempt_at as "nextAttemptAt", created_at as "createdAt"`

/**
 * Writes messages down, for each endpoint that is told of their type or is the one they are for.
 * @returns the endpoints that have something to be sent
 */
export async function insertDeliveries(tx: Tx, messages: readonly MessageFacts[]): Promise<string[]> {
  const rows = await tx.rows<{ webhookId: string }>({
    name: 'insert-webhook-deliveries',
    text: `with written as (
             insert into webhook_deliveries (webhook_id, event_id, type, occurred_at, appointment_id, pet_id, next_attempt_at)
             select w.id, m."eventId", m.type, m."occurredAt", m."appointmentId", m."petId", clock_now()
               from json_to_recordset($1) as m (
                      "eventId" uuid, type text, "occurredAt" timestamptz, "appointmentId" uuid, "petId" uuid, "webhookId" uuid)
               join webhooks w on w.id = m."webhookId" or (m."webhookId" is null and m.type = any (w.event_types))
              where w.disabled_at is null
             on conflict do nothing
             returning webhook_id)
           select distinct webhook_id as "webhookId" from written order by 1`,
    values: [JSON.stringify(messages)],
  })
  return rows.map(({ webhookId }) => webhookId)
}

/** Locks a message to an endpoint that is still there. */
export function lockAttempt(tx: Tx, webhookId: string, eventId: string): Promise<Attempt | undefined> {
  return tx.row({
    name: 'lock-webhook-attempt',
    text: `select d.webhook_id as "webhookId", d.event_id as "eventId", d.type, d.occurred_at as "occurredAt",
                  d.appointment_id as "appointmentId", d.pet_id as "petId", d.status, d.attempts, d.is_under_way as "isUnderWay",
                  w.url, w.url_version as "urlVersion", w.secret, w.secret_version as "secretVersion",
                  case when w.previous_secret_until > clock_now() then w.previous_secret end as "previousSecret",
                  w.account_id as "accountId", w.disabled_at is not null as "isDisabled",
                  json_build_object('roles', a.roles, 'isDisabled', a.disabled_at is not null) as account
             from webhook_deliveries d join webhooks w on w.id = d.webhook_id join accounts a on a.id = w.account_id
            where d.webhook_id = $1 and d.event_id = $2
              for no key update of d`,
    values: [webhookId, eventId],
  })
}

/** Marks an attempt as under way; one that already was has been cut off. */
export async function beginAttempt(tx: Tx, { webhookId, eventId }: Delivery): Promise<void> {
  await tx.rows({
    name: 'begin-webhook-attempt',
    text: `update webhook_deliveries
              set attempts = attempts + 1, interrupted = interrupted + is_under_way::int, is_under_way = true,
                  last_attempt_at = clock_now()
            where webhook_id = $1 and event_id = $2`,
    values: [webhookId, eventId],
  })
}

export interface AttemptEnd {
  readonly status: DeliveryStatus
  readonly httpStatus: number | null
  readonly fault: WebhookDelivery['lastFault']
  /** Seconds until the next attempt; null when there is none. */
  readonly againInSeconds: number | null
}

/** What was replayed while the attempt was under way stays as pending as that made it. */
export async function endAttempt(
  tx: Tx,
  { webhookId, eventId, attempts }: Pick<Attempt, 'webhookId' | 'eventId' | 'attempts'>,
  { status, httpStatus, fault, againInSeconds }: AttemptEnd,
): Promise<void> {
  await tx.rows({
    name: 'end-webhook-attempt',
    text: `update webhook_deliveries
              set status = case when attempts = $7 then $3 else status end,
                  last_status = $4, last_fault = $5, is_under_way = false,
                  next_attempt_at = case when attempts = $7 then clock_now() + make_interval(secs => $6) else next_attempt_at end
            where webhook_id = $1 and event_id = $2`,
    values: [webhookId, eventId, status, httpStatus, fault, againInSeconds, attempts],
  })
}

/** A message as pending as on its first day; undefined when there is none such. */
export function restartDelivery(tx: Tx, webhookId: string, eventId: string): Promise<WebhookDelivery | undefined> {
  return tx.row(sql`
    update webhook_deliveries set status = 'pending', attempts = 0, next_attempt_at = clock_now()
     where webhook_id = ${webhookId} and event_id = ${eventId}
    returning ${columns}`)
}

/** The newest first, those with an id below `before`. */
export function listDeliveries(
  db: Queryable,
  webhookId: string,
  status: DeliveryStatus | null,
  before: string | null,
  limit: number,
): Promise<WebhookDelivery[]> {
  return db.rows(sql`
    select ${columns} from webhook_deliveries
     where webhook_id = ${webhookId} and (${status}::text is null or status = ${status})
       and (${before}::uuid is null or event_id < ${before})
     order by event_id desc limit ${limit}`)
}

/** Forgets what was sent over 30 days ago. */
export async function sweepDeliveries(db: Queryable): Promise<void> {
  await db.rows(sql`
    delete from webhook_deliveries where created_at < clock_now() - interval '30 days' and status <> 'pending'`)
}
