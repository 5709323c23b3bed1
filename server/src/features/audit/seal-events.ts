import { system } from '../../platform/actor.ts'
import { type Db, type Queryable, type Tx, transact } from '../../platform/database/database.ts'
import { canonicalForms } from '../../platform/events/canonical-event.ts'
import { record } from '../../platform/events/event-log.ts'
import { claimTail, moveCursor } from '../../platform/events/log-tail.ts'
import { type Mac, openMac } from '../../platform/events/mac.ts'
import type { Keyring } from '../../platform/keys/keyring.ts'
import { type Checkpoint, hashOfNote, openNote, type Place, signNote } from './checkpoint-note.ts'
import { type Entry, hashOfEntries, packEntries } from './entries.ts'
import { emptyFrontier, type Frontier, frontierNodes, grow, leafOf, rootOf, type TreeNode } from './merkle.ts'
import { pages } from './pages.ts'
import { findLastCheckpoint, insertCheckpoint } from './queries/checkpoints.ts'
import { clockNow, readToSeal } from './queries/sealed-events.ts'
import { hashesOf, KEPT_LEVEL, keyOf, MOST_IN_BATCH } from './queries/tree.ts'

export interface Sealing {
  readonly db: Db
  readonly keyring: Keyring
  /** The last checkpoint this process has seen: one that is gone since must not be sealed over. */
  seen: number
}

export const SEALER = 'sealer'
/** Some at a time: what is not garbage by the next collection is copied by it. */
const AT_ONCE = MOST_IN_BATCH / 4
const START: Place = { xid: '0', id: '00000000-0000-0000-0000-000000000000' }
/** More that do not fit their marks are not told one by one. */
const MOST_TOLD = 10

/**
 * Seals the next events in commit order, 4,096 at the most, under one checkpoint. One process at a time does.
 * Nothing that the database says of earlier checkpoints is believed unless the last of them is signed and has that root.
 * @returns how many events it sealed; 0 too when another process is at it
 * @throws Error when the last checkpoint is not ours, does not fit its tree, or is older than one seen before
 */
export async function sealEvents(sealing: Sealing): Promise<number> {
  const sealed = await transact(sealing.db, (tx) => sealNext(tx, sealing))
  sealing.seen = Math.max(sealing.seen, sealed.number)
  return sealed.events
}

const nothing = { events: 0, number: 0 }

async function sealNext(tx: Tx, { keyring, seen }: Sealing): Promise<typeof nothing> {
  const [cursor, before, sealedAt] = await Promise.all([claimTail(tx, SEALER), lastSealed(tx, keyring), clockNow(tx)])
  if (!cursor) return nothing
  if ((before?.checkpoint.number ?? 0) < seen) throw new Error(`Checkpoint ${seen} is gone`)
  const events = await leavesAfter(tx, before?.checkpoint.last ?? START, markOf(keyring))
  const [first, last] = [events[0], events.at(-1)]
  if (!first || !last) return nothing
  const leaves = events.map(({ leaf }) => leaf)
  const nodes: (TreeNode & { hash: Buffer })[] = []
  const tree = grow(before?.frontier ?? emptyFrontier, leaves, (node, hash) => {
    if (node.level >= KEPT_LEVEL) nodes.push({ ...node, hash })
  })
  const entries = packEntries(events)
  const checkpoint: Checkpoint = {
    number: (before?.checkpoint.number ?? 0) + 1,
    size: tree.size,
    root: rootOf(tree),
    previous: before ? hashOfNote(before.note) : null,
    sealedAt,
    first,
    last,
    entries: hashOfEntries(entries),
  }
  const note = signNote(checkpoint, keyring.trailKey.privateKey, keyring.trailKey.publicKey)
  tellBroken(
    tx,
    events.filter(({ isBroken }) => isBroken),
  )
  await Promise.all([
    insertCheckpoint(tx, { ...checkpoint, note, firstLeaf: tree.size - events.length, entries }, nodes),
    moveCursor(tx, SEALER, last),
  ])
  return { events: events.length, number: checkpoint.number }
}

/** What is kept of an event while its checkpoint is made. */
interface Leaf extends Entry, Place {
  /** Whether it is not what the process that wrote it has marked. */
  readonly isBroken: boolean
}

/** The next events, as many as one checkpoint takes. */
async function leavesAfter(tx: Tx, place: Place, markOfEvent: Mac): Promise<Leaf[]> {
  const leaves: Leaf[] = []
  let asked = 0
  const read = async (after: Place) => {
    asked += AT_ONCE
    return asked > MOST_IN_BATCH ? [] : readToSeal(tx, after, AT_ONCE)
  }
  for await (const page of pages(read, place, (event) => event)) {
    for (const event of page) {
      const { id, xid, kind, mac } = event
      const { sealed, known } = canonicalForms(event)
      leaves.push({ id, xid, kind, leaf: leafOf(sealed), isBroken: mac !== null && markOfEvent(known) !== mac })
    }
  }
  return leaves
}

/** How processes mark their events. */
export function markOf(keyring: Keyring): Mac {
  return openMac(keyring.derive('event-mark', '').bytes)
}

/** @throws Error when what the database says of it is not what was signed */
async function lastSealed(
  db: Queryable,
  { trailKey }: Keyring,
): Promise<{ note: string; checkpoint: Checkpoint; frontier: Frontier } | null> {
  const row = await findLastCheckpoint(db)
  if (!row) return null
  const checkpoint = openNote(row.note, trailKey.publicKey)
  if (!checkpoint) throw new Error(`Checkpoint ${row.number} is not signed by this keyring`)
  const nodes = frontierNodes(checkpoint.size)
  const hashes = await hashesOf(db, nodes)
  const frontier = { size: checkpoint.size, hashes: nodes.map((node) => hashes.get(keyOf(node)) ?? Buffer.alloc(32)) }
  if (!rootOf(frontier).equals(checkpoint.root)) throw new Error(`Checkpoint ${row.number} does not fit its tree`)
  return { note: row.note, checkpoint, frontier }
}

/** What was altered between its commit and its seal is sealed as it stands, and said aloud. */
function tellBroken(tx: Tx, broken: readonly Place[]): void {
  for (const { id } of broken.slice(0, MOST_TOLD))
    record(tx, system, 'trail.mark-broken', { resource: { type: 'event', id } })
}
