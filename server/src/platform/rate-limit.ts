/** What one request left of a limit. */
export interface Allowance {
  readonly limit: number
  readonly remaining: number
  /** Seconds until the window begins anew. */
  readonly resetSeconds: number
  readonly allowed: boolean
}

export interface RateLimit {
  take(key: string): Allowance
}

/**
 * Counts requests per key in fixed windows, in the memory of this process.
 * @param limit requests per window
 * @param windowSeconds length of a window
 */
export function openRateLimit(limit: number, windowSeconds: number): RateLimit {
  const windowMs = windowSeconds * 1000
  let counts = new Map<string, number>()
  let endsAt = 0
  return {
    take(key) {
      const now = Date.now()
      if (now >= endsAt) {
        counts = new Map()
        endsAt = (Math.floor(now / windowMs) + 1) * windowMs
      }
      const taken = (counts.get(key) ?? 0) + 1
      counts.set(key, taken)
      return {
        limit,
        remaining: Math.max(0, limit - taken),
        resetSeconds: Math.ceil((endsAt - now) / 1000),
        allowed: taken <= limit,
      }
    },
  }
}
