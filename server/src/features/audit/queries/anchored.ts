import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { Published } from '../anchor.ts'

/** The checkpoints after the last that was published there; none when that was less than so many milliseconds ago. */
export function readUnanchored(db: Queryable, place: string, everyMs: number, limit: number): Promise<Published[]> {
  return db.rows({
    name: 'read-unanchored',
    text: `with last as (select number, anchored_at from checkpoint_anchors where place = $1 order by number desc limit 1)
           select number, note from checkpoints
            where number > coalesce((select number from last), 0)
              and not exists (select from last where anchored_at > clock_now() - make_interval(secs => $2::float8 / 1000))
            order by number
            limit $3`,
    values: [place, everyMs, limit],
  })
}

export async function insertAnchored(tx: Tx, place: string, checkpoints: readonly Published[]): Promise<void> {
  await tx.rows({
    text: `insert into checkpoint_anchors (number, place) select number, $1 from unnest($2::bigint[]) as number on conflict do nothing`,
    values: [place, checkpoints.map(({ number }) => number)],
  })
}
