import type { Account, Client } from '@petra/contract'
import sql from 'sql-template-tag'
import type { Role } from '../../platform/actor.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import type { Contact, SealedContact } from './contact.ts'

export interface AccountRow extends SealedContact {
  readonly id: string
  readonly name: string
  readonly roles: Role[]
  readonly locale: string
  readonly passwordHash: string | null
  readonly disabled: boolean
  readonly emailVerified: boolean
  /** An instant; null while mail arrives, as far as anybody knows. */
  readonly undeliverableSince: string | null
  readonly createdAt: string
}

export const accountColumns = sql`
  a.id, a.name, a.roles, a.locale, a.password_hash as "passwordHash", a.disabled_at is not null as disabled,
  c.email_verified_at is not null as "emailVerified", c.undeliverable_since as "undeliverableSince",
  a.created_at as "createdAt", c.account_id as "accountId", c.version, c.contact`

export function findAccount(db: Queryable, accountId: string): Promise<AccountRow | undefined> {
  return db.row({
    name: 'find-account',
    text: `select ${accountColumns.text} from accounts a join account_contacts c on c.account_id = a.id where a.id = $1`,
    values: [accountId],
  })
}

export function findAccountByEmail(db: Queryable, emailIndex: Buffer): Promise<AccountRow | undefined> {
  return db.row(sql`
    select ${accountColumns} from account_contacts c join accounts a on a.id = c.account_id where c.email_index = ${emailIndex}`)
}

export async function insertAccount(
  tx: Tx,
  account: { id: string; name: string; passwordHash: string | null; roles: readonly Role[]; locale: string },
): Promise<void> {
  await tx.rows(sql`
    insert into accounts (id, name, password_hash, roles, locale)
    values (${account.id}, ${account.name}, ${account.passwordHash}, ${account.roles}, ${account.locale})`)
}

export interface ContactRow extends SealedContact {
  readonly emailIndex: Buffer | null
  readonly phoneIndex: Buffer | null
  readonly addressIndex: Buffer | null
}

/** @returns false when another account has the e-mail address */
export async function insertContact(tx: Tx, row: ContactRow): Promise<boolean> {
  const inserted = await tx.row(sql`
    insert into account_contacts (account_id, version, contact, email_index, phone_index, address_index)
    values (${row.accountId}, ${row.version}, ${row.contact}, ${row.emailIndex}, ${row.phoneIndex}, ${row.addressIndex})
    on conflict (email_index) do nothing
    returning account_id`)
  return inserted !== undefined
}

export async function updateContact(tx: Tx, row: ContactRow): Promise<void> {
  await tx.rows(sql`
    update account_contacts
       set version = ${row.version}, contact = ${row.contact}, email_index = ${row.emailIndex},
           phone_index = ${row.phoneIndex}, address_index = ${row.addressIndex}
     where account_id = ${row.accountId}`)
}

/** Whose an address is, by its keyed index. */
export async function findHolder(db: Queryable, emailIndex: Buffer): Promise<string | undefined> {
  const row = await db.row<{ id: string }>(sql`
    select account_id as id from account_contacts where email_index = ${emailIndex}`)
  return row?.id
}

export async function setPassword(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
  await tx.rows(sql`
    update accounts set password_hash = ${passwordHash}, updated_at = clock_now() where id = ${accountId}`)
}

/** Sets a password where the one that was checked still stands. @returns whether it did */
export async function replacePassword(
  tx: Tx,
  accountId: string,
  passwordHash: string,
  checkedHash: string,
): Promise<boolean> {
  const replaced = await tx.row(sql`
    update accounts set password_hash = ${passwordHash}, updated_at = clock_now()
     where id = ${accountId} and password_hash = ${checkedHash} and disabled_at is null
    returning id`)
  return replaced !== undefined
}

/** Holds the password that was checked until the transaction ends. @returns false when it is another one by now, or the account disabled */
export async function holdPassword(tx: Tx, accountId: string, checkedHash: string): Promise<boolean> {
  const held = await tx.row({
    name: 'hold-password',
    text: 'select id from accounts where id = $1 and password_hash = $2 and disabled_at is null for share',
    values: [accountId, checkedHash],
  })
  return held !== undefined
}

/** @returns the account whose address was verified now or before; undefined when nobody has it */
export async function markEmailVerified(tx: Tx, emailIndex: Buffer): Promise<string | undefined> {
  const row = await tx.row<{ id: string }>(sql`
    update account_contacts
       set email_verified_at = coalesce(email_verified_at, clock_now()), undeliverable_since = null
     where email_index = ${emailIndex}
    returning account_id as id`)
  return row?.id
}

/** Notes that mail to an account does not arrive, if that is still its address. @returns whether that was news */
export async function markUndeliverable(tx: Tx, accountId: string, emailIndex: Buffer): Promise<boolean> {
  const marked = await tx.row(sql`
    update account_contacts set undeliverable_since = clock_now()
     where account_id = ${accountId} and email_index = ${emailIndex} and undeliverable_since is null
    returning account_id`)
  return marked !== undefined
}

/** Locks the account for a change of its own fields. */
export function lockAccount(tx: Tx, accountId: string): Promise<AccountRow | undefined> {
  return tx.row(sql`
    select ${accountColumns} from accounts a join account_contacts c on c.account_id = a.id
     where a.id = ${accountId} for no key update`)
}

export async function updateAccount(
  tx: Tx,
  accountId: string,
  fields: { name: string; locale: string },
): Promise<void> {
  await tx.rows(sql`
    update accounts set name = ${fields.name}, locale = ${fields.locale}, updated_at = clock_now() where id = ${accountId}`)
}

/** The account as its holder sees it. */
export function toAccount(row: AccountRow, contact: Contact): Account {
  return {
    id: row.id,
    email: contact.email ?? '',
    name: row.name,
    roles: row.roles,
    locale: row.locale,
    ...(contact.phone ? { phone: contact.phone } : {}),
    ...(contact.address ? { address: contact.address } : {}),
    ...(row.undeliverableSince === null ? {} : { emailUndeliverableSince: row.undeliverableSince }),
    createdAt: row.createdAt,
  }
}

/** The account as the front desk sees it. */
export function toClient(row: AccountRow, contact: Contact): Client {
  const { id, name, undeliverableSince, createdAt } = row
  return {
    id,
    name,
    email: contact.email ?? null,
    ...(undeliverableSince === null ? {} : { emailUndeliverableSince: undeliverableSince }),
    phone: contact.phone ?? null,
    createdAt,
  }
}
