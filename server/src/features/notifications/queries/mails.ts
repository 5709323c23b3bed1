import type { Queryable } from '../../../platform/database/database.ts'

/** `begun`: nobody else sends the mail meanwhile; `sent` before; or `underway` elsewhere, an end to which comes by `until` at the latest. */
export type MailState = { readonly state: 'begun' | 'sent' } | { readonly state: 'underway'; readonly until: string }

/**
 * Begins to send a mail. A try that was begun half a minute ago and has not ended died on the way: the mail may be sent
 * twice, which is counted.
 */
export async function beginMail(db: Queryable, messageId: string): Promise<MailState> {
  const row = await db.row<MailState>({
    name: 'begin-mail',
    text: `with begun as (
             insert into mails as m (message_id, begun_at) values ($1, clock_now())
             on conflict (message_id) do update
                set begun_at = clock_now(), repeats = m.repeats + (m.begun_at is not null)::int
              where m.sent_at is null and (m.begun_at is null or m.begun_at < clock_now() - interval '30 seconds')
             returning message_id
           )
           select case when exists (select from begun) then 'begun' when m.sent_at is not null then 'sent' else 'underway' end as state,
                  coalesce(m.begun_at, clock_now()) + interval '30 seconds' as until
             from (select) as one left join mails m on m.message_id = $1`,
    values: [messageId],
  })
  return row as MailState
}

/** Ends a try: the mail was accepted, or not, or nobody knows, so that the next try may repeat it. */
export async function endMail(
  db: Queryable,
  messageId: string,
  outcome: 'sent' | 'refused' | 'unknown',
): Promise<void> {
  await db.rows({
    name: 'end-mail',
    text: `update mails
              set begun_at = null, sent_at = case when $2 = 'sent' then clock_now() end,
                  repeats = repeats + ($2 = 'unknown')::int
            where message_id = $1`,
    values: [messageId, outcome],
  })
}

/** How many mails may have been sent more than once. */
export async function countRepeatedMails(db: Queryable): Promise<number> {
  const row = await db.row<{ mails: number }>({
    text: 'select count(*)::int as mails from mails where repeats > 0',
    values: [],
  })
  return row?.mails ?? 0
}

/** Forgets mails of 90 days ago: no job is that old. */
export async function sweepMails(db: Queryable): Promise<void> {
  await db.rows({ text: `delete from mails where noted_at < clock_now() - interval '90 days'`, values: [] })
}

/** What the database's clock shows. */
export async function databaseTime(db: Queryable): Promise<string> {
  const row = await db.row<{ now: string }>({ name: 'database-time', text: 'select clock_now() as now', values: [] })
  return row?.now as string
}
