import { randomUUIDv7 } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type House, openHouse } from '../../../test/setup.ts'
import { openApp } from '../../app.ts'
import { openContext } from '../../platform/context.ts'
import { transact } from '../../platform/database/database.ts'
import { signAccessToken } from './access-token.ts'
import { insertSession } from './queries/sessions.ts'
import { refreshHash, refreshToken } from './refresh-token.ts'

/** Three APIs that share a database and a keyring and nothing else, as processes do. */
export interface Processes extends AsyncDisposable {
  readonly house: House
  readonly urls: readonly [string, string, string]
  /** A new session of the account, as signing in makes it. */
  newSession(accountId: string): Promise<Pair>
  refresh(url: string, refreshToken: string): Promise<{ status: number; pair: Pair }>
  /** The status of a request with a bearer token. */
  asked(url: string, token: string, method?: string, path?: string): Promise<number>
}

export interface Pair {
  readonly accessToken: string
  readonly refreshToken: string
}

export async function openProcesses(env: Record<string, string> = {}): Promise<Processes> {
  await using opened = new AsyncDisposableStack()
  const house = opened.use(await openHouse({ RATE_LIMIT: 'off', ...env }))
  const { db, keyring, config } = house.context
  const another = async () => {
    const app = await openApp(opened.use(await openContext(config)))
    opened.defer(() => app.close())
    await app.listen({ host: '127.0.0.1', port: 0 })
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  }
  const urls = [house.url, await another(), await another()] as const
  const open = opened.move()
  return {
    house,
    urls,
    async newSession(accountId) {
      const id = randomUUIDv7()
      const token = refreshToken(keyring, { sessionId: id, generation: 1 })
      await transact(db, (tx) =>
        insertSession(tx, { id, accountId, refreshHash: refreshHash(token), device: null, address: null }),
      )
      return { accessToken: await signAccessToken(keyring, config.publicUrl, accountId, id), refreshToken: token }
    },
    async refresh(url, token) {
      const answer = await fetch(`${url}/auth/refresh`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refreshToken: token }),
      })
      return { status: answer.status, pair: (await answer.json()) as Pair }
    },
    async asked(url, token, method = 'GET', path = '/me') {
      const answer = await fetch(url + path, { method, headers: { authorization: `Bearer ${token}` } })
      await answer.text()
      return answer.status
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
