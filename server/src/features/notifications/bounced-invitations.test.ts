import assert from 'node:assert/strict'
import { it } from 'node:test'
import { house, news, smtp, unknown, world } from './test-channels.ts'

it('an invitation is sent again when it is asked for, though its address took no mail, which comes back once it is claimed', async () => {
  smtp.refuse('uma@example.test', unknown)
  const body = { email: 'uma@example.test', name: 'Uma', roles: ['groomer'] }
  const { id } = (await house.call('POST', '/staff', { as: world.ada, body })).body
  assert.deepEqual(await news(), [])
  const isMarked = async () => {
    const { items } = (await house.call('GET', '/owners?search=uma%40example.test', { as: world.ines })).body
    return items[0].emailUndeliverableSince !== undefined
  }
  assert.equal(await isMarked(), true)
  smtp.refuse('uma@example.test', null)
  assert.equal((await house.call('POST', `/accounts/${id}/invitation`, { as: world.ada })).status, 200)
  const [mail, ...others] = await news()
  assert.deepEqual([mail?.to?.[0]?.address, others], ['uma@example.test', []])
  const token = /#account-claim=([\w-]+)/.exec(mail?.text ?? '')?.[1]
  const claim = { token, password: 'good dog, stay safe' }
  assert.equal((await house.call('POST', '/auth/account-claim', { body: claim })).status, 204)
  assert.equal(await isMarked(), false)
})
