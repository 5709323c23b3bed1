import type { KeyObject } from 'node:crypto'
import { canonicalForms, knownEvent } from '../../platform/events/canonical-event.ts'
import type { Mac } from '../../platform/events/mac.ts'
import { type Checkpoint, hashOfNote, openNote, type Place } from './checkpoint-note.ts'
import { type Counters, openCounters } from './counters.ts'
import { hashOfEntries, unpackEntries } from './entries.ts'
import { emptyFrontier, grow, leafOf, rootOf } from './merkle.ts'
import type { SealedEvent } from './queries/sealed-events.ts'

/** A trail as somebody has it: the tables of a database, or the files of an export. */
export interface TrailSource {
  /** In order, after a number. */
  checkpoints(after: number): AsyncIterable<{ readonly note: string; readonly entries: Buffer | null }>
  /** In commit order, after a place; some at a time, because waiting for each costs as much as hashing it. */
  events(after: Place): AsyncIterable<readonly SealedEvent[]>
  /** The notes that were published under each number. */
  readonly anchored: ReadonlyMap<number, readonly string[]>
  /** Below which id all events of a kind have been dropped. */
  readonly droppedBelow: ReadonlyMap<string, string>
  /** Why the origin an event names cannot be what it was, if so. */
  faultOfOrigin(event: SealedEvent): string | null | Promise<string | null>
}

export interface VerifyOptions {
  readonly publicKey: KeyObject
  /** Checks marks and counters too; only who has the keyring can. */
  readonly markOf?: Mac | undefined
  /** Begins after this checkpoint. What came before is taken as it is signed, and the tree is not built anew. */
  readonly after?: { readonly note: string } | undefined
  /** Ends with the first checkpoint that was sealed then, or later. */
  readonly until?: string | undefined
}

export interface Verified {
  readonly events: number
  readonly unsealed: number
  readonly checkpoints: number
  readonly anchored: number
}

/** The trail does not hold, from this event on. */
export class BrokenTrail extends Error {
  override readonly name = 'BrokenTrail'
  readonly eventId: string | null
  constructor(eventId: string | null, why: string) {
    super(why)
    this.eventId = eventId
  }
}

const START: Place = { xid: '0', id: '00000000-0000-0000-0000-000000000000' }

/**
 * Verifies a trail from its beginning, or after a checkpoint, to its end.
 * @throws BrokenTrail naming the first event that is not what it was, or not where it was
 */
export async function verifyTrail(source: TrailSource, options: VerifyOptions): Promise<Verified> {
  const { publicKey, markOf, after, until } = options
  let before = after ? { note: after.note, checkpoint: signed(after.note, publicKey, null) } : null
  let tree = after ? null : emptyFrontier
  const counters = markOf && !after ? openCounters(source.droppedBelow) : null
  const events = lookAhead(source.events(before?.checkpoint.last ?? START))
  const count = { events: 0, unsealed: 0, checkpoints: 0, anchored: 0 }
  let hasEnded = false

  for await (const { note, entries } of source.checkpoints(before?.checkpoint.number ?? 0)) {
    const next = (await events.peek())?.id ?? null
    const number = (before?.checkpoint.number ?? 0) + 1
    const checkpoint = signed(note, publicKey, next)
    if (checkpoint.number !== number) throw new BrokenTrail(next, `Checkpoint ${number} is missing.`)
    const published = source.anchored.get(number) ?? []
    if (published.some((text) => text !== note))
      throw new BrokenTrail(next, `Checkpoint ${number} is not the one that was published.`)
    if (published.length > 0) count.anchored++
    const chained = before
      ? hashOfNote(before.note).equals(checkpoint.previous ?? Buffer.of())
      : checkpoint.previous === null
    if (!chained) throw new BrokenTrail(next, `Checkpoint ${number} does not follow on the one before.`)
    if (!entries || !hashOfEntries(entries).equals(checkpoint.entries))
      throw new BrokenTrail(checkpoint.first.id, `The entries of checkpoint ${number} are not those that were sealed.`)
    const sealed = unpackEntries(entries)
    count.events += await compare(source, sealed, checkpoint, events, (event, known) =>
      check(event, known, options, source, counters),
    )
    if (tree)
      tree = grow(
        tree,
        sealed.map(({ leaf }) => leaf),
      )
    if (tree && !(rootOf(tree).equals(checkpoint.root) && tree.size === checkpoint.size))
      throw new BrokenTrail(checkpoint.first.id, `The root of checkpoint ${number} is not that of its tree.`)
    count.checkpoints++
    before = { note, checkpoint }
    hasEnded = until !== undefined && checkpoint.sealedAt >= until
    if (hasEnded) break
  }
  if (hasEnded) return count
  requirePublished(source, before?.checkpoint.number ?? 0, publicKey)
  for (let event = await events.peek(); event; event = await events.peek()) {
    await check(event, knownEvent(event), options, source, counters)
    events.skip()
    count.unsealed++
  }
  return count
}

function signed(note: string, publicKey: KeyObject, eventId: string | null): Checkpoint {
  const checkpoint = openNote(note, publicKey)
  if (!checkpoint) throw new BrokenTrail(eventId, 'A checkpoint is not signed by this key.')
  return checkpoint
}

/** Holds the events of a checkpoint against what it sealed, in order. @returns how many there are */
async function compare(
  source: TrailSource,
  sealed: ReturnType<typeof unpackEntries>,
  { number, last }: Checkpoint,
  events: LookAhead,
  check: (event: SealedEvent, known: string) => void | Promise<void>,
): Promise<number> {
  let count = 0
  let known: { readonly sealed: ReadonlySet<string>; readonly here: ReadonlySet<string> } | undefined
  for (const { id, kind, leaf } of sealed) {
    const event = events.held() ?? (await events.peek())
    if (event?.id === id && isUpTo(event, last)) {
      const forms = canonicalForms(event)
      if (!leafOf(forms.sealed).equals(leaf)) throw new BrokenTrail(id, `It is not what checkpoint ${number} sealed.`)
      const checking = check(event, forms.known)
      if (checking) await checking
      events.skip()
      count++
      continue
    }
    known ??= { sealed: idsOf(sealed), here: idsOf(await events.allUpTo(last)) }
    if (event && known.here.has(event.id) && !known.sealed.has(event.id) && known.here.has(id))
      throw new BrokenTrail(event.id, `It was put in after checkpoint ${number} had been sealed.`)
    if (id >= (source.droppedBelow.get(kind) ?? ''))
      throw new BrokenTrail(id, `It is not where checkpoint ${number} sealed it.`)
  }
  const extra = await events.peek()
  if (extra && isUpTo(extra, last))
    throw new BrokenTrail(extra.id, `It was put in after checkpoint ${number} had been sealed.`)
  return count
}

function idsOf(some: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(some.map(({ id }) => id))
}

/** What can be said of an event without its seal; at once, unless its origin has to be looked up. */
function check(
  event: SealedEvent,
  known: string,
  { markOf }: VerifyOptions,
  source: TrailSource,
  counters: Counters | null,
): void | Promise<void> {
  if (event.mac === null) {
    // Only what was written before there were marks has none.
    if (counters?.hasBegun()) throw new BrokenTrail(event.id, 'It has no mark.')
  } else if (markOf && markOf(known) !== event.mac) {
    throw new BrokenTrail(event.id, 'It is not what the process that wrote it has marked.')
  }
  const missing = counters?.missingAt(event)
  if (missing)
    throw new BrokenTrail(
      missing.before,
      `Before it, event ${missing.counter} of process ${missing.writer} is missing.`,
    )
  const fault = event.origin === null ? null : source.faultOfOrigin(event)
  if (fault instanceof Promise) return fault.then((found) => requireOrigin(event, found))
  requireOrigin(event, fault)
}

function requireOrigin({ id }: SealedEvent, fault: string | null): void {
  if (fault) throw new BrokenTrail(id, fault)
}

/** Whatever was published has to be there. */
function requirePublished({ anchored }: TrailSource, last: number, publicKey: KeyObject): void {
  const later = [...anchored.keys()].filter((number) => number > last)
  if (later.length === 0) return
  const number = later.reduce((a, b) => Math.min(a, b))
  const lost = openNote(anchored.get(number)?.[0] ?? '', publicKey)
  throw new BrokenTrail(lost?.first.id ?? null, `Checkpoint ${number} was published and is missing.`)
}

function isUpTo({ xid, id }: Place, last: Place): boolean {
  if (xid.length !== last.xid.length) return xid.length < last.xid.length
  return xid === last.xid ? id <= last.id : xid < last.xid
}

interface LookAhead {
  /** The next, where it is here already. */
  held(): SealedEvent | undefined
  peek(): Promise<SealedEvent | undefined>
  skip(): void
  /** Those up to a place, which stay what comes next. */
  allUpTo(last: Place): Promise<readonly SealedEvent[]>
}

function lookAhead(pages: AsyncIterable<readonly SealedEvent[]>): LookAhead {
  const iterator = pages[Symbol.asyncIterator]()
  let page: readonly SealedEvent[] = []
  let at = 0
  async function peek(): Promise<SealedEvent | undefined> {
    while (at === page.length) {
      const { done, value } = await iterator.next()
      if (done) return undefined
      page = value
      at = 0
    }
    return page[at]
  }
  return {
    held: () => page[at],
    peek,
    skip() {
      at++
    },
    async allUpTo(last) {
      page = page.slice(at)
      at = 0
      for (;;) {
        const end = page.findIndex((event) => !isUpTo(event, last))
        if (end >= 0) return page.slice(0, end)
        const { done, value } = await iterator.next()
        if (done) return page
        page = [...page, ...value]
      }
    },
  }
}
