import type pg from 'pg'

/** A table with what it takes to copy it. */
export interface BackupTable {
  readonly schema: string
  readonly name: string
  /** Quoted, without those that PostgreSQL computes. */
  readonly columns: string
}

/** Which half of a backup holds what a schema holds: whoever has one of them reads nothing that was sealed. */
export const halves = { data: ['public', 'graphile_worker'], keys: ['vault'] } as const

export type Half = keyof typeof halves

/** The jobs' tables belong to the application's role, and let nobody else use them. */
export function roleFor({ schema }: Pick<BackupTable, 'schema'>): string {
  return schema === 'graphile_worker' ? 'set local role petra_app' : 'reset role'
}

export function nameOf({ schema, name }: BackupTable): string {
  return `${schema}."${name}"`
}

/** All tables of these schemas but the lists of migrations, which are made by migrating. */
export async function tablesOf(client: pg.ClientBase, schemas: readonly string[]): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `select relnamespace::regnamespace::text as schema, relname as name,
            string_agg(quote_ident(attname), ', ' order by attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
      where relnamespace::regnamespace::text = any ($1) and relkind in ('r', 'p') and not relispartition
        and relname not in ('migrations', 'test_clock')
      group by c.oid order by 1, 2`,
    [schemas],
  )
  return rows
}

/** What is appended to the names of tables, for sequences: where each of these schemas' stands. */
export async function sequencesOf(
  client: pg.ClientBase,
  schemas: readonly string[],
): Promise<{ schema: string; name: string; last: string }[]> {
  const { rows } = await client.query(
    `select schemaname as schema, sequencename as name, last_value::text as last
       from pg_sequences where schemaname = any ($1) and last_value is not null`,
    [schemas],
  )
  return rows
}
