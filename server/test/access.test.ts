import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { routes } from '@petra/contract'
import { judge } from './access/judge.ts'
import { assertAllSaid, assertLeftInTrail } from './access/left-in-trail.ts'
import { rows } from './access/rows.ts'
import { openStage, type Stage } from './access/stage.ts'

const { reads = [], writes = [] } = Object.groupBy(rows, ({ route }) => (route.method === 'GET' ? 'reads' : 'writes'))

it('every route says who may do what', () => {
  const asked = new Set(rows.map(({ route }) => route.operationId))
  const unasked = routes.filter(({ operationId }) => !asked.has(operationId))
  assert.deepEqual(unasked, [])
})

it('every route says what it leaves in the trail', () => assertAllSaid(routes.map(({ operationId }) => operationId)))

describe('who may do what', () => {
  let stage: Stage

  before(async () => {
    stage = await openStage()
  })
  after(() => stage.house[Symbol.asyncDispose]())

  for (const [order, group] of Object.entries({ reads, writes })) {
    describe(order, { concurrency: 6 }, () => {
      for (const row of group) it(row.name, () => judge(stage, row))
    })
  }

  it('and what each leaves in the trail', () => assertLeftInTrail(stage))
})
