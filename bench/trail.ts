import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportTrail } from '../server/src/features/audit/export-trail.ts'
import { listEvents } from '../server/src/features/audit/queries/events.ts'
import { markOf, sealEvents } from '../server/src/features/audit/seal-events.ts'
import { trailInDatabase } from '../server/src/features/audit/trail-in-database.ts'
import { trailInFiles } from '../server/src/features/audit/trail-in-files.ts'
import { verifyTrail } from '../server/src/features/audit/verify-trail.ts'
import { type Actor, nobody } from '../server/src/platform/actor.ts'
import { openDatabase } from '../server/src/platform/database/database.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { openEmbeddedPostgres } from '../server/src/platform/embedded-postgres/embedded-postgres.ts'
import { openTrail } from '../server/src/platform/events/event-log.ts'
import { openEventMarks } from '../server/src/platform/events/event-marks.ts'
import { openKeyring } from '../server/src/platform/keys/keyring.ts'
import { familyCpuSeconds } from './cpu-time.ts'
import { latencies } from './trail-latency.ts'

/** The database ends a statement after 15 s. */
const FILLED_AT_ONCE = 20_000

/**
 * Events of the last month up to now, as mixed as a company's, of `$3` accounts and `$4` pets: one in fifty is refused, the first pets come in
 * a week that is long over, and some names and types are rare.
 */
const fill = `
  insert into events (id, xid, at, kind, name, outcome, purpose, actor_id, actor_roles, session_id, resource_type, resource_id, pet_id, record_ids,
                      results, request_id, origin, announces, writer, counter, mac)
  select overlay(first_id_of(at)::text placing right(gen_random_uuid()::text, 22) from 15)::uuid, (1000000 + n)::text::xid8, at,
         case when name ~ '^(pet|medical)' then 'record' when name ~ '^(session|access)' then 'access' else 'company' end, name,
         case when name <> 'access.refused' then 'allowed' when n % 40 = 0 then 'failed' else 'denied' end, 'care',
         ($3::uuid[])[1 + floor(power(random(), 2) * cardinality($3::uuid[]))], '{owner,veterinarian}', gen_random_uuid(),
         case name when 'medical-record.listed' then null when 'access.refused' then (array['pet','account','appointment'])[1 + n % 3]
                   else split_part(name, '.', 1) end,
         case when name = 'medical-record.listed' then null when name ~ '^pet' then pet else gen_random_uuid() end,
         case when name ~ '^(session|account)' then null else pet end,
         case when name ~ '^medical' then array[gen_random_uuid(), gen_random_uuid()] end, 1, gen_random_uuid()::text,
         decode(md5(n::text) || md5(n::text), 'hex'), name ~ '^(pet|appointment)', gen_random_uuid(), n, '\\x00112233445566778899aabbccddeeff'
    from (select n, now() - (interval '30 days') * (1 - n / $5::float8) as at, ($4::uuid[])[1 + floor(random() * cardinality($4::uuid[]))] as pet,
                 case when n % 100000 = 99 then 'account.created' when n % 50000 = 77 then 'emergency-access.opened'
                      when dice < 3 and n < $5::float8 / 4 then 'pet.created' when dice < 5 then 'pet.updated' when dice < 27 then 'session.refreshed'
                      when dice < 29 then 'access.refused' when dice < 50 then 'appointment.booked' when dice < 55 then 'hold.made'
                      when dice < 70 then 'medical-record.read' else 'medical-record.listed' end as name
            from (select n, floor(random() * 100) as dice from generate_series($1::int + 1, $2::int) n offset 0) thrown offset 0) made`

/**
 * `node bench/trail.ts [written] [filler]`: what the audit trail costs. Writes events as requests do, 32 at once, seals and verifies
 * them, then adds filler by SQL and reads by each filter.
 */
let lastCpu = ''
const [written = 100_000, filler = 0] = process.argv.slice(2).map(Number)
const folder = await mkdtemp(join(tmpdir(), 'petra-trail-'))
const postgres = await openEmbeddedPostgres(join(folder, 'postgres'))
try {
  await migrate(postgres.migrationUrl)
  const keyring = await openKeyring(join(folder, 'keys'))
  await using db = openDatabase(
    postgres.superuserUrl,
    8,
    console.error,
    openEventMarks(keyring.derive('event-mark', '').bytes),
  )
  const trail = openTrail(db)
  const people = Array.from({ length: 2_000 }, (): Actor => {
    const request = { address: '203.0.113.7', agent: 'bench', country: null }
    return {
      ...nobody({ id: randomUUIDv7(), ...request }),
      accountId: randomUUIDv7(),
      roles: ['owner', 'veterinarian'],
      sessionId: randomUUIDv7(),
    }
  })
  const pets = Array.from({ length: 5_000 }, () => randomUUIDv7())
  let left = written
  const write = async () => {
    while (left-- > 0) {
      const actor = people[left % people.length] as Actor
      const petId = pets[left % pets.length] as string
      await trail.append(actor, 'medical-record.listed', {
        petId,
        recordIds: [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()],
      })
    }
  }
  const wrote = await seconds(() => Promise.all(Array.from({ length: 32 }, write)))
  console.log(`${written} events written in ${wrote.toFixed(1)} s, ${Math.round(written / wrote)} a second; ${lastCpu}`)

  const { plain, audited } = await latencies(db, trail, people, pets)
  console.log(
    `a read: p50 ${plain.p50.toFixed(2)}, p95 ${plain.p95.toFixed(2)} ms; audited: p50 ${audited.p50.toFixed(2)}, p95 ${audited.p95.toFixed(2)} ms`,
  )

  const sealing = { db, keyring, seen: 0 }
  let count = 0
  const sealed = await seconds(async () => {
    for (let next = await sealEvents(sealing); next > 0; next = await sealEvents(sealing)) count += next
  })
  console.log(
    `${count} sealed in ${sealed.toFixed(2)} s, ${((sealed / count) * 100_000).toFixed(2)} s for 100,000; ${lastCpu}`,
  )
  const { publicKey } = keyring.trailKey
  const exported = join(folder, 'export')
  await exportTrail(db, keyring, await trailInDatabase(db, [], 1), exported)
  for (const [name, verify] of [
    ['with marks', async () => verifyTrail(await trailInDatabase(db, [], 1), { publicKey, markOf: markOf(keyring) })],
    ['by seals alone', async () => verifyTrail(await trailInDatabase(db, [], 1), { publicKey })],
    ['as an export', async () => verifyTrail(await trailInFiles(exported), { publicKey })],
  ] as const) {
    const verified = await seconds(verify)
    console.log(
      `verified ${name} in ${verified.toFixed(2)} s, ${((verified / count) * 1_000_000).toFixed(1)} s for 1,000,000; ${lastCpu}`,
    )
  }

  const accounts = people.map(({ accountId }) => accountId)
  for (let from = 0; from < filler; from += FILLED_AT_ONCE)
    await db.pool.query(fill, [from, Math.min(filler, from + FILLED_AT_ONCE), accounts, pets, filler])
  await db.pool.query('reset role; analyze events')
  const actor = accounts[7] as string
  const filters = {
    none: {},
    actor: { actor },
    pet: { pet: pets[7] as string },
    'rare action': { action: 'account.erased' },
    action: { action: 'pet.updated' },
    'an action long over': { action: 'pet.created' },
    'resource type': { resource: 'session' },
    'rare type': { resource: 'emergency-access' },
    'type of none': { resource: 'service' },
    'resource id': { resource: pets[9] as string },
    denied: { outcome: 'denied' },
    failed: { outcome: 'failed' },
    'a week': {
      from: new Date(Date.now() - 20 * 86_400_000).toISOString(),
      to: new Date(Date.now() - 13 * 86_400_000).toISOString(),
    },
    'actor and action': { actor, action: 'pet.updated' },
    'actor and outcome': { actor, outcome: 'denied' },
  } as const
  for (const [name, filter] of Object.entries(filters)) {
    const times = []
    for (let round = 0; round < 5; round++) times.push(await seconds(() => listEvents(db, filter as never, null, 26)))
    console.log(
      `${name}: first ${((times[0] ?? 0) * 1000).toFixed(1)} ms, then ${(Math.min(...times) * 1000).toFixed(1)} ms`,
    )
  }
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

/** Wall time, which others on the machine share in, and the CPU time of this process and of the database's. */
async function seconds(work: () => Promise<unknown>): Promise<number> {
  const [from, ours, theirs] = [performance.now(), process.cpuUsage(), familyCpuSeconds(postgres.pid)]
  await work()
  const { user, system } = process.cpuUsage(ours)
  lastCpu = `CPU: Node ${((user + system) / 1e6).toFixed(2)} s, PostgreSQL ${(familyCpuSeconds(postgres.pid) - theirs).toFixed(2)} s`
  return (performance.now() - from) / 1000
}
