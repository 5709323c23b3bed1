import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import type { TokenClaims } from '../../platform/http/session.ts'
import type { Keyring } from '../../platform/keys/keyring.ts'
import { MOST_SIGNED_SECONDS as ACCESS_TOKEN_SECONDS } from '../../platform/keys/signing-keys.ts'

const AUDIENCE = 'petra'
const TYPE = 'at+jwt'
const ALGORITHM = 'ES256'
/** Longer than any of ours, with room for a long issuer. */
const MOST_CHARACTERS = 2_048
/** Clocks of the processes may differ by so much; an expiry is judged without it. */
const LEEWAY_SECONDS = 30

export { ACCESS_TOKEN_SECONDS }

/** A JWT access token (RFC 9068) for one session, of 15 minutes or what is left of the session, if that is less. */
export async function signAccessToken(
  keyring: Keyring,
  issuer: string,
  accountId: string,
  sessionId: string,
  seconds: number = ACCESS_TOKEN_SECONDS,
): Promise<string> {
  const { kid, privateKey } = await keyring.signingKeys.current()
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
    .setSubject(accountId)
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + Math.min(seconds, ACCESS_TOKEN_SECONDS))
    .sign(privateKey)
}

/** The claims of a token that we signed and that has not expired; null for any other. Only our algorithm, type, issuer and audience are accepted (RFC 8725). */
export async function verifyAccessToken(keyring: Keyring, issuer: string, token: string): Promise<TokenClaims | null> {
  try {
    const key = await keyOf(keyring, token)
    if (!key) return null
    const { payload } = await jwtVerify(token, key.publicKey, {
      algorithms: [ALGORITHM],
      issuer,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'sid', 'exp', 'iat'],
      maxTokenAge: ACCESS_TOKEN_SECONDS,
      clockTolerance: LEEWAY_SECONDS,
    })
    const { sub: accountId, sid: id, exp: expiresAt } = payload as { sub: string; sid: string; exp: number }
    return { kind: 'session', id, accountId, expiresAt }
  } catch {
    return null
  }
}

/** A header says which of our keys it was, and nothing else: not which key to trust, and no field that we would have to understand. */
async function keyOf(keyring: Keyring, token: string) {
  if (token.length > MOST_CHARACTERS) return undefined
  const { alg, typ, kid, ...others } = decodeProtectedHeader(token)
  if (alg !== ALGORITHM || typ !== TYPE || typeof kid !== 'string' || Object.keys(others).length > 0) return undefined
  return keyring.signingKeys.find(kid)
}
