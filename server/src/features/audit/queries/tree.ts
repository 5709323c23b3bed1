import type { Queryable } from '../../../platform/database/database.ts'
import { ENTRY_BYTES, LEAF_AT } from '../entries.ts'
import { emptyFrontier, grow, rootOf, type TreeNode } from '../merkle.ts'

/** Complete subtrees from this level on are kept; smaller ones are made of their leaves. */
export const KEPT_LEVEL = 8
const BLOCK = 2 ** KEPT_LEVEL

/** The hashes of complete subtrees, under `keyOf` each. */
export async function hashesOf(db: Queryable, nodes: readonly TreeNode[]): Promise<Map<string, Buffer>> {
  const kept = nodes.filter(({ level }) => level >= KEPT_LEVEL)
  const small = nodes.filter(({ level }) => level < KEPT_LEVEL)
  const blocks = [...new Set(small.map(({ level, position }) => Math.floor((position * 2 ** level) / BLOCK)))]
  const [rows, ...leaves] = await Promise.all([
    kept.length > 0 ? readNodes(db, kept) : [],
    ...blocks.map((block) => readLeaves(db, block * BLOCK, (block + 1) * BLOCK)),
  ])
  const hashes = new Map(rows.map(({ level, position, hash }) => [keyOf({ level, position }), hash]))
  for (const node of small) {
    const from = node.position * 2 ** node.level
    const block = Math.floor(from / BLOCK)
    const inside =
      leaves[blocks.indexOf(block)]?.slice(from - block * BLOCK, from - block * BLOCK + 2 ** node.level) ?? []
    hashes.set(keyOf(node), rootOf(grow(emptyFrontier, inside)))
  }
  return hashes
}

export function keyOf({ level, position }: TreeNode): string {
  return `${level} ${position}`
}

function readNodes(db: Queryable, nodes: readonly TreeNode[]): Promise<(TreeNode & { hash: Buffer })[]> {
  return db.rows({
    name: 'read-nodes',
    text: `select level, position, hash
             from unnest($1::smallint[], $2::bigint[]) as wanted (level, position) join tree_nodes using (level, position)`,
    values: [nodes.map(({ level }) => level), nodes.map(({ position }) => position)],
  })
}

/** The leaves from `from` on, below `to`, as far as there are any. */
async function readLeaves(db: Queryable, from: number, to: number): Promise<Buffer[]> {
  const rows = await db.rows<{ entries: Buffer }>({
    name: 'read-leaves',
    text: `select substring(entries from greatest($1 - first_leaf, 0)::int * ${ENTRY_BYTES} + 1
                    for (least($2 - first_leaf, length(entries) / ${ENTRY_BYTES}) - greatest($1 - first_leaf, 0))::int * ${ENTRY_BYTES}) as entries
             from checkpoint_entries
            where first_leaf < $2 and first_leaf + length(entries) / ${ENTRY_BYTES} > $1 and first_leaf > $1 - $3
            order by first_leaf`,
    values: [from, to, MOST_IN_BATCH],
  })
  return rows.flatMap(({ entries }) =>
    Array.from({ length: entries.length / ENTRY_BYTES }, (_, index) =>
      entries.subarray(index * ENTRY_BYTES + LEAF_AT, (index + 1) * ENTRY_BYTES),
    ),
  )
}

/** Events of one checkpoint at the most. */
export const MOST_IN_BATCH = 4_096
