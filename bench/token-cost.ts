import { verifyAccessToken } from '../server/src/features/sessions/access-token.ts'
import { openSessions } from '../server/src/platform/http/session.ts'
import type { Keyring } from '../server/src/platform/keys/keyring.ts'
import { accessToken } from './access-token.ts'
import { idOf } from './company.ts'

const TOKENS = 2_000
const CHECKS = 500_000

/** What it costs to check the token of a request, in a sentence: the first time a process sees it, and from then on. */
export async function tokenCost(keyring: Keyring, databaseUrl: string): Promise<string> {
  const issuer = 'https://petra.example'
  const key = await keyring.signingKeys.current()
  const owners = Array.from({ length: TOKENS }, (_, n) => ({
    id: idOf('owner', n + 1),
    token: accessToken(key, issuer, n + 1),
  }))
  await using sessions = await openSessions(
    {
      verify: (token) => verifyAccessToken(keyring, issuer, token),
      load: async ({ accountId }) => ({ accountId, roles: ['owner'], permissions: new Set(), scopes: null }),
    },
    databaseUrl,
  )
  const check = async (i: number) => {
    const { id, token } = owners[i % TOKENS] as (typeof owners)[number]
    if ((await sessions.check(token))?.accountId !== id) throw new Error('a token was refused')
  }
  const first = await microseconds(TOKENS, check)
  const later = await microseconds(CHECKS, check)
  return `Checking a token: ${first.toFixed(0)} µs of CPU the first time, ${later.toFixed(1)} µs from then on.`
}

async function microseconds(times: number, run: (i: number) => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  for (let i = 0; i < times; i++) await run(i)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}
