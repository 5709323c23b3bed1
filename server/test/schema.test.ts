import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type Db, openDatabase } from '../src/platform/database/database.ts'
import { MIGRATION_LOCK, migrate, migrationFiles } from '../src/platform/database/migrate.ts'
import { catalogOf } from './catalog.ts'
import { emptyDatabase } from './empty-database.ts'
import { schemas, schemaText } from './schema-text.ts'
import { testMarks } from './test-marks.ts'

const schemaSql = await readFile(new URL('../schema.sql', import.meta.url), 'utf8')
const stack = new AsyncDisposableStack()
let migrated: { ownerUrl: string; appUrl: string }
let owner: pg.Client
let app: Db

before(async () => {
  migrated = await emptyDatabase()
  await migrate(migrated.ownerUrl)
  owner = await connect(migrated.ownerUrl)
  app = stack.use(openDatabase(migrated.appUrl, 2, assert.ifError, testMarks()))
})
after(() => stack.disposeAsync())

test('schema.sql makes the same catalog as the migrations', async () => {
  const { ownerUrl } = await emptyDatabase()
  const written = await connect(ownerUrl)
  await written.query(schemaSql)
  assertSame(await catalogOf(written), await catalogOf(owner), 'schema.sql makes another schema than the migrations')
})

test('schema.sql is what the migrations make now', async () => {
  const now = await schemaText(owner)
  assertSame(schemaSql.split('\n'), now.split('\n'), 'schema.sql is out of date; write it with: npm run schema:write')
})

test('migrates once when two processes start on an empty database', async () => {
  const { ownerUrl } = await emptyDatabase()
  const ran = await Promise.all([migrate(ownerUrl), migrate(ownerUrl)])
  const longerFirst = ran.sort((a, b) => b.length - a.length)
  assert.deepEqual(longerFirst, [await migrationFiles(), []])
  assertSame(
    await catalogOf(await connect(ownerUrl)),
    await catalogOf(owner),
    'migrating twice at once makes another schema',
  )
})

test('does nothing when the schema is up to date', async () => {
  const before = await catalogOf(owner)
  const { rows: ranBefore } = await owner.query('select * from migrations order by name')
  assert.deepEqual(await migrate(migrated.ownerUrl), [])
  assertSame(await catalogOf(owner), before, 'migrating again changes the schema')
  assert.deepEqual((await owner.query('select * from migrations order by name')).rows, ranBefore)
})

test('gives up on a process that migrates for too long, and says so', async () => {
  const { ownerUrl } = await emptyDatabase()
  const slow = await connect(ownerUrl)
  await slow.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
  const message = 'Another process has been migrating this database for over 0.2 seconds; gave up waiting.'
  await assert.rejects(migrate(ownerUrl, 0.2), { name: 'StartupError', message })
  await slow.query('select pg_advisory_unlock_all()')
  assert.deepEqual(await migrate(ownerUrl, 0.2), await migrationFiles())
})

const forbidden = [
  `update events set outcome = 'denied'`,
  'delete from events',
  'truncate events',
  'alter table events disable trigger all',
  'drop table events',
  'delete from events_record',
  'truncate events_access',
  'update event_kinds set kept_months = 12',
  'update event_origins set address = null',
  'delete from checkpoints',
  'update checkpoint_entries set entries = null',
  'truncate tree_nodes',
  'delete from checkpoint_anchors',
  'update medical_record_versions set version = 2',
  'delete from medical_record_versions',
  `update ownerships set rights = '{view}'`,
  'update ownerships set since = clock_now()',
  'delete from ownerships',
  `update ownership_offers set rights = '{view}'`,
  'delete from ownership_offers',
  'delete from vault.data_keys',
  'update vault.document_keys set blob = null',
  `create or replace function clock_now() returns timestamptz language sql stable return timestamptz 'epoch'`,
  'alter function clock_now() rename to clock_then',
  `create or replace function timetable_changed() returns trigger language plpgsql as 'begin return null; end'`,
  'update timetable_version set version = 1',
  'insert into timetable_version (only_row, version) values (true, 1)',
  'delete from timetable_version',
  'create table public.notes ()',
  'create schema notes',
  'select from migrations',
]
for (const text of forbidden) {
  test(`the application's role is refused: ${text}`, async () => {
    await assert.rejects(app.rows({ text, values: [] }), { code: '42501' })
  })
}

test(`the application's role reads and adds events, and moves the timetable by changing what it follows from`, async () => {
  const add = `insert into events (id, name, outcome, purpose, actor_roles, announces) values (new_id(), 'test', 'allowed', 'care', '{}', false) returning id`
  assert.equal((await app.rows({ text: add, values: [] })).length, 1)
  const version = { text: 'select version from timetable_version', values: [] }
  const before = await app.row<{ version: number }>(version)
  await app.rows({
    text: `insert into locations (name, time_zone) values ('Brooklyn', 'America/New_York')`,
    values: [],
  })
  assert.deepEqual(await app.row(version), { version: (before?.version ?? NaN) + 1 })
})

test(`the application's role owns the jobs, and nothing else`, async () => {
  const { rows } = await owner.query(`
    select relnamespace::regnamespace::text as schema from pg_class
     where relowner = 'petra_app'::regrole and relnamespace <> 'pg_toast'::regnamespace
    union select nspname from pg_namespace where nspowner = 'petra_app'::regrole
    union select pronamespace::regnamespace::text from pg_proc where proowner = 'petra_app'::regrole`)
  assert.deepEqual(rows, [{ schema: 'graphile_worker' }])
})

/** Foreign keys that no complete index begins with, and why none is needed. What they refer to is never deleted (the test looks). */
const withoutIndex: Record<string, string> = {
  'appointments.service_id': 'nobody asks for the visits of a service',
  'emergency_accesses.account_id': 'asked for with the pet',
  'holds.location_id': 'a hold lives for minutes, and nobody asks by it',
  'holds.provider_id': 'a hold lives for minutes, and nobody asks by it',
  'holds.service_id': 'a hold lives for minutes, and nobody asks by it',
  'medical_documents.added_by': 'shown, not asked for: what somebody did is in the event log',
  'medical_record_versions.changed_by': 'shown, not asked for: what somebody did is in the event log',
  'medical_records.appointment_id': 'asked for with the pet',
  'medical_records.author_id': 'shown, not asked for: what somebody did is in the event log',
  'medical_records.pet_id': 'asked for current records only: records_of_pet',
  'medical_records.verified_by': 'shown, not asked for: what somebody did is in the event log',
  'medication_refills.dispensed_by': 'shown, not asked for: what somebody did is in the event log',
  'ownerships.owner_id': 'asked for current ownerships only: pets_of_owner',
  'schedule_exceptions.location_id': 'asked for with the provider',
}

test('every foreign key has an index that begins with it, or a reason to do without', async () => {
  const { rows } = await owner.query(`
    select concat(conrelid::regclass, '.', attname) as key, has_table_privilege('petra_app', confrelid, 'delete') as deletes
      from pg_constraint
      join pg_attribute on attrelid = conrelid and attnum = conkey[1]
     where contype = 'f' and connamespace = any (${schemas})
       and not exists (
         select from pg_index
          where indrelid = conrelid and indkey[0] = conkey[1] and indisvalid
            and (indpred is null or pg_get_expr(indpred, indrelid) = format('(%I IS NOT NULL)', attname)))`)
  const expected = Object.keys(withoutIndex).map((key) => ({ key, deletes: false }))
  assert.deepEqual(rows.sort(byKey), expected.sort(byKey))
})

const byKey = (a: { key: string }, b: { key: string }) => a.key.localeCompare(b.key)

/** Every table with sealed columns: which these are, and which others hold text that whoever reads the table can read. */
const sealedTables: Record<string, { sealed: string[]; open: string[] }> = {
  account_contacts: { sealed: ['address_index', 'contact', 'email_index', 'phone_index'], open: [] },
  account_exports: { sealed: ['content'], open: [] },
  attempts: { sealed: ['key'], open: [] },
  challenges: { sealed: ['email_index'], open: ['purpose'] },
  checkpoint_entries: { sealed: ['entries'], open: [] },
  email_changes: { sealed: ['addresses'], open: [] },
  emergency_accesses: { sealed: ['reason'], open: [] },
  event_origins: { sealed: ['commitment', 'salt'], open: ['address', 'agent', 'country'] },
  events: {
    sealed: ['mac', 'origin'],
    open: [
      'actor_roles',
      'kind',
      'name',
      'outcome',
      'payload',
      'purpose',
      'record_ids',
      'request_id',
      'resource_type',
      'xid',
    ],
  },
  idempotent_answers: { sealed: ['answer', 'fingerprint'], open: ['key'] },
  medical_documents: { sealed: ['name'], open: [] },
  medical_record_versions: { sealed: ['content', 'reason'], open: ['status'] },
  medical_records: { sealed: ['content'], open: ['source', 'status', 'type'] },
  personal_access_tokens: { sealed: ['token_hash'], open: ['name', 'scopes'] },
  ownership_offers: { sealed: ['email', 'email_index'], open: ['kind', 'rights', 'status'] },
  tree_nodes: { sealed: ['hash'], open: [] },
  webhooks: { sealed: ['previous_secret', 'secret', 'url'], open: ['description', 'disabled_because', 'event_types'] },
  vaccination_notices: { sealed: ['digest'], open: [] },
  sessions: { sealed: ['refresh_hash'], open: ['address', 'device', 'ended_because'] },
  'vault.data_keys': { sealed: ['wrapped'], open: ['kek_id', 'purpose'] },
  'vault.document_keys': { sealed: ['wrapped'], open: ['blob'] },
}

test('what is sealed is bytea, and no text beside it is open by accident', async () => {
  const { rows } = await owner.query(`
    with columns as (
      select attrelid::regclass::text as "table", attname::text as name, atttypid = 'bytea'::regtype as sealed,
             typcategory in ('A', 'S', 'U') and atttypid <> 'uuid'::regtype as text
        from pg_attribute join pg_class c on c.oid = attrelid join pg_type t on t.oid = atttypid
       where relnamespace = any (${schemas}) and relkind in ('r', 'p') and not relispartition and attnum > 0 and not attisdropped
    )
    select "table",
           array_agg(name order by name) filter (where sealed) as sealed,
           coalesce(array_agg(name order by name) filter (where text and not sealed), '{}') as open
      from columns group by "table" having bool_or(sealed)`)
  assert.deepEqual(Object.fromEntries(rows.map(({ table, ...columns }) => [table, columns])), sealedTables)
})

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  stack.defer(() => client.end())
  return client
}

/** Fails with the lines that only one of the two has. */
function assertSame(actual: string[], expected: string[], complaint: string): void {
  const missing = expected.filter((line) => !actual.includes(line)).map((line) => `+ ${line}`)
  const odd = actual.filter((line) => !expected.includes(line)).map((line) => `- ${line}`)
  assert.ok(actual.join('\n') === expected.join('\n'), [complaint, ...odd, ...missing].join('\n'))
}
