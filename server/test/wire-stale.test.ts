import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { routes, successStatus } from '@petra/contract'
import { isConditional } from '../src/platform/http/common-problems.ts'
import { personas } from './access/cast.ts'
import { rows } from './access/rows.ts'
import { openStage, type Stage } from './access/stage.ts'
import { refusals } from './access/table.ts'

/** Every row of the access table that asks for a change under If-Match, and the first of those who may. */
const changes = rows
  .filter(({ route }) => isConditional(route))
  .map((row) => ({ row, who: personas.find((persona) => !((row.verdicts[persona] as string) in refusals)) }))
  .filter(({ who }) => who !== undefined)

describe('a change asked for with the tag of another state', { concurrency: 4 }, () => {
  let stage: Stage

  before(async () => {
    stage = await openStage()
  })
  after(() => stage.house[Symbol.asyncDispose]())

  it('is looked at in every operation that takes one', () => {
    const asked = new Set(changes.map(({ row }) => row.route.operationId))
    const unasked = routes.filter((route) => isConditional(route) && !asked.has(route.operationId))
    assert.deepEqual(
      unasked.map(({ operationId }) => operationId),
      [],
    )
  })

  for (const { row, who } of changes)
    it(`is refused, and can still be made: ${row.name}`, async () => {
      const { house, ids } = stage
      const persona = who as NonNullable<typeof who>
      const { method, path, body, headers } = await row.ask(stage, persona)
      const ask = (tag: object) => house.call(method, path, { as: ids[persona], body, headers: { ...headers, ...tag } })
      const refused = await ask({ 'if-match': '"of-another-state"' })
      assert.deepEqual([refused.status, refused.body?.code], [412, 'resource.stale'])
      assert.equal((await ask({})).status, successStatus(row.route))
    })
})
