import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '../../server/src/platform/config.ts'
import { openContext } from '../../server/src/platform/context.ts'
import { migrate } from '../../server/src/platform/database/migrate.ts'
import { accessToken } from '../access-token.ts'
import { idOf } from '../company.ts'
import { seed } from '../seed.ts'
import { workloads } from '../workloads.ts'

/** Petra in the side-by-side harness, on the data of its other peers; the harness, too, must run on Petra's Node. */
let works
let sign

export default {
  label: 'Petra',
  workloads: ['W1', 'W2', 'W3', 'W4', 'W5'],
  db: 'empty',
  healthPath: '/health/ready',
  env: {
    PROCESS: 'api',
    TRUST_PROXY: '127.0.0.1/32',
    KEYRING_PASSPHRASE: 'the bench keeps no secret',
    RATE_LIMIT_PER_ADDRESS: '1000000000',
  },
  notes: {
    W3: 'reservations of provider, room and pet, and an event, in one transaction',
    W5: 'each read is in the audit trail before its answer',
    on: 'everything; only the per-address limit is raised. Mail goes out from a worker process, which is not running',
  },

  async prepare({ D }, env) {
    env.DATA_DIR = join(env.RUN_DIR, 'petra')
    await rm(env.DATA_DIR, { recursive: true, force: true })
    works = workloads(D.recordText)
    await migrate(env.DATABASE_URL)
    const config = readConfig(env)
    await using context = await openContext(config)
    await seed(context, config.migrationDatabaseUrl, D.recordText)
    const signingKey = await context.keyring.signingKeys.current()
    sign = (owner) => accessToken(signingKey, config.publicUrl, owner)
  },

  token: (owner) => sign(owner),

  request(ctx, name, i) {
    const { owner, method, path, body } = works[name].request(i)
    const headers = { authorization: `Bearer ${ctx.token(owner)}`, ...(body && { 'content-type': 'application/json' }) }
    return { method, path, headers, ...(body && { body }) }
  },

  check: (_ctx, name, i, status, body) => works[name].fault(i, status, body),

  /** The rival comes with another of the caller's pets, whom no later booking of the run asks for. */
  sameSlot: (first, rival) => ({ ...first, petId: sibling(rival.petId) }),

  overlapSql: `
    select count(*) from (
      select lower(during) < max(upper(during)) over (
               partition by subject_id order by during rows between unbounded preceding and 1 preceding) as overlapping
        from reservations) as placed where overlapping`,
  auditSql: `
    select (select count(*) from events where name = 'appointment.booked') || '/' ||
           (select count(*) from appointments where starts_at >= '2030-12-31')`,
}

const siblings = new Map()

function sibling(petId) {
  if (siblings.size === 0)
    for (let owner = 1; owner <= 2_000; owner++) siblings.set(idOf('pet', owner * 3), idOf('pet', owner * 3 - 1))
  return siblings.get(petId)
}
