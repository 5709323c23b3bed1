import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import type { TokenClaims } from '../../platform/http/session.ts'
import type { Keyring } from '../../platform/keyring.ts'

export const ACCESS_TOKEN_SECONDS = 900
const AUDIENCE = 'petra'
const TYPE = 'at+jwt'
const ALGORITHM = 'ES256'

/** A JWT access token (RFC 9068) of 15 minutes for one session. */
export function signAccessToken(
  keyring: Keyring,
  issuer: string,
  accountId: string,
  sessionId: string,
): Promise<string> {
  const [{ kid, privateKey }] = keyring.signingKeys
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
    .setSubject(accountId)
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(privateKey)
}

/** The claims of a token that we signed and that has not expired; null for any other. Only our algorithm, type, issuer and audience are accepted (RFC 8725). */
export async function verifyAccessToken(keyring: Keyring, issuer: string, token: string): Promise<TokenClaims | null> {
  try {
    const { kid } = decodeProtectedHeader(token)
    const key = keyring.signingKeys.find((candidate) => candidate.kid === kid)
    if (!key) return null
    const { payload } = await jwtVerify(token, key.publicKey, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'sid', 'exp', 'iat'],
    })
    return { accountId: payload.sub as string, sessionId: payload.sid as string, expiresAt: payload.exp as number }
  } catch {
    return null
  }
}
