import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { type Backstage, openBackstage } from '../../../test/backstage.ts'
import { randomOf } from '../../../test/oracle/random.ts'
import { openLine } from '../../platform/database/database.ts'
import type { Span } from './diary.ts'
import { type Books, openBooks } from './open-books.ts'
import { openTimetables } from './open-timetables.ts'
import { sweepFreedReservations } from './queries/past-reservations.ts'
import { takenIn } from './taken.ts'
import { CHUNK_SECONDS } from './timelines.ts'

const HOUR = 3_600_000
/** A border between two stretches lies in the middle of what is asked. */
const BORDER = Math.ceil(Date.UTC(2027, 2, 1) / 1000 / CHUNK_SECONDS) * CHUNK_SECONDS * 1000
const SPAN = { from: BORDER - 48 * HOUR, to: BORDER + 48 * HOUR }
const subjects = Array.from({ length: 4 }, (_, n) => `00000000-0000-7000-8000-00000000000${n}`)
const SEED = Number(process.env.BOOKS_SEED ?? 1)
const OPERATIONS = Number(process.env.BOOKS_OPERATIONS ?? 150)

describe('the books', () => {
  let backstage: Backstage
  let account: string

  before(async () => {
    backstage = await openBackstage()
    const [{ id }] = await backstage.sql(`insert into accounts (name) values ('Maya') returning id`)
    account = id
    // Reservations of nobody's visits: here it is only about what is taken when.
    await backstage.sql(`alter table reservations drop constraint reservations_appointment_id_fkey;
      alter table holds drop constraint holds_service_id_fkey, drop constraint holds_provider_id_fkey, drop constraint holds_location_id_fkey`)
  })
  after(() => backstage[Symbol.asyncDispose]())

  function open() {
    const line = openLine(backstage.context.config.databaseUrl, () => {})
    return { books: openBooks(line, openTimetables()), [Symbol.asyncDispose]: () => line[Symbol.asyncDispose]() }
  }
  const client = async () => {
    const client = new pg.Client({ connectionString: backstage.context.config.databaseUrl })
    await client.connect()
    return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
  }
  const reserve = (db: pg.Client, subject: string, { from, to }: Span) =>
    db.query(
      `insert into reservations (subject_id, during, appointment_id)
       values ($1, tstzrange(to_timestamp($2), to_timestamp($3)), gen_random_uuid()) on conflict do nothing`,
      [subject, from / 1000, to / 1000],
    )
  const hour = (n: number): Span => ({ from: SPAN.from + n * HOUR, to: SPAN.from + (n + 1) * HOUR })

  /** What the books say, held against the database itself. */
  async function assertTrue(books: Books, accountId: string | null = null, span = SPAN): Promise<void> {
    const stored = takenIn(backstage.context.db)
    const told = await books.read(async (_, page) => ({
      busy: (await page.busy(subjects, span)).busy,
      void: await page.holds('void', subjects, span, accountId),
      standing: await page.holds('standing', subjects, span, accountId),
    }))
    const { busy } = await stored.busy(subjects, span)
    for (const id of subjects) assert.deepEqual(told.busy.get(id) ?? [], busy.get(id) ?? [])
    const inOrder = (held: readonly object[]) => held.map((one) => JSON.stringify(one)).sort()
    for (const which of ['void', 'standing'] as const)
      assert.deepEqual(inOrder(told[which]), inOrder(await stored.holds(which, subjects, span, accountId)))
  }

  it(`of two processes are true after each of ${OPERATIONS} changes, kept or taken back`, async () => {
    await using one = open()
    await using other = open()
    await using writer = await client()
    const random = randomOf(SEED)
    const hold = async (subject: string, span: Span) => {
      const { rows } = await writer.query(
        `insert into holds (id, account_id, number, service_id, provider_id, location_id, starts_at, ends_at, expires_at)
         select uuidv7(), $1, n, uuidv7(), uuidv7(), uuidv7(), now(), now() + interval '1 hour', now() + interval '1 second' * $2
           from generate_series(1, 3) n where n not in (select number from holds where account_id = $1) limit 1
         returning id`,
        [account, random.pick([-60, 300])],
      )
      if (!rows[0]) return writer.query('delete from holds')
      return writer.query(
        `insert into reservations (subject_id, during, hold_id)
         values ($1, tstzrange(to_timestamp($2), to_timestamp($3)), $4) on conflict do nothing`,
        [subject, span.from / 1000, span.to / 1000, rows[0].id],
      )
    }
    for (let n = 0; n < OPERATIONS; n++) {
      await writer.query('begin')
      for (let steps = random.int(1, 4); steps > 0; steps--) {
        const [subject, start] = [random.pick(subjects), random.int(0, 95)]
        const span = { from: hour(start).from, to: hour(start + random.int(0, 3)).to }
        const act = random.int(0, 9)
        if (act < 5) await reserve(writer, subject, span)
        else if (act < 7)
          await writer.query(
            'delete from reservations where subject_id = $1 and during && tstzrange(to_timestamp($2), to_timestamp($3))',
            [subject, span.from / 1000, span.to / 1000],
          )
        else if (act < 8) await writer.query(`update holds set expires_at = expires_at + interval '5 minutes'`)
        else await hold(subject, span)
      }
      await writer.query(random.chance(0.8) ? 'commit' : 'rollback')
      await assertTrue(one.books, random.pick([account, null]))
      if (n % 7 === 0) await assertTrue(other.books, account)
    }
  })

  it('miss nothing that a slow transaction commits behind a faster one', async () => {
    await using opened = open()
    await using slow = await client()
    await using fast = await client()
    await backstage.sql('delete from reservations')
    await slow.query('begin')
    await reserve(slow, subjects[0] as string, hour(1))
    await reserve(fast, subjects[0] as string, hour(3))
    await assertTrue(opened.books)
    await reserve(fast, subjects[1] as string, hour(5))
    await assertTrue(opened.books)
    await slow.query('commit')
    await assertTrue(opened.books)
  })

  it('begin anew when their connection is another one', async () => {
    await using opened = open()
    await using writer = await client()
    await reserve(writer, subjects[3] as string, hour(9))
    await assertTrue(opened.books)
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and query like '%freed_reservations%' and pid <> pg_backend_pid()`
    assert.equal((await backstage.sql(cut)).length, 1)
    // As after a failover: what was given back there, no log here tells of.
    await backstage.sql('delete from reservations')
    await backstage.sql('delete from freed_reservations')
    await opened.books.read((_, page) => page.busy(subjects, SPAN)).catch(() => {})
    await assertTrue(opened.books)
  })

  it('begin anew when what was given back meanwhile has been swept', async () => {
    await using opened = open()
    await using writer = await client()
    await reserve(writer, subjects[2] as string, hour(7))
    await assertTrue(opened.books)
    await writer.query('delete from reservations')
    await writer.query(`update freed_reservations set freed_at = freed_at - interval '2 hours'`)
    await sweepFreedReservations(backstage.context.db)
    assert.deepEqual(await backstage.sql('select from freed_reservations'), [])
    await assertTrue(opened.books)
  })
})
