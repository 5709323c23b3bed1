import assert from 'node:assert/strict'
import type { Answer, House } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'

/** What the tests of booking do over and over, each as one request. */
export interface Desk {
  readonly world: World
  /** Books Rex for Maya in New York at a local time, unless `more` says otherwise. */
  book(startsAt: string, more?: Record<string, unknown>, as?: string): Promise<Answer>
  /** Books for a new pet of Maya's, so that no pet is in the way. @returns the appointment */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a body
  booked(startsAt: string, more?: Record<string, unknown>): Promise<any>
  /** The local starts that are free on a date, as 'HH:MM'. */
  starts(query: string): Promise<string[]>
  /** Makes something as Ada. @returns its id */
  make(path: string, body: unknown): Promise<string>
  addPet(name?: string): Promise<string>
  /** A new provider at New York, by their provider id. */
  addProvider(name: string, role: 'groomer' | 'veterinarian', services: string[], weekly?: unknown[]): Promise<string>
  setHours(providerId: string, weekly: unknown[], locationId?: string): Promise<void>
  /** Every reservation of an appointment, as PostgreSQL prints it, in order. */
  reservationsOf(appointmentId: string): Promise<string[]>
  /** Stops the database's clock at an instant, until it is thawed. */
  freeze(instant: string): Promise<void>
  thaw(): Promise<void>
}

/** The same hours on every day of the week. */
export function everyDay(from = '09:00', to = '17:00') {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to }))
}

export async function openDesk(house: House): Promise<Desk> {
  const world = await populate(house)

  async function make(path: string, body: unknown): Promise<string> {
    const answer = await house.call('POST', path, { as: world.ada, body })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return answer.body.id
  }

  async function addPet(name = 'Bo'): Promise<string> {
    return (await house.call('POST', '/pets', { as: world.maya, body: { name, species: 'dog' } })).body.id
  }

  function book(startsAt: string, more: Record<string, unknown> = {}, as = world.maya): Promise<Answer> {
    const body = { petId: world.rex, service: 'grooming', locationId: world.newYork, ...more, startsAt }
    return house.call('POST', '/appointments', { as, body: JSON.parse(JSON.stringify(body)) })
  }

  async function setHours(providerId: string, weekly: unknown[], locationId = world.newYork): Promise<void> {
    const body = { locationId, weekly, appointments: 'leave' }
    const { status } = await house.call('PUT', `/providers/${providerId}/working-hours`, { as: world.ada, body })
    assert.equal(status, 200)
  }

  const setClock = async (body: string) => {
    await house.sql(`create or replace function clock_now() returns timestamptz language sql stable return ${body}`)
  }

  return {
    world,
    book,
    make,
    addPet,
    setHours,
    freeze: (instant) => setClock(`timestamptz '${instant}'`),
    thaw: () => setClock('now() + (select ahead from test_clock)'),
    async booked(startsAt, more = {}) {
      const { status, body } = await book(startsAt, { petId: await addPet(), ...more })
      assert.equal(status, 201, JSON.stringify(body))
      return body
    },
    async starts(query) {
      const { status, body } = await house.call('GET', `/availability?${query}`)
      assert.equal(status, 200, JSON.stringify(body))
      return body.slots.map((slot: { localStart: string }) => slot.localStart.slice(11, 16))
    },
    async addProvider(name, role, services, weekly = everyDay()) {
      const accountId = await make('/staff', { email: `${name}@example.test`, name, roles: [role] })
      const id = await make('/providers', { accountId, services, locationIds: [world.newYork] })
      await setHours(id, weekly)
      return id
    },
    async reservationsOf(appointmentId) {
      const rows = await house.sql(
        `select subject_id || ' ' || during as held from reservations where appointment_id = $1 order by 1`,
        [appointmentId],
      )
      return rows.map(({ held }) => held)
    },
  }
}
