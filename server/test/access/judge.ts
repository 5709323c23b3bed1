import assert from 'node:assert/strict'
import { problems, successStatus } from '@petra/contract'
import type { Answer } from '../setup.ts'
import { type Persona, personas } from './cast.ts'
import { noteAsked } from './left-in-trail.ts'
import { assertScopeNeeded, scopeOfRow, throughNeeded, tokenHolder } from './scopes.ts'
import type { Stage } from './stage.ts'
import { secret } from './stage-records.ts'
import { type Request, type Row, refusals } from './table.ts'

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Asks as everybody at once, and holds each answer against the row. */
export async function judge(stage: Stage, row: Row): Promise<void> {
  const faults = await Promise.all(
    personas.map((who) =>
      judgeOne(stage, row, who).then(
        () => null,
        (error: Error) => `${who}, ${row.verdicts[who]}: ${error.message}`,
      ),
    ),
  )
  assert.deepEqual(
    faults.filter((fault) => fault !== null),
    [],
  )
}

async function judgeOne(stage: Stage, row: Row, who: Persona): Promise<void> {
  const verdict = row.verdicts[who]
  const request = await asked(stage, row, who)
  const answer = await send(stage, who, request)
  noteAsked(row.route, request, stage.ids[who], answer)
  const code = refusals[verdict]
  if (code === undefined) {
    assert.equal(answer.status, successStatus(row.route), JSON.stringify(answer.body))
    row.looks[verdict]?.(answer.body, { stage, who, request })
  } else {
    assertRefusal(answer, code)
    if (verdict === '404') await assertSameAsMissing(stage, who, request, answer)
  }
  const holdsRecords = row.route.tag === 'Medical records' || /^downloadExport/.test(row.route.operationId)
  const mayHoldRecords = code === undefined && holdsRecords && who !== 'tomas' && who !== 'gil'
  if (!mayHoldRecords) assert.ok(!JSON.stringify(answer.body).includes(secret), 'tells of records')
}

/** One of those who may asks through a token: refused without the needed scope, and with it alone like anybody. */
async function asked(stage: Stage, row: Row, who: Persona): Promise<Request> {
  const request = await row.ask(stage, who)
  const scope = scopeOfRow(row)
  if (scope === null || who !== tokenHolder(row)) return request
  await assertScopeNeeded(stage, who, request, scope)
  return throughNeeded(stage, who, request, scope)
}

function send({ house, ids }: Stage, who: Persona, { method, path, body, headers = {} }: Request): Promise<Answer> {
  return house.call(method, path, { as: ids[who], body, headers })
}

/** A problem with this code, which says nothing but that. */
function assertRefusal({ status, headers, body }: Answer, code: string): void {
  assert.deepEqual([status, body?.code], [problems[code as keyof typeof problems].status, code], JSON.stringify(body))
  assert.deepEqual(Object.keys(body).toSorted(), ['code', 'detail', 'requestId', 'status', 'title', 'type'])
  assert.equal(headers.get('etag'), null)
}

/** What is out of reach is answered like what never was: for each object that the request names, by path or else by body or query. */
async function assertSameAsMissing(
  stage: Stage,
  who: Persona,
  request: Request,
  { status, body }: Answer,
): Promise<void> {
  for (const missing of missingTwins(request)) {
    const twin = await send(stage, who, missing)
    assert.equal(twin.status, status)
    assert.deepEqual({ ...twin.body, requestId: null }, { ...body, requestId: null })
  }
}

function missingTwins(request: Request): Request[] {
  const { path, body } = request
  const named = path.match(uuid)
  if (named) return named.map((id) => ({ ...request, path: path.replace(id, crypto.randomUUID()) }))
  // What is one's own goes without a name.
  if (body === undefined) return []
  return [{ ...request, body: { ...(body as object), petId: crypto.randomUUID() } }]
}
