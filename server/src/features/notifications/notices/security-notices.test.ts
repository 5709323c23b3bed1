import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type House, openHouse } from '../../../../test/setup.ts'
import { deviceName } from '../device-name.ts'

let house: House
const email = 'una@example.test'
const password = 'good dog, stay safe'
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1'

before(async () => {
  house = await openHouse({ RATE_LIMIT: 'off', LOG_LEVEL: 'silent' })
  await house.call('POST', '/auth/register', { body: { email, password, name: 'Una', locale: 'es-MX' } })
})
after(() => house[Symbol.asyncDispose]())

test('a sign-in on a device unlike those before is told, and the first of all is not', async () => {
  await signIn(firefox)
  assert.deepEqual(await told('new-sign-in'), [])
  await signIn(firefox.replaceAll('140', '141'))
  assert.deepEqual(await told('new-sign-in'), [], 'a newer version is the same device')
  await signIn(safari)
  await signIn(safari)
  const [mail, ...others] = await told('new-sign-in')
  assert.deepEqual(others, [])
  assert.equal(mail?.subject, 'Se ha iniciado sesión en un dispositivo nuevo')
  assert.match(mail?.text ?? '', /^Dispositivo: +Safari, iPhone$/m)
  await signIn('Call +1 555 0100 to verify your account')
  assert.match((await told('new-sign-in'))[1]?.text ?? '', /^Dispositivo: +desconocido$/m)
})

test('a token that was made is told, and so is a session that ended because it was used twice', async () => {
  const { body } = await signIn(firefox)
  const headers = { authorization: `Bearer ${body.accessToken}` }
  const token = { name: 'Script', scopes: ['pets:read'], expiresInDays: 30 }
  assert.equal((await house.call('POST', '/me/tokens', { headers, body: token })).status, 201)
  const [made, ...others] = await told('token-created')
  assert.deepEqual([made?.to?.[0]?.address, others], [email, []])
  assert.doesNotMatch(made?.text ?? '', /Script|pets:read/)

  const renew = (refreshToken: string) => house.call('POST', '/auth/refresh', { body: { refreshToken } })
  const next = await renew(body.refreshToken)
  await renew(next.body.refreshToken)
  assert.equal((await renew(body.refreshToken)).status, 401)
  assert.equal((await told('session-replayed')).length, 1)
})

test('a device is called by browser and system, and by nothing it says of itself', () => {
  assert.equal(deviceName(firefox), 'Firefox, Linux')
  assert.equal(deviceName(safari), 'Safari, iPhone')
  assert.equal(deviceName('Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130 Safari/537 Edg/130.0'), 'Edge, Windows')
  assert.equal(deviceName('curl/8.5'), null)
})

function signIn(agent: string) {
  return house.call('POST', '/auth/login', { body: { email, password }, headers: { 'user-agent': agent } })
}

async function told(notice: string) {
  await house.drain()
  return (await house.mails()).filter(({ messageId }) => messageId?.startsWith(`<${notice}.`))
}
