import type { House } from './setup.ts'

/** A digest of each table but the trail and its partitions, which refusals go into, and the sessions. */
export async function everythingKept(house: House): Promise<Record<string, string>> {
  const tables = await house.sql(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'vault') and tablename !~ '^(events|sessions)' order by 1`,
  )
  const digests = tables.map(async ({ name }) => {
    const [row] = await house.sql(`select md5(string_agg(t::text, '|' order by t::text)) as digest from ${name} t`)
    return [name, row.digest] as const
  })
  return Object.fromEntries(await Promise.all(digests))
}
