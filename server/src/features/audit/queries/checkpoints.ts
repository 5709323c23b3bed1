import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { Place } from '../checkpoint-note.ts'
import type { TreeNode } from '../merkle.ts'

export interface CheckpointRow {
  readonly number: number
  readonly size: number
  readonly note: string
  readonly sealedAt: string
}

const columns = 'number, size, note, sealed_at as "sealedAt"'

export function findLastCheckpoint(db: Queryable): Promise<CheckpointRow | undefined> {
  return db.row({
    name: 'last-checkpoint',
    text: `select ${columns} from checkpoints order by number desc limit 1`,
    values: [],
  })
}

export function findCheckpoint(db: Queryable, number: number): Promise<CheckpointRow | undefined> {
  return db.row({ text: `select ${columns} from checkpoints where number = $1`, values: [number] })
}

/** Newest first, those with a number below `before`. */
export function listCheckpoints(db: Queryable, before: number | null, limit: number): Promise<CheckpointRow[]> {
  return db.rows({
    text: `select ${columns} from checkpoints where $1::bigint is null or number < $1 order by number desc limit $2`,
    values: [before, limit],
  })
}

/** The checkpoint that sealed, or would have sealed, what stands there; undefined when none has come so far. */
export function findCheckpointAt(
  db: Queryable,
  { xid, id }: Place,
): Promise<(CheckpointRow & { firstLeaf: number; entries: Buffer }) | undefined> {
  return db.row({
    text: `select c.number, c.size, c.note, c.sealed_at as "sealedAt", e.first_leaf as "firstLeaf", e.entries
             from checkpoints c join checkpoint_entries e on e.number = c.number
            where (c.last_xid, c.last_id) >= ($1::xid8, $2::uuid)
            order by c.last_xid, c.last_id
            limit 1`,
    values: [xid, id],
  })
}

/** The checkpoints after `after`, in order, with what they added. */
export function readCheckpoints(
  db: Queryable,
  after: number,
  limit: number,
): Promise<{ number: number; note: string; entries: Buffer | null }[]> {
  return db.rows({
    name: 'read-checkpoints',
    text: `select c.number, c.note, e.entries
             from checkpoints c left join checkpoint_entries e on e.number = c.number
            where c.number > $1
            order by c.number
            limit $2`,
    values: [after, limit],
  })
}

/** The number of the last checkpoint that was sealed before an instant; 0 when none was. */
export async function lastNumberBefore(db: Queryable, instant: string): Promise<number> {
  const row = await db.row<{ number: number }>({
    text: 'select coalesce(max(number), 0) as number from checkpoints where sealed_at < $1',
    values: [instant],
  })
  return row?.number ?? 0
}

export async function insertCheckpoint(
  tx: Tx,
  checkpoint: { number: number; size: number; note: string; last: Place; firstLeaf: number; entries: Buffer },
  nodes: readonly (TreeNode & { hash: Buffer })[],
): Promise<void> {
  const { number, size, note, last, firstLeaf, entries } = checkpoint
  await Promise.all([
    tx.rows({
      name: 'insert-checkpoint',
      text: 'insert into checkpoints (number, size, note, last_xid, last_id) values ($1, $2, $3, $4, $5)',
      values: [number, size, note, last.xid, last.id],
    }),
    tx.rows({
      name: 'insert-entries',
      text: 'insert into checkpoint_entries (number, first_leaf, entries) values ($1, $2, $3)',
      values: [number, firstLeaf, entries],
    }),
    nodes.length > 0 &&
      tx.rows({
        name: 'insert-nodes',
        text: `insert into tree_nodes (level, position, hash) select level, position, decode(hash, 'hex')
                 from unnest($1::smallint[], $2::bigint[], $3::text[]) as node (level, position, hash)`,
        values: [
          nodes.map(({ level }) => level),
          nodes.map(({ position }) => position),
          nodes.map(({ hash }) => hash.toString('hex')),
        ],
      }),
  ])
}
