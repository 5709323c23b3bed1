import type { WatchRule } from '@petra/contract'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { HOUR_MS, type Memory, type WatchedEvent } from '../rules.ts'

/** What is remembered of the accounts that these events are of. */
export async function readMemory(tx: Tx, events: readonly WatchedEvent[]): Promise<Memory> {
  const accountIds = [...new Set(events.map(({ accountId }) => accountId))]
  const [opened, refusals, countries, raised] = await Promise.all([
    tx.rows<{ accountId: string; petId: string; at: string }>({
      name: 'read-opened-pets',
      text: `select account_id as "accountId", pet_id as "petId", opened_at as at from opened_pets where account_id = any ($1)`,
      values: [accountIds],
    }),
    tx.rows<{ accountId: string; inARow: number; at: string }>({
      name: 'read-refusals-in-a-row',
      text: `select account_id as "accountId", refusals as "inARow", last_at as at from refusals_in_a_row where account_id = any ($1)`,
      values: [accountIds],
    }),
    tx.rows<{ accountId: string; country: string }>({
      name: 'read-sign-in-countries',
      text: `select account_id as "accountId", country from sign_in_countries where account_id = any ($1)`,
      values: [accountIds],
    }),
    tx.rows<{ accountId: string; rule: WatchRule; at: string }>({
      name: 'read-watch-alarms',
      text: `select account_id as "accountId", rule, raised_at as at from watch_alarms where account_id = any ($1)`,
      values: [accountIds],
    }),
  ])
  return {
    opened: mapsOf(opened, ({ petId, at }) => [petId, Date.parse(at)]),
    refusals: new Map(refusals.map(({ accountId, inARow, at }) => [accountId, { inARow, lastAt: Date.parse(at) }])),
    countries: new Map(
      [...Map.groupBy(countries, ({ accountId }) => accountId)].map(([accountId, rows]) => [
        accountId,
        new Set(rows.map(({ country }) => country)),
      ]),
    ),
    raised: mapsOf(raised, ({ rule, at }) => [rule, Date.parse(at)]),
  }
}

/** Keeps what these events left in the memory, and nothing that no rule will look at any more. */
export async function saveMemory(
  tx: Tx,
  { opened, refusals, raised }: Memory,
  events: readonly WatchedEvent[],
): Promise<void> {
  const accountIds = [...new Set(events.map(({ accountId }) => accountId))]
  const pets = unique(events, ({ accountId, petId }) => {
    const at = petId === null ? undefined : opened.get(accountId)?.get(petId)
    return at === undefined ? null : { accountId, petId, at: instantOf(at) }
  })
  const rows = unique(events, ({ accountId }) => {
    const row = refusals.get(accountId)
    return row ? { accountId, inARow: row.inARow, at: instantOf(row.lastAt) } : null
  })
  const countries = unique(events, ({ accountId, country }) => (country === null ? null : { accountId, country }))
  const alarms = [...raised].flatMap(([accountId, times]) =>
    [...times].map(([rule, at]) => ({ accountId, rule, at: instantOf(at) })),
  )
  const newest = [...Map.groupBy(events, ({ accountId }) => accountId)].map(([accountId, own]) => ({
    accountId,
    before: instantOf(Math.max(...own.map(({ at }) => Date.parse(at))) - HOUR_MS),
  }))
  await Promise.all([
    keep(tx, savePets, pets),
    keep(tx, forgetPets, newest),
    keep(tx, saveRefusals, rows),
    tx.rows({
      ...forgetRefusals,
      values: [accountIds.filter((accountId) => !refusals.has(accountId))],
    }),
    keep(tx, saveCountries, countries),
    keep(tx, saveAlarms, alarms),
  ])
}

/** Forgets an account. */
export async function forgetAccount(tx: Tx, accountId: string): Promise<void> {
  for (const table of ['opened_pets', 'refusals_in_a_row', 'sign_in_countries', 'watch_alarms']) {
    await tx.rows({ text: `delete from ${table} where account_id = $1`, values: [accountId] })
  }
}

/** Forgets what is over; long after, so that a watch that is late still finds it. */
export async function sweepMemory(db: Queryable): Promise<void> {
  await db.rows({ text: `delete from opened_pets where opened_at < clock_now() - interval '7 days'`, values: [] })
  await db.rows({ text: `delete from refusals_in_a_row where last_at < clock_now() - interval '7 days'`, values: [] })
  await db.rows({ text: `delete from watch_alarms where raised_at < clock_now() - interval '7 days'`, values: [] })
}

const savePets = {
  name: 'save-opened-pets',
  text: `insert into opened_pets (account_id, pet_id, opened_at)
         select "accountId", "petId", at from json_to_recordset($1) as row ("accountId" uuid, "petId" uuid, at timestamptz)
         on conflict (account_id, pet_id) do update set opened_at = excluded.opened_at`,
}

const forgetPets = {
  name: 'forget-opened-pets',
  text: `delete from opened_pets o using json_to_recordset($1) as row ("accountId" uuid, before timestamptz)
          where o.account_id = row."accountId" and o.opened_at <= row.before`,
}

const saveRefusals = {
  name: 'save-refusals-in-a-row',
  text: `insert into refusals_in_a_row (account_id, refusals, last_at)
         select "accountId", "inARow", at from json_to_recordset($1) as row ("accountId" uuid, "inARow" integer, at timestamptz)
         on conflict (account_id) do update set refusals = excluded.refusals, last_at = excluded.last_at`,
}

const forgetRefusals = {
  name: 'forget-refusals-in-a-row',
  text: 'delete from refusals_in_a_row where account_id = any ($1)',
}

const saveCountries = {
  name: 'save-sign-in-countries',
  text: `insert into sign_in_countries (account_id, country)
         select "accountId", country from json_to_recordset($1) as row ("accountId" uuid, country text)
         on conflict do nothing`,
}

const saveAlarms = {
  name: 'save-watch-alarms',
  text: `insert into watch_alarms (account_id, rule, raised_at)
         select "accountId", rule, at from json_to_recordset($1) as row ("accountId" uuid, rule text, at timestamptz)
         on conflict (account_id, rule) do update set raised_at = excluded.raised_at`,
}

async function keep(tx: Tx, statement: { name: string; text: string }, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await tx.rows({ ...statement, values: [JSON.stringify(rows)] })
}

/** What becomes of the events, each thing once. */
function unique<T extends object>(events: readonly WatchedEvent[], rowOf: (event: WatchedEvent) => T | null): T[] {
  const rows = events.map(rowOf).filter((row) => row !== null)
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}

function mapsOf<Row extends { readonly accountId: string }, Key>(
  rows: readonly Row[],
  entryOf: (row: Row) => [Key, number],
): Map<string, Map<Key, number>> {
  const groups = Map.groupBy(rows, ({ accountId }) => accountId)
  return new Map([...groups].map(([accountId, own]) => [accountId, new Map(own.map(entryOf))]))
}

function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
