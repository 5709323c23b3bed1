import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { recordTypes } from '@petra/contract'
import { type Actor, nobody, type Role } from '../../platform/actor.ts'
import {
  mayAdd,
  mayChange,
  mayReadVaccinationStatus,
  mayTreat,
  type RecordRelation,
  recordAccess,
  sourceOf,
} from './policy.ts'

const none: RecordRelation = { rights: null, underCare: false, inEmergency: false }

function actor(...roles: Role[]): Actor {
  return {
    ...nobody({ id: 'request', address: null, agent: null, country: null }),
    accountId: 'me',
    roles: ['owner', ...roles],
  }
}

function access(relation: Partial<RecordRelation>) {
  return recordAccess({ ...none, ...relation })
}

describe('the access to records', () => {
  it('is for owners with the right to records, and no other right', () => {
    assert.deepEqual(access({ rights: ['view', 'records'] }), { treats: false, purpose: 'owner-request' })
    assert.equal(access({ rights: ['view', 'book', 'manage'] }), null)
  })

  it('is for vets with the pet under care, or in an emergency', () => {
    assert.deepEqual(access({ underCare: true }), { treats: true, purpose: 'care' })
    assert.deepEqual(access({ inEmergency: true }), { treats: true, purpose: 'emergency' })
    assert.equal(access({}), null)
  })

  it('is never for care by anybody but vets', () => {
    assert.equal(mayTreat(actor('veterinarian', 'admin')), true)
    assert.equal(mayTreat(actor('groomer', 'receptionist', 'admin')), false)
  })

  it('stands out as an emergency only where nothing else opens the records', () => {
    assert.equal(access({ underCare: true, inEmergency: true })?.purpose, 'care')
    assert.equal(access({ rights: ['view', 'records'], inEmergency: true })?.purpose, 'owner-request')
  })

  it('lets owners add what owners know, and vets everything', () => {
    const owner = { treats: false, purpose: 'owner-request' } as const
    const vet = { treats: true, purpose: 'care' } as const
    const owners = recordTypes.filter((type) => mayAdd(owner, type))
    assert.deepEqual(owners.toSorted(), ['allergy', 'document', 'medication', 'note', 'vaccination', 'weight'])
    assert.ok(recordTypes.every((type) => mayAdd(vet, type)))
    assert.equal(sourceOf(owner), 'owner-reported')
    assert.equal(sourceOf(vet), 'clinical')
    assert.equal(sourceOf({ ...owner, treats: true }), 'clinical')
  })

  it('lets owners change their own reports only, and vets everything', () => {
    const owner = { treats: false, purpose: 'owner-request' } as const
    const mine = { source: 'owner-reported', author: { id: 'me' } }
    assert.equal(mayChange(owner, actor(), mine), true)
    assert.equal(mayChange(owner, actor(), { ...mine, author: { id: 'another' } }), false)
    assert.equal(mayChange(owner, actor(), { ...mine, source: 'clinical' }), false)
    assert.equal(mayChange({ ...owner, treats: true }, actor(), { ...mine, source: 'clinical' }), true)
  })
})

describe('the vaccination status', () => {
  it('is for owners, front desk, vets and the groomer of the pet', () => {
    const relation = { rights: null, isBooked: false }
    assert.equal(mayReadVaccinationStatus(actor(), { ...relation, rights: ['view'] }), true)
    assert.equal(mayReadVaccinationStatus(actor('receptionist'), relation), true)
    assert.equal(mayReadVaccinationStatus(actor('veterinarian'), relation), true)
    assert.equal(mayReadVaccinationStatus(actor('groomer'), { ...relation, isBooked: true }), true)
    assert.equal(mayReadVaccinationStatus(actor('groomer'), relation), false)
    assert.equal(mayReadVaccinationStatus(actor('admin'), relation), false)
  })
})
