import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Route, routes, successStatus } from '@petra/contract'
import { sealAll } from '../src/features/audit/test-trail.ts'
import { type Persona, personas } from './access/cast.ts'
import { rows } from './access/rows.ts'
import { openStage, type Stage } from './access/stage.ts'
import { get, type Request, type Row, refusals } from './access/table.ts'
import { leavesNone, trail } from './access/trail.ts'
import { everythingKept } from './everything-kept.ts'
import type { Answer } from './setup.ts'

/** A request of somebody who may, or may not, made while the trail was there. */
interface Asked {
  readonly row: Row
  readonly who: Persona
  readonly request: Request
}

describe('while the trail cannot be written', () => {
  let stage: Stage
  let allowed: Asked[]
  let refused: Asked[]
  let standing: Record<string, string>
  const answers = new Map<Asked, Answer>()

  before(async () => {
    stage = await openStage()
    allowed = await ask(({ verdicts }) => personas.find((who) => !(verdicts[who] in refusals)))
    refused = await ask(({ verdicts }) => personas.find((who) => who !== 'nobody' && verdicts[who] in refusals))
    await sealAll(stage.house.context, stage.house.sql)
    const [{ id }] = await stage.house.sql('select id from events order by xid, id limit 1')
    allowed.push(
      { ...sealedRow('proveAuditEvent'), request: get(`/audit-events/${id}/proof`) },
      { ...sealedRow('proveAuditConsistency'), request: get('/audit/checkpoints/1/consistency?from=1') },
    )
    for (const who of personas) await stage.house.call('GET', '/health/live', { as: stage.ids[who] })
    await stage.house.sql('revoke insert on events from petra_app')
    standing = await whatStands()
    for (const asked of [...allowed, ...refused]) answers.set(asked, await send(asked))
  })
  after(() => stage.house[Symbol.asyncDispose]())

  it('whatever must be in it is answered with 503, and says nothing else', () => {
    const faults = new Set<string>()
    for (const asked of [...allowed.filter(({ row }) => isAudited(row.route)), ...refused]) {
      const { status, body } = answers.get(asked) as Answer
      // What changes nothing leaves nothing; that nothing changed is the next test's.
      if (status < 400 && trail[asked.row.route.operationId]?.endsWith('?')) continue
      const keys = status === 503 ? Object.keys(body).sort().join() : ''
      if (keys !== 'code,detail,requestId,status,title,type') faults.add(`${asked.row.name}, ${asked.who}: ${status}`)
    }
    assert.deepEqual([...faults], [])
  })

  it('nothing is done', async () => assert.deepEqual(await whatStands(), standing))

  it('what leaves nothing in it answers as ever, the public catalogue above all', () => {
    const faults = allowed
      .filter(({ row }) => leavesNone.includes(row.route.operationId))
      .filter((asked) => answers.get(asked)?.status !== successStatus(asked.row.route))
      .map((asked) => `${asked.row.name}, ${asked.who}: ${answers.get(asked)?.status}`)
    assert.deepEqual(faults, [])
    const open = allowed.filter(
      ({ row }) => row.route.tag === 'Catalogue' && row.route.method === 'GET' && 'public' in row.route,
    )
    assert.ok(open.length >= 8, String(open.length))
    for (const asked of open) assert.equal(answers.get(asked)?.status, 200, asked.row.name)
  })

  it('every operation was asked, and does what it was asked once the trail is back', async () => {
    const names = new Set(allowed.map(({ row }) => row.route.operationId))
    assert.deepEqual(
      routes.map(({ operationId }) => operationId).filter((name) => !names.has(name)),
      [],
    )
    await stage.house.sql('grant insert on events to petra_app')
    const faults: string[] = []
    for (const asked of allowed) {
      const { status, body } = await send(asked)
      if (status !== successStatus(asked.row.route))
        faults.push(`${asked.row.name}, ${asked.who}: ${status} ${body?.code}`)
    }
    assert.deepEqual(faults, [])
  })

  /** The requests of who is chosen of each row, reads first. */
  async function ask(choose: (row: Row) => Persona | undefined): Promise<Asked[]> {
    const asked: Asked[] = []
    for (const row of rows.toSorted((a, b) => Number(a.route.method !== 'GET') - Number(b.route.method !== 'GET'))) {
      const who = choose(row)
      if (who) asked.push({ row, who, request: await row.ask(stage, who) })
    }
    return asked
  }

  /** What an admin asks of a trail that is sealed: in the table of who may do what it is not. */
  function sealedRow(operationId: string): { row: Row; who: Persona } {
    const row = rows.find(({ route }) => route.operationId === operationId)
    assert.ok(row)
    return { row, who: 'ada' }
  }

  /** But for keys that seal nothing, and the names of files that were not taken in, which are to be deleted. */
  async function whatStands(): Promise<Record<string, string>> {
    const { 'vault.data_keys': _keys, 'public.blobs_to_delete': _blobs, ...all } = await everythingKept(stage.house)
    return all
  }

  function send({ who, request: { method, path, body, headers = {} } }: Asked): Promise<Answer> {
    return stage.house.call(method, path, { as: stage.ids[who], body, headers })
  }
})

function isAudited({ operationId }: Route): boolean {
  return trail[operationId] !== undefined
}
