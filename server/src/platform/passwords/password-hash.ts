import { hash, verify } from '@node-rs/argon2'
import { inTurn } from './hashing-turns.ts'

/** Argon2id (the library's default), 19 MiB, 2 passes (OWASP password storage): 20 ms, on a thread of its own. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What a password is compared with when there is no account: the same work as for a known one. */
const nobodysHash = hash('nobody has this password', cost)

/**
 * Hashes a password, all of it: in NFKC, so that it fits from whatever keyboard it comes.
 * @throws AppError 503 when too many wait
 */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), cost))
}

/**
 * Whether the password fits the hash; without a hash it never does, and takes as long to say so.
 * @param admit is asked when the turn has come, right before the work; what it throws is thrown
 * @throws AppError 503 when too many wait
 */
export function isPassword(
  password: string,
  stored: string | null,
  admit: () => Promise<void> = async () => {},
): Promise<boolean> {
  return inTurn(async () => {
    await admit()
    const fits = await verify(stored ?? (await nobodysHash), password.normalize('NFKC'))
    return fits && stored !== null
  })
}

/** Whether a hash was made with less work than is asked for now. */
export function lags(stored: string): boolean {
  const [, memory = 0, passes = 0] = /\$m=(\d+),t=(\d+),/.exec(stored)?.map(Number) ?? []
  return !stored.startsWith('$argon2id$') || memory < cost.memoryCost || passes < cost.timeCost
}
