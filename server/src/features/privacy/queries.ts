import type { AccountExport, Erasure, ExportContent } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../platform/database/database.ts'

const exportColumns = sql`
  id, case when content is null then 'pending' else 'ready' end as status, created_at as "createdAt", expires_at as "expiresAt"`

/** Account a is not erased, has no staff role, and never was a provider. */
const isClient = sql`a.erased_at is null and a.roles = '{owner}' and not exists (select from providers where account_id = a.id)`

/** @returns undefined while another export of the account is being made, and for who is erased */
export function insertExport(tx: Tx, accountId: string): Promise<AccountExport | undefined> {
  return tx.row(sql`
    insert into account_exports (account_id)
    select id from accounts where id = ${accountId} and erased_at is null for key share
    on conflict (account_id) where content is null do nothing
    returning ${exportColumns}`)
}

/** An export that has not expired, of the account. */
export function findExport(db: Queryable, exportId: string, accountId: string): Promise<AccountExport | undefined> {
  return db.row(sql`
    select ${exportColumns} from account_exports
     where id = ${exportId} and account_id = ${accountId} and expires_at > clock_now()`)
}

/** Whose export it is, when it has not expired, and whether it is made. */
export function findExportOwner(
  db: Queryable,
  exportId: string,
): Promise<{ accountId: string; isReady: boolean; expiresAt: string } | undefined> {
  return db.row(sql`
    select account_id as "accountId", content is not null as "isReady", expires_at as "expiresAt"
      from account_exports where id = ${exportId} and expires_at > clock_now()`)
}

export async function findExportContent(
  db: Queryable,
  exportId: string,
  accountId: string,
): Promise<Buffer | undefined> {
  const row = await db.row<{ content: Buffer }>(sql`
    select content from account_exports
     where id = ${exportId} and account_id = ${accountId} and content is not null and expires_at > clock_now()`)
  return row?.content
}

/** What a person has said about messages. */
export async function exportMessages(db: Queryable, accountId: string): Promise<ExportContent['messages']> {
  const row = await db.row<ExportContent['messages']>(sql`
    select s.time_zone as "timeZone",
           case when s.quiet_from is not null then json_build_object(
             'from', to_char(s.quiet_from, 'HH24:MI'), 'to', to_char(s.quiet_until, 'HH24:MI')) end as "quietHours",
           coalesce((select json_agg(json_build_object('kind', o.kind, 'channel', o.channel) order by o.kind, o.channel)
                       from switched_off_messages o where o.account_id = a.id), '[]') as "switchedOff"
      from accounts a left join notification_settings s on s.account_id = a.id
     where a.id = ${accountId}`)
  return row ?? { timeZone: null, quietHours: null, switchedOff: [] }
}

/** Keeps what was gathered for 7 days. @returns false when the export is gone, or was made already */
export async function completeExport(tx: Tx, exportId: string, content: Buffer): Promise<boolean> {
  const completed = await tx.row(sql`
    update account_exports set content = ${content}, expires_at = clock_now() + interval '7 days'
     where id = ${exportId} and content is null
    returning id`)
  return completed !== undefined
}

/** Of several exports of an account, the newest is kept. */
export async function deleteEarlierExports(tx: Tx, accountId: string, exportId: string): Promise<void> {
  await tx.rows(sql`
    delete from account_exports where account_id = ${accountId} and id <> ${exportId} and content is not null`)
}

export async function deleteExportsOf(tx: Tx, accountId: string): Promise<void> {
  await tx.rows(sql`delete from account_exports where account_id = ${accountId}`)
}

/** Removes exports that have expired, and those that were not made within a day. */
export async function sweepExports(db: Queryable): Promise<void> {
  await db.rows(sql`delete from account_exports where expires_at <= clock_now()`)
}

/** Asks for an erasure, unless one was asked for or the account is, or was, one of staff: the clinic keeps who treated. */
export function insertErasure(tx: Tx, accountId: string): Promise<Erasure | undefined> {
  return tx.row(sql`
    insert into erasure_requests (account_id)
    select a.id from accounts a
     where a.id = ${accountId} and ${isClient} for key share
    on conflict (account_id) do nothing
    returning requested_at as "requestedAt", due_at as "dueAt"`)
}

export function findErasure(db: Queryable, accountId: string): Promise<Erasure | undefined> {
  return db.row(sql`
    select requested_at as "requestedAt", due_at as "dueAt" from erasure_requests where account_id = ${accountId}`)
}

/** Takes an erasure back. @returns what it was; undefined when none was asked for, or it is done */
export function deleteErasure(tx: Tx, accountId: string): Promise<Erasure | undefined> {
  return tx.row(sql`
    delete from erasure_requests where account_id = ${accountId}
    returning requested_at as "requestedAt", due_at as "dueAt"`)
}

/** Who was erased, and is back from a backup without a key, is due at once. */
export async function renewErasures(tx: Tx): Promise<void> {
  await tx.rows(sql`
    insert into erasure_requests (account_id, due_at)
    select k.subject_id, clock_now() from vault.data_keys k join accounts a on a.id = k.subject_id
     where k.purpose = 'owner-personal' and k.destroyed_at is not null and a.erased_at is null
    on conflict (account_id) do nothing`)
}

/** The accounts that are due to be erased. Who joined the staff meanwhile waits until they have left it. */
export async function listDueErasures(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ accountId: string }>(sql`
    select r.account_id as "accountId" from erasure_requests r join accounts a on a.id = r.account_id
     where r.due_at <= clock_now() and ${isClient}
     order by r.due_at`)
  return rows.map(({ accountId }) => accountId)
}

/**
 * Takes an erasure that is due, and waits for pets that are on their way to the account.
 * @returns false when it was withdrawn or done, or the account has joined the staff
 */
export async function takeDueErasure(tx: Tx, accountId: string): Promise<boolean> {
  const taken = await tx.row(sql`
    with account as (select a.id from accounts a where a.id = ${accountId} and ${isClient} for update)
    delete from erasure_requests r using account
     where r.account_id = account.id and r.due_at <= clock_now()
    returning r.account_id`)
  return taken !== undefined
}
