import type { Socket } from 'node:net'
import type pg from 'pg'

/**
 * Ends a connection that owes an answer and has said nothing for so long: a network that was cut tells nobody, and TCP waits for
 * a quarter of an hour. Whoever waits is told that the connection was lost.
 * @param client connected
 */
export function endWhenSilent(client: pg.ClientBase, afterMs: number): void {
  const wire = client as unknown as Wire
  wire.connection.stream.setTimeout(afterMs, () => {
    if (!wire.readyForQuery) cut(client, new Error(`The database has not answered for ${afterMs} ms`))
  })
}

/** Ends a connection at once, without a word to the server. */
export function cut(client: pg.ClientBase, why?: Error): void {
  ;(client as unknown as Wire).connection.stream.destroy(why)
}

/** What pg's client has and the types of a pool's do not. */
interface Wire {
  readonly connection: { readonly stream: Socket }
  /** False from the moment a query is sent until the server is ready for the next. */
  readonly readyForQuery: boolean
}
