import type pg from 'pg'

/**
 * The schemas of Petra as SQL that makes them again in an empty database, read from the catalog: what belongs to Petra, in the order
 * the migrations made it. Kinds of object that no migration has made so far are not written; the schema's test would tell.
 */
export async function schemaText(client: pg.Client): Promise<string> {
  await client.query(`set timezone to 'UTC'`)
  const made = [
    ...(await apart(client)),
    ...(await extensions(client)),
    ...(await domains(client)),
    ...(await functions(client)),
    ...(await tables(client)),
    ...(await indexes(client)),
    ...(await triggers(client)),
  ].sort((a, b) => a.oid - b.oid)
  const sections = [made.map(({ text }) => text).join(''), await seeds(client), await grants(client)]
  return `-- The schema as the migrations make it; \`npm run schema:write\` writes this file.\n${sections.join('\n')}`
}

interface Made {
  readonly oid: number
  readonly text: string
}

/** Where everything of Petra's lives; the jobs' tables belong to their library. */
export const schemas = `'{public,vault}'::regnamespace[]`

/** A month of the log, which is made when its time comes, and its indexes. */
const monthly = `select oid from pg_class where relispartition and relkind in ('r', 'i')`

/** What an extension brought is not ours, nor is the list of migrations, nor a month of the log. */
export const ours = (catalog: string, oid: string) => `
  not exists (select from pg_depend brought where brought.classid = '${catalog}'::regclass and brought.objid = ${oid} and brought.deptype = 'e')
  and ${oid} is distinct from to_regclass('migrations')
  and not ('${catalog}' = 'pg_class' and ${oid} in (${monthly}))
  and not ('${catalog}' = 'pg_type' and ${oid} in (
    select type.oid from pg_type type where coalesce(nullif(type.typrelid, 0), (select typrelid from pg_type item where item.oid = type.typelem)) in (${monthly})))`

async function extensions(client: pg.Client): Promise<Made[]> {
  const { rows } = await client.query(`select oid, extname as name from pg_extension where extname <> 'plpgsql'`)
  return rows.map(({ oid, name }) => ({ oid, text: `create extension ${name};\n` }))
}

async function apart(client: pg.Client): Promise<Made[]> {
  const { rows } = await client.query(
    `select nspname as name from pg_namespace where oid = any (${schemas}) and nspname <> 'public' order by 1`,
  )
  return rows.map(({ name }) => ({ oid: 0, text: `create schema ${name};\n` }))
}

/** Ahead of everything: a table may have got its domain long after it was made. */
async function domains(client: pg.Client): Promise<Made[]> {
  const { rows } = await client.query(`
    select format('create domain %I as %s%s', typname, format_type(typbasetype, typtypmod),
             (select string_agg(format(' constraint %I %s', conname, pg_get_constraintdef(c.oid, true)), '' order by conname)
                from pg_constraint c where contypid = t.oid and contype = 'c')) as definition
      from pg_type t where typnamespace = any (${schemas}) and typtype = 'd' and ${ours('pg_type', 't.oid')}
     order by typname`)
  return rows.map(({ definition }) => ({ oid: 0, text: `${readable(definition)};\n` }))
}

async function functions(client: pg.Client): Promise<Made[]> {
  const { rows } = await client.query(`
    select oid, pg_get_functiondef(oid) as definition from pg_proc
     where pronamespace = any (${schemas}) and ${ours('pg_proc', 'oid')}`)
  return rows.map(({ oid, definition }) => ({
    oid,
    text: `\n${readable(definition).replace('create or replace function public.', 'create function ').trimEnd()};\n`,
  }))
}

/** Foreign keys to tables that come later follow them. */
async function tables(client: pg.Client): Promise<Made[]> {
  const { rows: columns } = await client.query(`
    select a.attrelid as "table", concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
             case when a.attnotnull then 'not null' end,
             case when d.adbin is not null then format(
               case a.attgenerated when 's' then 'generated always as (%s) stored' else 'default %s' end,
               pg_get_expr(d.adbin, d.adrelid)) end) as definition
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = any (${schemas}) and c.relkind in ('r', 'p') and not c.relispartition and ${ours('pg_class', 'c.oid')}
     order by a.attrelid, a.attnum`)
  const { rows: constraints } = await client.query(`
    select conrelid as "table", oid, contype = 'f' and confrelid > conrelid as later, greatest(conrelid, confrelid) as after,
           format('constraint %I %s', conname, pg_get_constraintdef(oid, true)) as definition, conrelid::regclass::text as name
      from pg_constraint
     where connamespace = any (${schemas}) and contype in ('p', 'u', 'c', 'x', 'f') and ${ours('pg_class', 'conrelid')}
       and not exists (select from pg_class where oid = conrelid and relispartition)
     order by array_position('{p,u,x,f,c}', contype), oid`)
  const { rows: names } = await client.query(`
    select c.oid, c.oid::regclass::text as name, inhparent::regclass::text as parent, pg_get_expr(relpartbound, c.oid) as bound,
           case when relkind = 'p' then ' partition by ' || pg_get_partkeydef(c.oid) else '' end as by
      from pg_class c left join pg_inherits on inhrelid = c.oid
     where relnamespace = any (${schemas}) and relkind in ('r', 'p') and ${ours('pg_class', 'c.oid')}`)
  const created = names.map(({ oid, name, parent, bound, by }) => {
    if (parent) return { oid, text: `create table ${name} partition of ${parent} ${readable(bound + by)};\n` }
    const lines = [...columns, ...constraints.filter(({ later }) => !later)].filter(({ table }) => table === oid)
    return {
      oid,
      text: `\ncreate table ${name} (\n${lines.map((line) => `  ${readable(line.definition)}`).join(',\n')}\n)${readable(by)};\n`,
    }
  })
  const added = constraints
    .filter(({ later }) => later)
    .map(({ after, name, definition }) => ({ oid: after, text: `alter table ${name} add ${readable(definition)};\n` }))
  return [...created, ...added]
}

async function indexes(client: pg.Client): Promise<Made[]> {
  const { rows } = await client.query(`
    select indexrelid as oid, pg_get_indexdef(indexrelid, 0, true) as definition
      from pg_index join pg_class c on c.oid = indrelid
     where c.relnamespace = any (${schemas}) and not c.relispartition and ${ours('pg_class', 'indrelid')}
       and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))`)
  return rows.map(({ oid, definition }) => ({ oid, text: `${readable(definition.replace(' ON ONLY ', ' ON '))};\n` }))
}

async function triggers(client: pg.Client): Promise<Made[]> {
  const { rows } = await client.query(`
    select t.oid, pg_get_triggerdef(t.oid, true) as definition
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = any (${schemas}) and not t.tgisinternal`)
  return rows.map(({ oid, definition }) => ({ oid, text: `${readable(definition)};\n` }))
}

/** The rows that migrations put into tables. */
async function seeds(client: pg.Client): Promise<string> {
  let text = ''
  for (const { table, columns } of await filledTables(client)) {
    const literals = columns.map((name: string) => `coalesce(quote_literal(${name}), 'null')`).join(`, ', ', `)
    const { rows } = await client.query(`select concat(${literals}) as row from ${table} order by 1`)
    for (const { row } of rows) text += `insert into ${table} (${columns.join(', ')}) values (${row});\n`
  }
  return text
}

/** Tables with rows, and the columns that can be inserted. */
export async function filledTables(client: pg.Client): Promise<{ table: string; columns: string[] }[]> {
  const { rows } = await client.query(`
    select c.oid::regclass::text as "table", array_agg(quote_ident(a.attname) order by a.attnum) as columns
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = any (${schemas}) and c.relkind = 'r' and ${ours('pg_class', 'c.oid')}
     group by c.oid order by c.oid`)
  const filled = []
  for (const row of rows) if ((await client.query(`select from ${row.table} limit 1`)).rowCount) filled.push(row)
  return filled
}

async function grants(client: pg.Client): Promise<string> {
  const { rows } = await client.query(`
    with whole as (
      select 'schema ' || nspname as object, 0 as oid, g.privilege_type
        from pg_namespace n, aclexplode(nspacl) g where n.oid = any (${schemas}) and g.grantee = 'petra_app'::regrole
      union all
      select c.oid::regclass::text, c.oid, g.privilege_type
        from pg_class c, aclexplode(c.relacl) g
       where c.relnamespace = any (${schemas}) and g.grantee = 'petra_app'::regrole and ${ours('pg_class', 'c.oid')}
    ), granted as (
      select object, oid, privilege_type, lower(privilege_type) as privilege from whole
      union all
      select c.oid::regclass::text, c.oid, g.privilege_type,
             format('%s (%s)', lower(g.privilege_type), string_agg(quote_ident(attname), ', ' order by attnum))
        from pg_class c join pg_attribute on attrelid = c.oid, aclexplode(attacl) g
       where c.relnamespace = any (${schemas}) and g.grantee = 'petra_app'::regrole
       group by c.oid, g.privilege_type
    )
    select object, string_agg(privilege, ', '
             order by array_position('{SELECT,INSERT,UPDATE,DELETE}', privilege_type), privilege) as privileges
      from granted group by object, oid order by oid, object`)
  return rows.map(({ object, privileges }) => `grant ${privileges} on ${object} to petra_app;\n`).join('')
}

/** As we would write it: lower case but for what is quoted, short names of types, no casts that go without saying. */
function readable(definition: string): string {
  return definition
    .split(/('(?:[^']|'')*'|"(?:[^"]|"")*"|\$\w*\$[\s\S]*?\$\w*\$)/)
    .map((part, at) => (at % 2 === 1 ? part : short(part.toLowerCase())))
    .join('')
    .replaceAll(/= any \(array\[([^\]]*)\]\)/g, 'in ($1)')
}

function short(unquoted: string): string {
  return unquoted
    .replace(/^::text(\[\])?/, '')
    .replaceAll('timestamp with time zone', 'timestamptz')
    .replaceAll('timestamp without time zone', 'timestamp')
    .replaceAll(' using btree', '')
}
