import type { MessageChannel, OptionalMessageKind } from '@petra/contract'
import type { Queryable, Tx } from '../../../platform/database/database.ts'

/** When a person is to be left alone, and what they do not want. */
export interface NotificationSettings {
  /** IANA. */
  readonly timeZone: string | null
  /** `HH:MM` on that zone's clock; both or neither. */
  readonly quietFrom: string | null
  readonly quietUntil: string | null
  readonly switchedOff: readonly { readonly kind: OptionalMessageKind; readonly channel: MessageChannel }[]
}

const settings = `
  s.time_zone as "timeZone", to_char(s.quiet_from, 'HH24:MI') as "quietFrom", to_char(s.quiet_until, 'HH24:MI') as "quietUntil",
  coalesce((select json_agg(json_build_object('kind', o.kind, 'channel', o.channel))
              from switched_off_messages o where o.account_id = a.id), '[]') as "switchedOff"`

/** What an account has said; undefined for no account. */
export function findSettings(db: Queryable, accountId: string): Promise<NotificationSettings | undefined> {
  return db.row({
    name: 'find-notification-settings',
    text: `select ${settings} from accounts a left join notification_settings s on s.account_id = a.id where a.id = $1`,
    values: [accountId],
  })
}

/** The same, and no other change at the same time; undefined for who is erased. */
export async function lockSettings(tx: Tx, accountId: string): Promise<NotificationSettings | undefined> {
  const text = 'select from accounts where id = $1 and erased_at is null for no key update'
  const [locked, found] = await Promise.all([tx.row({ text, values: [accountId] }), findSettings(tx, accountId)])
  return locked === undefined ? undefined : found
}

export async function replaceSettings(tx: Tx, accountId: string, now: NotificationSettings): Promise<void> {
  await Promise.all([
    tx.rows({
      text: `insert into notification_settings (account_id, time_zone, quiet_from, quiet_until) values ($1, $2, $3, $4)
             on conflict (account_id) do update
                set time_zone = excluded.time_zone, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until`,
      values: [accountId, now.timeZone, now.quietFrom, now.quietUntil],
    }),
    tx.rows({ text: 'delete from switched_off_messages where account_id = $1', values: [accountId] }),
    tx.rows({
      text: `insert into switched_off_messages (account_id, kind, channel)
             select $1, kind, channel from json_to_recordset($2::json) as off (kind text, channel text)`,
      values: [accountId, JSON.stringify(now.switchedOff)],
    }),
  ])
}

/** @returns false when it was switched off already, or there is no such account any more */
export async function switchOff(
  tx: Tx,
  accountId: string,
  kind: OptionalMessageKind,
  channel: MessageChannel,
): Promise<boolean> {
  const switched = await tx.row({
    text: `insert into switched_off_messages (account_id, kind, channel)
           select id, $2, $3 from accounts where id = $1 and erased_at is null
           on conflict do nothing returning kind`,
    values: [accountId, kind, channel],
  })
  return switched !== undefined
}
