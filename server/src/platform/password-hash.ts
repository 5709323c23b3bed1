import { hash, verify } from '@node-rs/argon2'

/** Argon2id (the library's default), 19 MiB, 2 passes (OWASP password storage): 10–30 ms, on a thread of its own. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What a password is compared with when there is no account: the same work as for a known one. */
const nobodysHash = hash('nobody has this password', cost)

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost)
}

/** Whether the password fits the hash; without a hash it never does, and takes as long to say so. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const fits = await verify(stored ?? (await nobodysHash), password.normalize('NFKC'))
  return fits && stored !== null
}
