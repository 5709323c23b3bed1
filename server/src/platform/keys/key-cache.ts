import type { DataKey } from './data-key.ts'

/** Open keys, by name, for a while. Whoever was given one may use it for `graceMs`; it is zeroed after at most 300 s. */
export interface KeyCache {
  get(name: string): DataKey | undefined
  /** Keeps a key, unless something was forgotten since `epoch`: then what was read may be what was forgotten. */
  put(name: string, key: DataKey, epoch: number): void
  /** Takes a key that is in use but not to be handed out again. */
  retire(key: DataKey): void
  /** Zeroes the subject's keys now, whoever is using them. */
  forget(subjectId: string): void
  /** Hands out none of the present keys again. */
  forgetAll(): void
  /** Rises with every forgetting. */
  epoch(): number
  /** Drops and zeroes what is due; to be called every `sweepMs`. */
  sweep(): void
  /** Zeroes everything now. */
  close(): void
}

export const keyCacheLimits = {
  entries: 10_000,
  /** Together with grace and sweep 290 s: no key stays open for longer. */
  handedOutMs: 240_000,
  /** Longer than any transaction: the pool's `transaction_timeout` is 30 s. */
  graceMs: 40_000,
  sweepMs: 10_000,
}

/**
 * @param now milliseconds of a clock that only goes forward
 * @param isCurrent while it is not, nothing is handed out and nothing is kept
 */
export function openKeyCache(now: () => number, isCurrent: () => boolean = () => true): KeyCache {
  /** Least recently used first. */
  const current = new Map<string, { key: DataKey; until: number }>()
  /** Key → when to zero it. */
  const retired = new Map<DataKey, number>()
  let epoch = 0

  function drop(name: string): void {
    const entry = current.get(name)
    if (!entry) return
    current.delete(name)
    retired.set(entry.key, Math.min(now(), entry.until) + keyCacheLimits.graceMs)
  }

  function retire(key: DataKey): void {
    retired.set(key, now() + keyCacheLimits.graceMs)
  }

  function closeWhere(isDue: (key: DataKey, closeAt: number) => boolean): void {
    for (const [key, closeAt] of retired) {
      if (!isDue(key, closeAt)) continue
      key.close()
      retired.delete(key)
    }
  }

  function dropWhere(isDue: (key: DataKey, until: number) => boolean): void {
    for (const [name, { key, until }] of current) if (isDue(key, until)) drop(name)
  }

  return {
    get(name) {
      const entry = current.get(name)
      if (!entry || now() >= entry.until || !isCurrent()) return undefined
      current.delete(name)
      current.set(name, entry)
      return entry.key
    },
    put(name, key, readAt) {
      if (readAt !== epoch || !isCurrent()) return retire(key)
      drop(name)
      current.set(name, { key, until: now() + keyCacheLimits.handedOutMs })
      if (current.size > keyCacheLimits.entries) drop(current.keys().next().value as string)
    },
    retire,
    forget(subjectId) {
      epoch++
      dropWhere((key) => key.subjectId === subjectId)
      closeWhere((key) => key.subjectId === subjectId)
    },
    forgetAll() {
      epoch++
      dropWhere(() => true)
    },
    epoch: () => epoch,
    sweep() {
      dropWhere((_, until) => now() >= until)
      closeWhere((_, closeAt) => now() >= closeAt)
    },
    close() {
      dropWhere(() => true)
      closeWhere(() => true)
    },
  }
}
