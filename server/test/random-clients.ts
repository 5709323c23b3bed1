import assert from 'node:assert/strict'
import { oneOf } from './seeded.ts'

/** Whom and what random clients ask for. */
export interface Company {
  readonly urls: readonly string[]
  /** Whoever works at one works at all of them. */
  readonly locations: readonly string[]
  /** A room of each location that one of the services needs. */
  readonly tubs: readonly string[]
  readonly providers: readonly { readonly id: string; readonly assigned: object }[]
  readonly pets: readonly string[]
  /** Access tokens. */
  readonly owner: string
  readonly admin: string
  /** Those who hold times. */
  readonly desks: readonly string[]
}

export interface Clients {
  /** The operations there are. */
  readonly operations: readonly string[]
  /** How often each operation had which status. */
  readonly tally: Record<string, number>
  /** Does a number of operations one after the other; any 5xx fails, and any 404 but for a hold: nobody asks for what is not there. */
  work(chance: () => number, count: number): Promise<void>
}

type Chance = () => number
type Operation = (chance: Chance) => Promise<unknown>

/** Each half an hour or more; the last has to be approved. */
export const slugs = ['trim', 'spa', 'show']

/** Clients who share the visits they know, and get in each other's way. */
export function openClients({ urls, locations, tubs, providers, pets, owner, admin, desks }: Company): Clients {
  const tally: Record<string, number> = {}
  const visits: string[] = []
  const holds: { readonly id: string; readonly desk: string; readonly service: string; readonly startsAt: string }[] =
    []

  async function ask(chance: Chance, name: string, as: string, method: string, path: string, body?: object) {
    const response = await fetch(oneOf(chance, urls) + path, {
      method,
      headers: { authorization: `Bearer ${as}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer = { status: response.status, body: JSON.parse((await response.text()) || 'null') }
    const outcome = `${name} ${answer.status}`
    tally[outcome] = (tally[outcome] ?? 0) + 1
    assert.ok(
      answer.status < 500 && (answer.status !== 404 || path.startsWith('/holds/')),
      `${method} ${path}: ${JSON.stringify(answer.body)}`,
    )
    return answer
  }

  /** A local half hour on one of five days: few enough to be fought over. */
  function someTime(chance: Chance): { date: string; minute: number } {
    const date = Temporal.PlainDate.from('2027-02-01')
      .add({ days: Math.floor(chance() * 5) })
      .toString()
    return { date, minute: 9 * 60 + 30 * Math.floor(chance() * 16) }
  }
  const local = ({ date, minute }: { date: string; minute: number }) =>
    `${date}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const someSpan = (chance: Chance) => {
    const from = someTime(chance)
    return { from: local(from), to: local({ ...from, minute: from.minute + 60 }) }
  }
  const someHandling = (chance: Chance) => oneOf(chance, [undefined, 'leave', 'cancel', 'move'])
  /** Somewhere, at a time that is fought over, now and then with somebody or in a room that is named. */
  const someWish = (chance: Chance) => {
    const where = Math.floor(chance() * locations.length)
    const service = oneOf(chance, slugs)
    return {
      service,
      startsAt: local(someTime(chance)),
      locationId: locations[where],
      ...(chance() < 0.3 && { providerId: oneOf(chance, providers).id }),
      ...(service === 'spa' && chance() < 0.3 && { resourceIds: [tubs[where]] }),
    }
  }
  const decide = (chance: Chance, name: string, decision: string) =>
    ask(chance, name, admin, 'POST', `/appointments/${someVisit(chance)}/${decision}`)
  const someVisit = (chance: Chance) => oneOf(chance, visits)
  const move = (chance: Chance, name: string, id: string, to: object) =>
    ask(chance, name, owner, 'PUT', `/appointments/${id}`, to)

  async function rotate(chance: Chance, name: string, count: number): Promise<unknown> {
    const ids = [...new Set(Array.from({ length: count }, () => someVisit(chance)))]
    const known = await Promise.all(ids.map((id) => ask(chance, 'read', owner, 'GET', `/appointments/${id}`)))
    return Promise.all(
      ids.map((id, index) => {
        const next = known[(index + 1) % ids.length]?.body
        return move(chance, name, id, { startsAt: next.startsAt, providerId: next.provider.id })
      }),
    )
  }

  /** Each with how often it is done. Whatever else takes or gives back time belongs into this list. */
  const operations: Record<string, readonly [weight: number, operation: Operation]> = {
    book: [
      30,
      async (chance) => {
        const { status, body } = await ask(chance, 'book', owner, 'POST', '/appointments', {
          petId: oneOf(chance, pets),
          ...someWish(chance),
        })
        if (status === 201) visits.push(body.id)
      },
    ],
    hold: [
      12,
      async (chance) => {
        const desk = oneOf(chance, desks)
        const wish = someWish(chance)
        const { status, body } = await ask(chance, 'hold', desk, 'POST', '/holds', wish)
        if (status === 201) holds.push({ id: body.id, desk, service: wish.service, startsAt: body.startsAt })
      },
    ],
    'book-held': [
      8,
      async (chance) => {
        const held = holds.splice(Math.floor(chance() * holds.length), 1)[0]
        if (!held) return
        const { id: holdId, desk, service, startsAt } = held
        const body = { petId: oneOf(chance, pets), service, startsAt, holdId }
        // One and the same hold, twice at once.
        const twice = [0, 1].map(() => ask(chance, 'book-held', desk, 'POST', '/appointments', body))
        const made = (await Promise.all(twice)).filter(({ status }) => status === 201)
        assert.ok(made.length < 2, 'a hold became two visits')
        visits.push(...made.map(({ body: visit }) => visit.id))
      },
    ],
    extend: [
      2,
      async (chance) => {
        const held = holds[Math.floor(chance() * holds.length)]
        if (held) await ask(chance, 'extend', held.desk, 'POST', `/holds/${held.id}/extension`)
      },
    ],
    release: [
      3,
      async (chance) => {
        const held = holds.splice(Math.floor(chance() * holds.length), 1)[0]
        if (held) await ask(chance, 'release', held.desk, 'DELETE', `/holds/${held.id}`)
      },
    ],
    approve: [6, (chance) => decide(chance, 'approve', 'approval')],
    decline: [2, (chance) => decide(chance, 'decline', 'decline')],
    move: [
      12,
      (chance) => {
        const providerId = chance() < 0.5 ? { providerId: oneOf(chance, providers).id } : {}
        return move(chance, 'move', someVisit(chance), { startsAt: local(someTime(chance)), ...providerId })
      },
    ],
    swap: [5, (chance) => rotate(chance, 'swap', 2)],
    rotate: [4, (chance) => rotate(chance, 'rotate', 4)],
    cancel: [10, (chance) => ask(chance, 'cancel', owner, 'DELETE', `/appointments/${someVisit(chance)}`)],
    confirm: [6, (chance) => ask(chance, 'confirm', admin, 'POST', `/appointments/${someVisit(chance)}/confirmation`)],
    attend: [
      5,
      async (chance) => {
        const id = someVisit(chance)
        for (const step of ['check-in', 'start', 'completion'])
          await ask(chance, 'attend', admin, 'POST', `/appointments/${id}/${step}`)
      },
    ],
    'time-off': [
      3,
      (chance) =>
        ask(chance, 'time-off', admin, 'POST', `/providers/${oneOf(chance, providers).id}/time-off`, {
          ...someSpan(chance),
          appointments: someHandling(chance),
        }),
    ],
    closure: [
      1,
      (chance) =>
        ask(chance, 'closure', admin, 'POST', `/locations/${oneOf(chance, locations)}/closures`, {
          ...someSpan(chance),
          appointments: someHandling(chance),
        }),
    ],
    leave: [
      1,
      async (chance) => {
        const { id, assigned } = oneOf(chance, providers)
        const change = { ...assigned, active: false, appointments: someHandling(chance) }
        await ask(chance, 'leave', admin, 'PUT', `/providers/${id}`, change)
        await ask(chance, 'return', admin, 'PUT', `/providers/${id}`, assigned)
      },
    ],
  }
  const drawn = Object.values(operations).flatMap(([weight, operation]) => Array<Operation>(weight).fill(operation))

  return {
    operations: Object.keys(operations),
    tally,
    async work(chance, count) {
      for (let done = 0; done < count; done++) {
        const operation = visits.length === 0 ? operations.book?.[1] : oneOf(chance, drawn)
        await operation?.(chance)
      }
    },
  }
}
