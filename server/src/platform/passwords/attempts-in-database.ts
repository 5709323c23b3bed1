import type { Queryable } from '../database/database.ts'
import type { Counted, TryStore } from './try-store.ts'

/** Counts tries in PostgreSQL. Rows are taken in the order of their keys, so that no two statements wait for each other in a circle. */
export function triesInDatabase(db: Queryable): TryStore {
  return {
    async add(windows) {
      const rows = await db.rows<Counted & { key: Buffer }>({
        name: 'add-tries',
        text: addTries,
        values: [windows.map(({ key }) => key), windows.map(({ seconds }) => seconds)],
      })
      return windows.map(({ key }) => rows.find((row) => row.key.equals(key)) as Counted)
    },
    async subtract(keys) {
      await db.rows({ name: 'subtract-tries', text: subtractTries, values: [keys] })
    },
  }
}

const addTries = `
  insert into attempts as a (key, count, ends_at)
  select key, 1, clock_now() + make_interval(secs => seconds)
    from unnest($1::bytea[], $2::int[]) as started (key, seconds)
   order by key
  on conflict (key) do update
     set count = case when a.ends_at > clock_now() then a.count + 1 else 1 end,
         ends_at = case when a.ends_at > clock_now() then a.ends_at else excluded.ends_at end
  returning key, count, extract(epoch from ends_at - clock_now())::float8 as "secondsLeft"`

const subtractTries = `
  with taken as (select key from attempts where key = any ($1::bytea[]) order by key for no key update)
  update attempts a set count = a.count - 1 from taken where a.key = taken.key and a.count > 0`

/** Removes windows that have ended. */
export async function sweepAttempts(db: Queryable): Promise<void> {
  await db.rows({ text: 'delete from attempts where ends_at <= clock_now()', values: [] })
}
