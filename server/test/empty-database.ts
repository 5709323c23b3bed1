import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { readCredentials, urlOf } from '../src/platform/embedded-postgres/embedded-credentials.ts'
import './clock.ts'

/** An empty database that `petra_owner` owns, and its URLs as the owner and as the application's role. */
export async function emptyDatabase(): Promise<{ ownerUrl: string; appUrl: string }> {
  const { TEST_POSTGRES: server, TEST_FOLDER: folder } = process.env
  if (!server || !folder) throw new Error('Run tests with: npm test [-- file …]')
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name} owner petra_owner`)
  await client.end()
  const credentials = await readCredentials(join(folder, 'postgres'))
  const urlFor = (role: 'petra_owner' | 'petra_app') => {
    const url = new URL(urlOf(role, credentials, Number(new URL(server).port)))
    url.pathname = `/${name}`
    return url.href
  }
  return { ownerUrl: urlFor('petra_owner'), appUrl: urlFor('petra_app') }
}
