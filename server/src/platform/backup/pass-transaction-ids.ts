import type pg from 'pg'
import { StartupError } from '../startup-error.ts'

/** Some 20 s. */
const MOST = 2_000_000n
const AT_ONCE = 50_000n

/**
 * Brings the cluster to give transaction ids above the one named. The event log is read in their order, and its proofs contain
 * them: they are neither changed, nor may new ones come before them.
 * @throws StartupError when that would take too long, with what an operator can do instead
 */
export async function passTransactionIds(client: pg.Client, highest: string): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ next: string }>(
      'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
    )
    const missing = BigInt(highest) - BigInt(rows[0]?.next ?? 0) + 1n
    if (missing <= 0n) return
    if (missing > MOST) {
      throw new StartupError(
        `The event log knows transaction ids up to ${highest}, and this cluster is ${missing} behind. ` +
          'Stop it, run pg_resetwal with --next-transaction-id and --epoch to bring it past them, and restore then.',
      )
    }
    await client.query(use(missing < AT_ONCE ? missing : AT_ONCE))
  }
}

const use = (ids: bigint) => `
  do $$ begin
    for i in 1..${ids} loop
      perform pg_current_xact_id();
      commit;
    end loop;
  end $$`
