import assert from 'node:assert/strict'
import { it } from 'node:test'
import { AppError } from '../../platform/errors.ts'
import { providerRole } from './provider-role.ts'

it('takes the role that the services ask for', () => {
  assert.equal(providerRole(['owner', 'veterinarian', 'groomer'], ['groomer', 'groomer']), 'groomer')
})

it('keeps the role a provider has when there are no services, else takes the first the account holds', () => {
  assert.equal(providerRole(['owner', 'veterinarian', 'groomer'], [], 'groomer'), 'groomer')
  assert.equal(providerRole(['owner', 'veterinarian'], [], 'groomer'), 'veterinarian')
  assert.equal(providerRole(['owner', 'groomer'], []), 'groomer')
})

it('refuses an account that is neither vet nor groomer', () => {
  assert.throws(() => providerRole(['owner', 'receptionist', 'admin'], []), refuses('/body/accountId'))
  assert.throws(() => providerRole(['owner'], ['groomer']), refuses('/body/accountId'))
})

it('refuses every service whose role the account does not hold', () => {
  assert.throws(
    () => providerRole(['owner', 'groomer'], ['groomer', 'veterinarian', 'veterinarian']),
    refuses('/body/services/1', '/body/services/2'),
  )
})

it('refuses services of two roles, even of an account that holds both', () => {
  assert.throws(
    () => providerRole(['veterinarian', 'groomer'], ['groomer', 'veterinarian']),
    refuses('/body/services/1'),
  )
})

function refuses(...pointers: string[]) {
  return (error: unknown) => {
    assert.ok(error instanceof AppError && error.code === 'reference.unknown')
    assert.deepEqual(
      (error.more.errors as { pointer: string }[]).map(({ pointer }) => pointer),
      pointers,
    )
    return true
  }
}
