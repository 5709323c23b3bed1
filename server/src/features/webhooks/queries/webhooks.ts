import type { Webhook } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** An endpoint as it is kept: URL and secrets sealed. */
export interface WebhookRow extends Omit<Webhook, 'url' | 'enabled'> {
  readonly url: Buffer
  readonly urlVersion: number
  readonly secret: Buffer
  readonly secretVersion: number
  readonly previousSecret: Buffer | null
}

const columns = sql`
  id, account_id as "accountId", url, url_version as "urlVersion", event_types as "eventTypes", description,
  secret, secret_version as "secretVersion", previous_secret as "previousSecret",
  case when previous_secret_until > clock_now() then previous_secret_until end as "previousSecretUntil",
  disabled_because as "disabledBecause", failing_since as "failingSince", created_at as "createdAt", updated_at as "updatedAt"`

export function insertWebhook(
  tx: Tx,
  webhook: Pick<WebhookRow, 'id' | 'accountId' | 'url' | 'eventTypes' | 'description' | 'secret'>,
): Promise<WebhookRow | undefined> {
  const { id, accountId, url, eventTypes, description, secret } = webhook
  return tx.row(sql`
    insert into webhooks (id, account_id, url, event_types, description, secret)
    values (${id}, ${accountId}, ${url}, ${eventTypes}, ${description}, ${secret})
    returning ${columns}`)
}

export function findWebhook(db: Queryable, id: string): Promise<WebhookRow | undefined> {
  return db.row(sql`select ${columns} from webhooks where id = ${id}`)
}

export function lockWebhook(tx: Tx, id: string): Promise<WebhookRow | undefined> {
  return tx.row(sql`select ${columns} from webhooks where id = ${id} for no key update`)
}

/** The newest first, those with an id below `before`. */
export function listWebhooks(db: Queryable, before: string | null, limit: number): Promise<WebhookRow[]> {
  return db.rows(sql`
    select ${columns} from webhooks where ${before}::uuid is null or id < ${before} order by id desc limit ${limit}`)
}

/** Writes what an admin may change. One that is enabled, or has another URL, begins with a clean slate. */
export function updateWebhook(
  tx: Tx,
  webhook: Pick<WebhookRow, 'id' | 'accountId' | 'url' | 'urlVersion' | 'eventTypes' | 'description'>,
  enabled: boolean,
): Promise<WebhookRow | undefined> {
  const { id, accountId, url, urlVersion, eventTypes, description } = webhook
  const isNew = sql`((${enabled} and disabled_at is not null) or url_version <> ${urlVersion})`
  return tx.row(sql`
    update webhooks
       set account_id = ${accountId}, url = ${url}, url_version = ${urlVersion}, event_types = ${eventTypes},
           description = ${description}, updated_at = clock_now(),
           disabled_at = case when ${enabled} then null else coalesce(disabled_at, clock_now()) end,
           disabled_because = case when ${enabled} then null else coalesce(disabled_because, 'admin') end,
           failing_since = case when ${isNew} then null else failing_since end,
           failures = case when ${isNew} then 0 else failures end,
           paused_until = case when ${isNew} then null else paused_until end
     where id = ${id}
    returning ${columns}`)
}

/** The secret there was signs along for a day; the one before it no more. */
export function replaceSecret(
  tx: Tx,
  id: string,
  secret: Buffer,
  secretVersion: number,
): Promise<WebhookRow | undefined> {
  return tx.row(sql`
    update webhooks
       set secret = ${secret}, secret_version = ${secretVersion}, previous_secret = secret,
           previous_secret_until = clock_now() + interval '24 hours', updated_at = clock_now()
     where id = ${id}
    returning ${columns}`)
}

export async function deleteWebhook(tx: Tx, id: string): Promise<void> {
  await tx.rows(sql`delete from webhooks where id = ${id}`)
}
