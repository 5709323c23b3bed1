import pg from 'pg'
import type { Context } from '../server/src/platform/context.ts'
import { companyRows } from './company-rows.ts'
import { sealRecords } from './seal-records.ts'

/**
 * Fills a migrated, empty database with the company: its records are sealed under their pets' keys, by the context's keyring.
 * @param ownerUrl the database as the owner of the schema
 * @param textOf what record number `index`, from 0, of a pet says
 */
export async function seed(
  context: Pick<Context, 'db' | 'dataKeys'>,
  ownerUrl: string,
  textOf: (pet: number, index: number) => string,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(companyRows)
    await sealRecords(context, textOf)
    await client.query('vacuum (analyze)')
  } finally {
    await client.end()
  }
}
