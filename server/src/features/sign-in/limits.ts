import { networkOf } from '../../platform/network/network.ts'
import type { TryLimit } from '../../platform/passwords/attempts.ts'

const QUARTER = 900
const HOUR = 3_600

/** Who tries to sign in, and to what. */
export interface SignInTry {
  /** The address as its keyed index, which unknown ones have as well. */
  readonly emailIndex: Buffer
  readonly address: string | null
  /** The device that has signed in to this account before, by its token. */
  readonly deviceId: string | null
  /** Whether this account was signed in to from this IP address lately. */
  readonly isKnownHere: boolean
}

/**
 * The wrong passwords that are borne. Every device has its own; only strangers share those of the account (ASVS: at most
 * 100 an hour) and of the IP address, so that a storm of guesses leaves whoever has been here before alone.
 * Device tokens are OWASP's device cookies.
 */
export function signInLimits({ emailIndex, address, deviceId, isKnownHere }: SignInTry): TryLimit[] {
  const account = emailIndex.toString('base64url')
  if (deviceId !== null) return [{ name: 'sign-in-device', most: 10, seconds: QUARTER, subject: deviceId }]
  const network = networkOf(address ?? '')
  const pair = { name: 'sign-in', most: 10, seconds: QUARTER, subject: `${account} ${network}` }
  if (isKnownHere) return [pair]
  return [
    pair,
    { name: 'sign-in-account', most: 100, seconds: HOUR, subject: account },
    { name: 'sign-in-address', most: 200, seconds: QUARTER, subject: network },
  ]
}

/** The wrong passwords that are borne of whoever is signed in already. */
export function ownPasswordLimits(accountId: string): TryLimit[] {
  return [{ name: 'current-password', most: 10, seconds: QUARTER, subject: accountId }]
}

/** Mails to one address that others can bring about, and from one IP address to any. */
export function mailLimits(kind: string, recipient: string, address: string | null): TryLimit[] {
  return [
    { name: kind, most: 5, seconds: HOUR, subject: recipient },
    { name: `${kind}-address`, most: 500, seconds: QUARTER, subject: networkOf(address ?? '') },
  ]
}

/** Links and codes that one IP address may try, of whatever account. */
export function proofLimits(address: string | null): TryLimit[] {
  return [{ name: 'proof', most: 100, seconds: QUARTER, subject: networkOf(address ?? '') }]
}
