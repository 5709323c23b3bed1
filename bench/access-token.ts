import { sign } from 'node:crypto'
import type { SigningKey } from '../server/src/platform/keys/signing-keys.ts'
import { idOf } from './company.ts'

const HOURS = 12

/**
 * The access token of an owner's seeded session. It is one that the server would give out, but for its life: the server's
 * fifteen minutes are shorter than a run.
 */
export function accessToken({ kid, privateKey }: SigningKey, issuer: string, owner: number): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    sid: idOf('session', owner),
    sub: idOf('owner', owner),
    iss: issuer,
    aud: 'petra',
    iat: now,
    exp: now + HOURS * 3_600,
  }
  const signed = `${encoded({ alg: 'ES256', typ: 'at+jwt', kid })}.${encoded(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
