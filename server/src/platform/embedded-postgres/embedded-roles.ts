import pg from 'pg'
import { StartupError } from '../startup-error.ts'
import type { Credentials } from './embedded-credentials.ts'

/**
 * Makes the roles `petra_owner` and `petra_app` and the database `petra` where they are missing.
 *
 * @throws {StartupError} when the cluster does not take the superuser's password
 */
export async function ensureRoles(port: number, credentials: Credentials): Promise<void> {
  const login = { host: '127.0.0.1', port, user: 'postgres', password: credentials.postgres, database: 'postgres' }
  const client = new pg.Client(login)
  client.on('error', () => {}) // a lost connection fails the query under way, which is where it is told
  try {
    await client.connect()
    await createMissing(client, credentials)
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error
    throw new StartupError('The embedded database does not take the password in credentials.json. Restore that file.')
  } finally {
    await client.end().catch(() => {})
  }
}

async function createMissing(client: pg.Client, credentials: Credentials): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    select rolname as name from pg_roles where rolname in ('petra_owner', 'petra_app')
    union all
    select datname from pg_database where datname = 'petra'
  `)
  const existing = rows.map(({ name }) => name)
  const passwordOf = (role: keyof Credentials) => client.escapeLiteral(credentials[role])
  const statements = {
    petra_owner: `create role petra_owner login createrole password ${passwordOf('petra_owner')}`,
    petra_app: `create role petra_app login password ${passwordOf('petra_app')}`,
    petra: 'create database petra owner petra_owner',
  }
  for (const [name, statement] of Object.entries(statements)) {
    if (!existing.includes(name)) await client.query(statement)
  }
  // Who migrates acts as the application's role where that role has to own what is made.
  await client.query('grant petra_app to petra_owner')
}
