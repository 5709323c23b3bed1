import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/platform/database/migrate.ts'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres/embedded-postgres.ts'
import { schemaText } from './schema-text.ts'

/** `npm run schema:write` migrates an empty database and writes down what came out. */
const folder = await mkdtemp(join(tmpdir(), 'petra-schema-'))
const postgres = await openEmbeddedPostgres(join(folder, 'postgres'))
try {
  await migrate(postgres.migrationUrl)
  const client = new pg.Client({ connectionString: postgres.migrationUrl })
  await client.connect()
  await writeFile(new URL('../schema.sql', import.meta.url), await schemaText(client))
  await client.end()
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
