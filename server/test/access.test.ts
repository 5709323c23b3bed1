import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { routes } from '@petra/contract'
import { accounts } from './access/accounts.ts'
import { appointmentProgress } from './access/appointment-progress.ts'
import { appointments } from './access/appointments.ts'
import { audit } from './access/audit.ts'
import { availability } from './access/availability.ts'
import { care } from './access/care.ts'
import { catalogue } from './access/catalogue.ts'
import { health } from './access/health.ts'
import { holds } from './access/holds.ts'
import { judge } from './access/judge.ts'
import { assertAllSaid, assertLeftInTrail } from './access/left-in-trail.ts'
import { medicalDocuments } from './access/medical-documents.ts'
import { medicalRecordChanges } from './access/medical-record-changes.ts'
import { medicalRecords } from './access/medical-records.ts'
import { owners } from './access/owners.ts'
import { ownerships } from './access/ownerships.ts'
import { people } from './access/people.ts'
import { pets } from './access/pets.ts'
import { privacy } from './access/privacy.ts'
import { recordViews } from './access/record-views.ts'
import { schedules } from './access/schedules.ts'
import { sessions } from './access/sessions.ts'
import { signIn } from './access/sign-in.ts'
import { openStage, type Stage } from './access/stage.ts'
import { visitNotes } from './access/visit-notes.ts'
import { webhooks } from './access/webhooks.ts'

const rows = [
  signIn,
  accounts,
  sessions,
  owners,
  people,
  privacy,
  pets,
  ownerships,
  care,
  catalogue,
  schedules,
  availability,
  holds,
  appointments,
  appointmentProgress,
  medicalRecords,
  medicalRecordChanges,
  medicalDocuments,
  visitNotes,
  recordViews,
  audit,
  webhooks,
  health,
].flat()

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
