import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { CompactEncrypt, decodeJwt, decodeProtectedHeader, FlattenedSign } from 'jose'
import { rawRequest } from '../../../test/raw-request.ts'
import { type House, openHouse } from '../../../test/setup.ts'
import { within } from '../../../test/within.ts'
import { addAccount } from '../../../test/world.ts'
import { readRefreshToken, refreshToken } from './refresh-token.ts'

type Json = Record<string, unknown>

/** RFC 8725, section 2, and what else has been tried on verifiers of JWTs. */
describe('an access token', () => {
  let house: House
  let token: string
  let header: Json
  let claims: Json
  let ours: KeyObject
  let publicKey: KeyObject
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const strangersJwk = stranger.publicKey.export({ format: 'jwk' })

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
    token = await house.signIn(await addAccount(house, 'Maya'))
    header = { ...decodeProtectedHeader(token) }
    claims = { ...decodeJwt(token) }
    ;({ privateKey: ours, publicKey } = await house.context.keyring.signingKeys.current())
  })
  after(() => house[Symbol.asyncDispose]())

  const asked = (bearer: string) => house.call('GET', '/me', { headers: { authorization: `Bearer ${bearer}` } })

  async function refused(attacks: Record<string, string>): Promise<void> {
    for (const [attack, forged] of Object.entries(attacks)) {
      const { status, headers, body } = await asked(forged)
      assert.deepEqual([status, body.code], [401, 'auth.required'], attack)
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer realm="petra"/, attack)
    }
  }

  /** Signed by our own key unless another is given, so that only what is changed can be the reason. */
  const made = (head: Json, more: Json | string = {}, key = ours) => {
    const payload = typeof more === 'string' ? more : JSON.stringify({ ...claims, ...more })
    const signed = `${encoded(JSON.stringify({ ...header, ...head }))}.${encoded(payload)}`
    return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }

  it('is accepted as we make it', async () => {
    assert.equal((await asked(token)).status, 200)
    assert.equal((await asked(made({}))).status, 200)
  })

  it('is refused without a signature, or with another algorithm', async () => {
    const [head, payload] = token.split('.') as [string, string]
    const withAlg = (alg: unknown) => encoded(JSON.stringify({ ...header, alg }))
    const hmacWith = (secret: string | Buffer) => {
      const signed = `${withAlg('HS256')}.${payload}`
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
    }
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
    const edwards = generateKeyPairSync('ed25519').privateKey
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const withKey = (alg: string, key: KeyObject, digest: string | null) => {
      const signed = `${withAlg(alg)}.${payload}`
      return `${signed}.${sign(digest, Buffer.from(signed), key).toString('base64url')}`
    }
    await refused({
      none: `${withAlg('none')}.${payload}.`,
      'none, oddly spelled': `${withAlg('nOnE')}.${payload}.`,
      'none, with the signature left': `${withAlg('none')}.${payload}.${token.split('.')[2]}`,
      'no algorithm': `${withAlg(undefined)}.${payload}.${token.split('.')[2]}`,
      'a list of algorithms': `${withAlg(['ES256'])}.${payload}.${token.split('.')[2]}`,
      'no signature': `${head}.${payload}.`,
      'no third part': `${head}.${payload}`,
      'HS256 with the public key in PEM': hmacWith(publicKey.export({ type: 'spki', format: 'pem' })),
      'HS256 with the public key in DER': hmacWith(publicKey.export({ type: 'spki', format: 'der' })),
      'HS256 with the JWK': hmacWith(JSON.stringify(publicKey.export({ format: 'jwk' }))),
      'HS256 with nothing': hmacWith(''),
      'another curve': made({ alg: 'ES384' }, {}, other),
      'another curve under our algorithm': made({}, {}, other),
      EdDSA: withKey('EdDSA', edwards, null),
      RS256: withKey('RS256', rsa, 'sha256'),
      'DER in place of r and s': `${head}.${payload}.${sign('sha256', Buffer.from(`${head}.${payload}`), ours).toString('base64url')}`,
      'r and s of zero': `${head}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
    })
  })

  it('is refused under a key that is not ours, however it is brought along', async () => {
    const byStranger = (head: Json) => made(head, {}, stranger.privateKey)
    const x5c = [Buffer.from('a certificate').toString('base64')]
    await refused({
      'no key of ours': byStranger({}),
      jwk: byStranger({ jwk: strangersJwk }),
      'jwk under its own name': byStranger({ jwk: strangersJwk, kid: 'stranger' }),
      jku: byStranger({ jku: `${house.url}/keys.json` }),
      x5u: byStranger({ x5u: `${house.url}/cert.pem` }),
      x5c: byStranger({ x5c }),
      'no kid': byStranger({ kid: undefined }),
      'jwk beside our signature': made({ jwk: strangersJwk }),
      'jku beside our signature': made({ jku: `${house.url}/keys.json` }),
      'x5u beside our signature': made({ x5u: `${house.url}/cert.pem` }),
      'x5c beside our signature': made({ x5c }),
    })
  })

  it('is refused when its kid is not the name of a key', async () => {
    const kids = [
      '',
      '../../../../dev/null',
      "' or 1=1 --",
      'unknown',
      '__proto__',
      'x'.repeat(1_000),
      null,
      0,
      [header.kid],
      {},
    ]
    await refused(Object.fromEntries(kids.map((kid) => [`kid ${JSON.stringify(kid)}`, made({ kid })])))
    await refused({ 'no kid': made({ kid: undefined }) })
  })

  it('is refused with another type, or fields that would have to be understood', async () => {
    const types = [
      'JWT',
      'jwt',
      'AT+JWT',
      'At+Jwt',
      'application/at+jwt',
      'at+jwt ',
      '',
      undefined,
      null,
      ['at+jwt'],
      'dpop+jwt',
    ]
    await refused(Object.fromEntries(types.map((typ) => [`typ ${JSON.stringify(typ)}`, made({ typ })])))
    await refused({
      crit: made({ crit: ['exp'], exp: 4_102_444_800 }),
      'empty crit': made({ crit: [] }),
      'unencoded payload': made({ b64: false, crit: ['b64'] }),
      'b64 without crit': made({ b64: false }),
      compressed: made({ zip: 'DEF' }),
      cty: made({ cty: 'JWT' }),
    })
  })

  it('is refused from another issuer, for another audience, or without what it must say', async () => {
    const without = (name: string) => made({}, { [name]: undefined })
    await refused({
      'another issuer': made({}, { iss: 'https://elsewhere.example' }),
      'our issuer and more': made({}, { iss: `${claims.iss}.elsewhere.example` }),
      'a list of issuers': made({}, { iss: [claims.iss] }),
      'another audience': made({}, { aud: 'another' }),
      'an empty list of audiences': made({}, { aud: [] }),
      'no issuer': without('iss'),
      'no audience': without('aud'),
      'no account': without('sub'),
      'no session': without('sid'),
      'no expiry': without('exp'),
      'no time': without('iat'),
      'no claims': made({}, '{}'),
      'claims that are no object': made({}, '"claims"'),
      'claims that are null': made({}, 'null'),
      'claims that are no JSON': made({}, '{'),
    })
  })

  it('is refused for another account or session than it was made for', async () => {
    const sam = await addAccount(house, 'Sam')
    await refused({
      'another account': made({}, { sub: sam }),
      'no such session': made({}, { sid: randomUUID() }),
      'changed after signing': token.replace(/\..*\./, `.${encoded(JSON.stringify({ ...claims, sub: sam }))}.`),
    })
  })

  it('is refused before and after its time', async () => {
    const now = Math.floor(Date.now() / 1000)
    await refused({
      expired: made({}, { iat: now - 900, exp: now - 1 }),
      'expired long ago': made({}, { iat: 1_600_000_000, exp: 1_600_000_900 }),
      'made too long ago': made({}, { iat: now - 3_600, exp: now + 3_600 }),
      'made in the future': made({}, { iat: now + 3_600, exp: now + 4_500 }),
      'not valid yet': made({}, { nbf: now + 3_600 }),
      'expiry in text': made({}, { exp: `${now + 900}` }),
    })
  })

  it('means by a claim said twice what it says last', async () => {
    const sam = await addAccount(house, 'Sam Two')
    const twice = (first: Json, last: Json) =>
      JSON.stringify(claims)
        .replace('{', `${JSON.stringify(first).slice(0, -1)},`)
        .replace(/}$/, `,${JSON.stringify(last).slice(1)}`)
    await refused({
      'our issuer first': made({}, twice({ iss: claims.iss }, { iss: 'https://elsewhere.example' })),
      'its account first': made({}, twice({ sub: claims.sub }, { sub: sam })),
    })
    const { body } = await asked(made({}, twice({ sub: sam }, { sub: claims.sub })))
    assert.equal(body.id, claims.sub)
  })

  it('is refused in any other shape', async () => {
    const jwe = await new CompactEncrypt(Buffer.from(token))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', typ: 'at+jwt', kid: header.kid as string })
      .encrypt(publicKey)
    const flattened = await new FlattenedSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: header.kid as string })
      .sign(ours)
    const nested = made({ cty: 'JWT' }, JSON.stringify(token))
    await refused({
      'encrypted to our public key': jwe,
      'a token inside a token': nested,
      'JSON serialization': JSON.stringify(flattened),
      'general JSON serialization': JSON.stringify({ payload: flattened.payload, signatures: [flattened] }),
      'too long': made({}, { padding: 'x'.repeat(4_000) }),
      twice: `${token}.${token}`,
      'four parts': `${token}.`,
      dots: '..',
      'percent-encoded': token.replaceAll('.', '%2e'),
      'in quotes': `"${token}"`,
      'cut short': token.slice(0, -2),
      'one bit off': token.slice(0, -10) + (token.at(-10) === 'A' ? 'B' : 'A') + token.slice(-9),
    })
    const huge = await rawRequest(house.url, 'GET /me', { headers: { authorization: `Bearer ${'x'.repeat(20_000)}` } })
    assert.ok([400, 401, 431].includes(huge.status), `${huge.status}`)
  })

  it('stands for the same session in whatever way its signature can be rewritten, and ends with it', async () => {
    const leaving = await house.signIn(claims.sub as string)
    const [head, payload, signature] = leaving.split('.') as [string, string, string]
    const mirrored = `${head}.${payload}.${otherRoot(Buffer.from(signature, 'base64url')).toString('base64url')}`
    for (const same of [leaving, mirrored]) assert.equal((await asked(same)).body.id, claims.sub)
    await house.call('POST', '/auth/logout', { headers: { authorization: `Bearer ${leaving}` } })
    for (const same of [leaving, mirrored]) await within(2_000, async () => (await asked(same)).status === 401)
  })

  it('is not replaced by a refresh token, and buys no refresh', async () => {
    const { keyring } = house.context
    const refresh = refreshToken(keyring, { sessionId: claims.sid as string, generation: 1 })
    assert.ok(readRefreshToken(keyring, refresh))
    const { status, headers } = await asked(refresh)
    assert.deepEqual([status, headers.get('www-authenticate')], [401, 'Bearer realm="petra", error="invalid_token"'])
    assert.equal(
      (await house.call('POST', '/auth/refresh', { body: { refreshToken: token.slice(0, 512) } })).status,
      401,
    )
    for (const field of ['access_token', 'token', 'accessToken']) {
      assert.equal((await house.call('GET', `/me?${field}=${token}`)).status, 401, field)
    }
  })
})

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url')
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** Of a valid signature (r, s) over P-256, (r, n − s) is valid too. */
function otherRoot(signature: Buffer): Buffer {
  const s = BigInt(`0x${signature.toString('hex', 32)}`)
  return Buffer.concat([signature.subarray(0, 32), Buffer.from((ORDER - s).toString(16).padStart(64, '0'), 'hex')])
}
