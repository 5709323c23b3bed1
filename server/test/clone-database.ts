import { randomUUID } from 'node:crypto'
import pg from 'pg'
import './clock.ts'

/** A database of its own, cloned from the migrated template. */
export async function cloneDatabase(): Promise<{ databaseUrl: string; superuserUrl: string }> {
  const server = process.env.TEST_POSTGRES
  if (!server) throw new Error('Run tests with: npm test [-- file …]')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: withDatabase(server, 'postgres') })
  await client.connect()
  await client.query(`create database ${name} template petra`)
  await client.end()
  const superuserUrl = withDatabase(server, name)
  return { databaseUrl: superuserUrl, superuserUrl }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
