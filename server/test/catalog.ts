import type pg from 'pg'
import { filledTables, ours, schemas } from './schema-text.ts'

/** Everything the catalog knows of Petra's schema, a sorted line each: two databases with equal lines are alike. */
export async function catalogOf(client: pg.Client): Promise<string[]> {
  await client.query(`set timezone to 'UTC'`)
  const { rows } = await client.query(objects)
  return [...rows.map(({ line }) => line), ...(await seededRows(client))].sort()
}

const inOurs = (namespace: string) => `${namespace} = any (${schemas})`
const acl = (column: string) => `(select string_agg(item::text, ' ' order by item::text) from unnest(${column}) item)`

const objects = `
  select concat_ws(' | ', 'schema', nspname, pg_get_userbyid(nspowner), ${acl('nspacl')}) as line
    from pg_namespace where nspname !~ '^pg_|^information_schema$|^graphile_worker$'
  union all
  select concat_ws(' | ', 'extension', extname, pg_get_userbyid(extowner), extnamespace::regnamespace) from pg_extension
  union all
  select concat_ws(' | ', 'relation', oid::regclass, relkind, pg_get_userbyid(relowner), relpersistence, relrowsecurity, relforcerowsecurity,
           reloptions, relreplident, ${acl('relacl')})
    from pg_class
   where ${inOurs('relnamespace')} and ${ours('pg_class', 'oid')}
     and not exists (select from pg_index where indexrelid = oid and indrelid = to_regclass('migrations'))
  union all
  select concat_ws(' | ', 'column', c.oid::regclass, row_number() over (partition by c.oid order by attnum), attname,
           format_type(atttypid, atttypmod), attnotnull, attgenerated, attidentity, attstorage, attcompression, attcollation::regcollation,
           pg_get_expr(adbin, adrelid), ${acl('attacl')})
    from pg_class c
    join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = c.oid and adnum = attnum
   where ${inOurs('relnamespace')} and relkind <> 'i' and ${ours('pg_class', 'c.oid')}
  union all
  select concat_ws(' | ', 'constraint', conrelid::regclass, contypid::regtype, conname, contype, convalidated, conenforced, pg_get_constraintdef(oid, true))
    from pg_constraint where ${inOurs('connamespace')} and ${ours('pg_class', 'conrelid')}
  union all
  select concat_ws(' | ', 'index', pg_get_indexdef(indexrelid, 0, true), indisvalid, indisclustered, indisreplident)
    from pg_index join pg_class c on c.oid = indrelid where ${inOurs('relnamespace')} and ${ours('pg_class', 'indrelid')}
  union all
  select concat_ws(' | ', 'function', pg_get_userbyid(proowner), ${acl('proacl')}, pg_get_functiondef(oid))
    from pg_proc where ${inOurs('pronamespace')} and prokind <> 'a' and ${ours('pg_proc', 'oid')}
  union all
  select concat_ws(' | ', 'trigger', tgenabled, pg_get_triggerdef(t.oid, true))
    from pg_trigger t join pg_class c on c.oid = tgrelid where ${inOurs('relnamespace')} and not tgisinternal
  union all
  select concat_ws(' | ', 'rule', pg_get_ruledef(r.oid)) from pg_rewrite r join pg_class c on c.oid = ev_class where ${inOurs('relnamespace')}
  union all
  select concat_ws(' | ', 'policy', polname, polrelid::regclass, polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    from pg_policy join pg_class c on c.oid = polrelid where ${inOurs('relnamespace')}
  union all
  select concat_ws(' | ', 'type', typname, typtype, pg_get_userbyid(typowner), typbasetype::regtype,
           (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid))
    from pg_type t
   where ${inOurs('typnamespace')} and typname not in ('migrations', '_migrations') and ${ours('pg_type', 'oid')}
  union all
  select concat_ws(' | ', 'statistics', pg_get_statisticsobjdef(oid)) from pg_statistic_ext where ${inOurs('stxnamespace')}
  union all
  select concat_ws(' | ', 'default privileges', pg_get_userbyid(defaclrole), defaclnamespace::regnamespace, defaclobjtype, ${acl('defaclacl')})
    from pg_default_acl
  union all
  select concat_ws(' | ', 'comment', objoid::regclass, objsubid, description)
    from pg_description join pg_class c on c.oid = objoid where classoid = 'pg_class'::regclass and ${inOurs('relnamespace')}`

async function seededRows(client: pg.Client): Promise<string[]> {
  const lines = []
  for (const { table } of await filledTables(client)) {
    const { rows } = await client.query(
      `select concat('row | ${table} | ', to_jsonb(seeded)) as line from ${table} seeded`,
    )
    lines.push(...rows.map(({ line }) => line))
  }
  return lines
}
