import { randomUUIDv7 } from 'node:crypto'
import type { Actor } from '../server/src/platform/actor.ts'
import type { Db } from '../server/src/platform/database/database.ts'
import type { Trail } from '../server/src/platform/events/event-log.ts'

const CLIENTS = 8
const READS = 500
const ROUNDS = 5

/**
 * How long a read takes with and without the event that has to be committed before its answer leaves, in milliseconds: eight clients
 * at once, in alternating rounds.
 */
export async function latencies(db: Db, trail: Trail, people: readonly Actor[], pets: readonly string[]) {
  const read = (petId: string) =>
    db.rows<{ id: string }>({
      name: 'bench-read',
      text: 'select id, at, name, payload from events where pet_id = $1 order by id desc limit 20',
      values: [petId],
    })
  const ways = {
    plain: async (petId: string) => {
      await read(petId)
    },
    audited: async (petId: string, actor: Actor) => {
      await read(petId)
      await trail.append(actor, 'medical-record.listed', { petId, recordIds: [randomUUIDv7(), randomUUIDv7()] })
    },
  }
  const times: Record<keyof typeof ways, number[]> = { plain: [], audited: [] }
  for (let round = 0; round <= ROUNDS; round++)
    for (const way of ['plain', 'audited'] as const) {
      const client = async (_: unknown, number: number) => {
        for (let at = 0; at < READS; at++) {
          const from = performance.now()
          const [petId, actor] = [pets[(number * READS + at) % pets.length], people[at % people.length]]
          await ways[way](petId as string, actor as Actor)
          if (round > 0) times[way].push(performance.now() - from)
        }
      }
      await Promise.all(Array.from({ length: CLIENTS }, client))
    }
  return { plain: percentiles(times.plain), audited: percentiles(times.audited) }
}

function percentiles(times: number[]): { p50: number; p95: number } {
  const sorted = times.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] as number
  return { p50: at(0.5), p95: at(0.95) }
}
