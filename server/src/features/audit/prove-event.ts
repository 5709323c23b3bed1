import type { AuditConsistency, AuditProof } from '@petra/contract'
import type { Db } from '../../platform/database/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { canonicalEvent } from '../../platform/events/canonical-event.ts'
import { unpackEntries } from './entries.ts'
import { consistencyProof, inclusionProof, leafOf, type TreeNode } from './merkle.ts'
import { findCheckpoint, findCheckpointAt } from './queries/checkpoints.ts'
import { findSealed } from './queries/sealed-events.ts'
import { hashesOf, keyOf } from './queries/tree.ts'

/** Proves an event by the checkpoint that sealed it. @throws NotFound when it is not there, or not sealed as it stands */
export async function proveEvent(db: Db, id: string): Promise<AuditProof> {
  const event = await findSealed(db, id.toLowerCase())
  const checkpoint = event && (await findCheckpointAt(db, event))
  if (!event || !checkpoint) throw new NotFound()
  const canonical = canonicalEvent(event)
  const leaf = leafOf(canonical)
  const at = unpackEntries(checkpoint.entries).findIndex((entry) => entry.leaf.equals(leaf))
  if (at < 0) throw new NotFound()
  const index = checkpoint.firstLeaf + at
  const { size, note } = checkpoint
  const hashes = await prove(db, (hashOf) => inclusionProof(index, size, hashOf))
  return { eventId: event.id, event: canonical, index, size, hashes, note }
}

/** Proves that one checkpoint's tree begins with that of an earlier one. @throws NotFound when there are no such two */
export async function proveConsistency(db: Db, from: number, to: number): Promise<AuditConsistency> {
  const [earlier, later] = await Promise.all([findCheckpoint(db, from), findCheckpoint(db, to)])
  if (!earlier || !later || from > to) throw new NotFound()
  const hashes = await prove(db, (hashOf) => consistencyProof(earlier.size, later.size, hashOf))
  return { from, to, hashes, notes: [earlier.note, later.note] }
}

/** Runs a proof twice: first to hear which subtrees it takes, then with their hashes. */
async function prove(db: Db, proof: (hashOf: (node: TreeNode) => Buffer) => Buffer[]): Promise<string[]> {
  const needed: TreeNode[] = []
  proof((node) => {
    needed.push(node)
    return Buffer.alloc(32)
  })
  const hashes = await hashesOf(db, needed)
  return proof((node) => hashes.get(keyOf(node)) as Buffer).map((hash) => hash.toString('base64'))
}
