import pg from 'pg'

type Use = Parameters<pg.Pool['connect']>[0]

/**
 * Takes a connection back once, however often it is handed over. The listener of graphile-worker 0.18.0 does so twice when
 * the worker stops before its LISTEN is answered and the connection is then lost, and pg ends the process for it.
 */
export class OnceReleasedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(use: Use): void
  override connect(use?: Use): Promise<pg.PoolClient> | undefined {
    if (use === undefined) return super.connect()
    super.connect((error, client, release) => {
      if (error) return use(error, client, release)
      let isReleased = false
      use(error, client, (reason) => {
        if (!isReleased) release(reason)
        isReleased = true
      })
    })
  }
}
