import type { WebhookDelivery } from '@petra/contract'
import { type SafeAnswer, UrlRefused } from '../../platform/network/safe-fetch.ts'

/** How an attempt went: what was answered, or what went wrong on the way. */
export type Outcome = { readonly answer: SafeAnswer } | { readonly error: unknown }

export interface Verdict {
  readonly isDelivered: boolean
  readonly httpStatus: number | null
  readonly fault: WebhookDelivery['lastFault']
  /** The endpoint wants no more messages. */
  readonly isGone: boolean
  /** It cannot be reached, or says that it is busy: others than this message would fare no better. */
  readonly isAway: boolean
  /** Seconds it asks to be left alone for. */
  readonly retryAfterSeconds: number
}

/**
 * Judges an attempt as Standard Webhooks says: 2xx takes the message, 410 ends them all, whatever else is a failure.
 * @param now milliseconds since the epoch, to which a date in Retry-After is compared
 */
export function verdictOf(outcome: Outcome, now: number): Verdict {
  if ('error' in outcome) {
    const fault = faultOf(outcome.error)
    return { isDelivered: false, httpStatus: null, fault, isGone: false, isAway: true, retryAfterSeconds: 0 }
  }
  const { status, headers } = outcome.answer
  const isDelivered = status >= 200 && status < 300
  return {
    isDelivered,
    httpStatus: status,
    fault: isDelivered ? null : 'status',
    isGone: status === 410,
    isAway: [429, 502, 503, 504].includes(status),
    retryAfterSeconds: isDelivered ? 0 : secondsOf(headers['retry-after'], now),
  }
}

function faultOf(error: unknown): NonNullable<WebhookDelivery['lastFault']> {
  if (error instanceof UrlRefused) return 'refused'
  const { name, code = '' } = error as { name?: string; code?: string }
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT') return 'timeout'
  return /CERT|TLS|SSL/.test(code) ? 'certificate' : 'connection'
}

/** Seconds or an HTTP date (RFC 9110, section 10.2.3), a day at the most; 0 for anything else. */
function secondsOf(field: string | undefined, now: number): number {
  if (field === undefined) return 0
  const seconds = /^\d{1,9}$/.test(field) ? Number(field) : (Date.parse(field) - now) / 1_000
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 86_400) : 0
}
