import { hash, randomBytes, randomUUIDv7 } from 'node:crypto'
import type { Statement } from '../database/statement.ts'
import { knownEvent } from './canonical-event.ts'
import { type EventRow, insertEvents, insertOrigin, type MarkedRow, type OriginRow } from './event-rows.ts'
import { openMac } from './mac.ts'

/** Marks what one process writes into the event log. */
export interface EventMarks {
  mark(events: readonly EventRow[]): MarkedEvents
}

export interface MarkedEvents {
  /** They belong into one transaction. */
  readonly statements: readonly Statement[]
  /** Has to be told how that ended; `unknown` when the connection was lost on the way. */
  settle(end: 'committed' | 'rolled-back' | 'unknown'): void
}

/** Origins known to be written; each is about 400 bytes. */
const MOST_ORIGINS = 10_000
/** Origins of nobody are forgotten after a while, so that none may be named for longer. */
const ORIGIN_LIFE_MS = 24 * 3_600_000

/**
 * Opens the marks of a process. Each event carries the process's name, the next number without a gap, and a MAC over all of
 * it, so that what is altered, added or deleted between its commit and its seal shows. A number that was rolled back is
 * given to the next event; when nobody knows whether it was, the process takes another name.
 */
export function openEventMarks(secret: Buffer): EventMarks {
  const mac = openMac(secret)
  let writer = randomUUIDv7()
  let last = 0
  let free: number[] = []
  const origins = new Map<string, { commitment: string; until: number }>()

  return {
    mark(events) {
      const by = writer
      const fresh = new Map<string, OriginRow>()
      const rows = events.map((event): MarkedRow => {
        const origin = originOf(event.actorId, event.from, fresh)
        const row = { ...event, origin, writer, counter: free.pop() ?? ++last, mac: '' }
        row.mac = `\\x${mac(knownEvent(row))}`
        return row
      })
      return {
        statements: [...[...fresh.values()].map(insertOrigin), ...insertEvents(rows)],
        settle(end) {
          if (end === 'committed') for (const [place, { commitment }] of fresh) remember(place, commitment)
          else if (by !== writer) return
          else if (end === 'rolled-back') free.push(...rows.map(({ counter }) => counter))
          else {
            writer = randomUUIDv7()
            last = 0
            free = []
          }
        },
      }
    },
  }

  function originOf(accountId: string | null, from: EventRow['from'], fresh: Map<string, OriginRow>): string | null {
    const { address, agent, country } = from
    if (address === null && agent === null) return null
    const place = `${accountId} ${address} ${country} ${agent}`
    const known = origins.get(place)
    if (known && known.until > Date.now()) return known.commitment
    const made = fresh.get(place) ?? newOrigin(accountId, from)
    fresh.set(place, made)
    return made.commitment
  }

  function remember(place: string, commitment: string): void {
    if (origins.size >= MOST_ORIGINS) origins.delete(origins.keys().next().value as string)
    origins.set(place, { commitment, until: Date.now() + ORIGIN_LIFE_MS })
  }
}

function newOrigin(accountId: string | null, from: EventRow['from']): OriginRow {
  const salt = randomBytes(32)
  return { ...from, accountId, salt: hex(salt), commitment: hex(commitmentTo(salt, from)) }
}

/** SHA-256 of salt, address, agent and country, with a zero byte between the texts, none of which can hold one. */
export function commitmentTo(salt: Buffer, { address, agent, country }: EventRow['from']): Buffer {
  const text = Buffer.from(`${address ?? ''}\0${agent ?? ''}\0${country ?? ''}`)
  return hash('sha256', Buffer.concat([salt, text]), 'buffer')
}

function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`
}
