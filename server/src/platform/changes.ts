import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** Hears from PostgreSQL what is not as it was. */
export interface Changes extends AsyncDisposable {
  /** Whether all that was committed up to `trustedMs` ago has been heard. */
  isCurrent(): boolean
}

export interface ChangeListener {
  /** Of `NOTIFY`. */
  readonly channel: string
  readonly trustedMs: number
  /** The one of that id is not what it was. */
  changed(id: string): void
  /** Anything may have changed. */
  lost(): void
}

/** Far above what is trusted: an answer that is late is not lost, and all that was to be heard comes before it. */
const SILENT_MS = 5_000
const RECONNECT_MS = 500

/**
 * Listens on a connection of its own, and gets a new one whenever that is lost. A connection can be lost without a sign,
 * so it is asked something three times in `trustedMs`: PostgreSQL sends the notifications of what was committed before a
 * question ahead of its answer.
 */
export async function openChanges(url: string, listener: ChangeListener): Promise<Changes> {
  const { channel, trustedMs, changed, lost } = listener
  let client: pg.Client | undefined
  let heardAt = Number.NEGATIVE_INFINITY
  let closed = false
  let retry: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: `petra ${channel}`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: SILENT_MS,
    })
    let dropped = false
    const drop = () => {
      if (dropped) return
      dropped = true
      client = undefined
      heardAt = Number.NEGATIVE_INFINITY
      lost()
      if (closed) return
      clearTimeout(retry)
      retry = setTimeout(() => void connect(), RECONNECT_MS)
    }
    fresh.on('error', drop)
    fresh.on('end', drop)
    fresh.on('notification', ({ payload = '' }) => changed(payload))
    try {
      await fresh.connect()
      await ask(fresh, `listen ${channel}`)
      if (closed) return cut(fresh)
      client = fresh
      void beat(fresh)
    } catch {
      cut(fresh)
      drop()
    }
  }

  async function ask(listening: pg.Client, question: string): Promise<void> {
    const askedAt = performance.now()
    await listening.query(question)
    heardAt = askedAt
  }

  async function beat(listening: pg.Client): Promise<void> {
    try {
      while (client === listening && !closed) {
        await wait(trustedMs / 3, undefined, { ref: false })
        await ask(listening, 'select')
      }
    } catch {
      cut(listening)
    }
  }

  await connect()
  return {
    isCurrent: () => performance.now() - heardAt < trustedMs,
    async [Symbol.asyncDispose]() {
      closed = true
      clearTimeout(retry)
      if (client) cut(client)
    },
  }
}

/** Takes leave of nobody: the other side may be gone without a sign. */
function cut(client: pg.Client): void {
  const { stream } = (client as pg.Client & { connection: { stream: { destroy(): void } } }).connection
  stream.destroy()
}
