import { createAccount } from '../server/src/features/accounts/create-account.ts'
import type { RefreshToken } from '../server/src/features/sessions/refresh-token.ts'
import type { Context } from '../server/src/platform/context.ts'
import { transact } from '../server/src/platform/database/database.ts'
import { idOf } from './company.ts'
import type { Workload } from './workloads.ts'

/** People with addresses, and more sessions than a run renews, so that no two requests meet in one. */
const people = { count: 200, sessionsEach: 200 } as const
const sessionCount = people.count * people.sessionsEach

/** Opens their accounts and sessions, as the server would. */
export async function seedAccounts(context: Context): Promise<void> {
  await transact(context.db, async (tx) => {
    const ids: (string | null)[] = []
    for (let n = 1; n <= people.count; n++) {
      const who = { name: `Person ${n}`, email: `person-${n}@petra.example`, phone: null, locale: 'en' }
      ids.push(await createAccount(tx, context, { ...who, roles: ['owner'], passwordHash: null }))
    }
    await tx.rows({ text: insertSessions, values: [ids, sessionCount] })
  })
}

const insertSessions = `
  insert into sessions (id, account_id, refresh_hash, device, expires_at)
  select md5('renewal:' || n)::uuid, ($1::uuid[])[n % array_length($1::uuid[], 1) + 1], sha256(uuid_send(gen_random_uuid())),
         'bench', clock_now() + interval '90 days'
    from generate_series(1, $2::int) n`

/** @param tokenOf the refresh token of a generation of a session */
export function accountWorkloads(tokenOf: (token: RefreshToken) => string): Record<string, Workload> {
  return {
    W6: {
      title: 'renew a session',
      petraOnly: true,
      request: (i) => ({
        owner: 1,
        method: 'POST',
        path: '/auth/refresh',
        body: { refreshToken: tokenOf(renewal(i)) },
      }),
      fault: (i, status, body) =>
        status === 200 ? renewalFault(i, body) : `status ${status}: ${JSON.stringify(body)}`,
    },
  }

  function renewalFault(i: number, body: unknown): string | null {
    const { sessionId, generation } = renewal(i)
    const { refreshToken } = body as { refreshToken?: string }
    return refreshToken === tokenOf({ sessionId, generation: generation + 1 }) ? null : 'another successor'
  }
}

/** Session after session, then all of them again. */
function renewal(i: number): RefreshToken {
  return {
    sessionId: idOf('renewal', (i % sessionCount) + 1),
    generation: Math.floor(i / sessionCount) + 1,
  }
}
