import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Desk, everyDay, openDesk } from '../src/features/appointments/test-desk.ts'
import { assertSoundBooks } from './assert-sound-books.ts'
import { oneOf, seeded } from './seeded.ts'
import { type Answer, type House, openHouse } from './setup.ts'

const SEED = Number(process.env.RACE_SEED ?? 4)
const INTERLEAVINGS = Number(process.env.RACE_INTERLEAVINGS ?? 500)
const LANES = 4

/** A company of its own, so that lanes meet at the schedule's lock only. */
interface Lane {
  readonly name: string
  readonly location: string
  readonly service: string
  readonly serviceId: string
  readonly changed: { readonly id: string; readonly accountId: string }
  readonly other: string
  readonly pets: readonly string[]
}

/** What a change of the schedule takes away of a lane: an hour of a day. */
interface Hour {
  readonly date: string
  readonly hour: number
}

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`

describe(`a change of the schedule and the bookings that race it (RACE_SEED=${SEED})`, () => {
  let house: House
  let desk: Desk

  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '24' })
    desk = await openDesk(house)
    await pauseWrites()
  })
  after(() => house[Symbol.asyncDispose]())

  it(`never both stand, in ${INTERLEAVINGS} interleavings`, async () => {
    const lanes = []
    for (let index = 0; index < LANES; index++) lanes.push(await openLane(`lane-${'abcd'[index]}`))
    const outcomes = await Promise.all(lanes.map((lane, index) => race(lane, seeded(SEED * LANES + index))))
    await assertSoundBooks(house)
    const all = outcomes.flat()
    // Had one side always been first, nothing would have been raced.
    for (const outcome of ['change won', 'change refused', 'booking won', 'booking refused'])
      assert.ok(all.filter((one) => one === outcome).length > INTERLEAVINGS / 10, outcome)
  })

  async function race(lane: Lane, chance: () => number): Promise<string[]> {
    const outcomes: string[] = []
    let usualMs = 10
    const book = async (startsAt: string, asked: Record<string, unknown>) => {
      const startedAt = performance.now()
      const answer = await desk.book(startsAt, asked)
      usualMs = (usualMs + performance.now() - startedAt) / 2
      return answer
    }
    for (let turn = 0; turn < INTERLEAVINGS / LANES; turn++) {
      const date = Temporal.PlainDate.from('2027-01-04')
        .add({ days: Math.floor(turn / 8) })
        .toString()
      const at = { date, hour: 9 + (turn % 8) }
      const startsAt = `${date}T${clock(at.hour)}`
      const [first, second, third] = lane.pets as [string, string, string]
      const asked = { service: lane.service, locationId: lane.location, providerId: lane.changed.id }
      const moved =
        chance() < 0.3 ? await desk.book(startsAt, { ...asked, providerId: lane.other, petId: third }) : null
      const kind = oneOf(chance, Object.keys(changes) as (keyof typeof changes)[])
      const appointments = oneOf(chance, [undefined, undefined, 'cancel', 'move'])
      // A booking looks around before it takes its turn with the schedule: at the same moment, the change would mostly be first.
      const waitMs = chance() < 0.3 ? 0 : chance() * usualMs
      const [changed, ...booked] = await Promise.all([
        wait(waitMs).then(() => changes[kind](lane, at, appointments)),
        book(startsAt, { ...asked, petId: first }),
        book(startsAt, { ...asked, petId: second }),
        ...(moved ? [put(`/appointments/${moved.body.id}`, { providerId: lane.changed.id })] : []),
      ])
      const answers = [changed, ...booked]
      assert.ok(answers.every(({ status }) => status < 500))
      const hasChanged = changed.status < 300
      if (hasChanged) assert.deepEqual(await standing(lane, at, kind), [], `${kind}, ${appointments} at ${startsAt}`)
      outcomes.push(hasChanged ? 'change won' : 'change refused')
      outcomes.push(...booked.map(({ status }) => (status < 300 ? 'booking won' : 'booking refused')))
      await clear(lane, kind, at)
    }
    return outcomes
  }

  const admin = (method: string, path: string, body: object) => house.call(method, path, { as: desk.world.ada, body })
  const put = (path: string, body: object) => admin('PUT', path, body)
  const wholeHour = ({ date, hour }: Hour) => ({ from: `${date}T${clock(hour)}`, to: `${date}T${clock(hour + 1)}` })

  type Change = (lane: Lane, at: Hour, appointments: string | undefined) => Promise<Answer>
  const changes = {
    'time off': (lane, at, appointments) =>
      admin('POST', `/providers/${lane.changed.id}/time-off`, { ...wholeHour(at), appointments }),
    closure: (lane, at, appointments) =>
      admin('POST', `/locations/${lane.location}/closures`, { ...wholeHour(at), appointments }),
    hours(lane, { date, hour }, appointments) {
      const { dayOfWeek } = Temporal.PlainDate.from(date)
      const weekly = everyDay().flatMap((shift) =>
        shift.weekday === dayOfWeek
          ? [
              { ...shift, to: clock(hour) },
              { ...shift, from: clock(hour + 1) },
            ].filter(({ from, to }) => from < to)
          : [shift],
      )
      return setHours(lane, date, weekly, appointments)
    },
    provider: (lane, _at, appointments) => assign(lane, { active: false, appointments }),
    service: (lane, _at, appointments) => offer(lane, { active: false, appointments }),
  } satisfies Record<string, Change>

  const setHours = (lane: Lane, effectiveFrom: string, weekly: object[], appointments: string | undefined) =>
    put(`/providers/${lane.changed.id}/working-hours`, {
      locationId: lane.location,
      effectiveFrom,
      weekly,
      appointments,
    })
  const assign = ({ changed: { id, accountId }, service, location }: Lane, more: object) =>
    put(`/providers/${id}`, { accountId, services: [service], locationIds: [location], ...more })
  const offer = ({ service, serviceId }: Lane, more: object) =>
    put(`/services/${serviceId}`, { ...terms, slug: service, ...more })

  /** The visits that stand where a change has taken the time away. */
  function standing(lane: Lane, at: Hour, kind: keyof typeof changes) {
    const { from, to } = wholeHour(at)
    return house.sql(
      `select id, status from appointments
        where location_id = $1 and local_start >= $2::timestamp and local_start < $3::timestamp
          and ($4 or provider_id = $5) and status in ('requested', 'booked', 'confirmed')`,
      [lane.location, from, to, ['closure', 'service'].includes(kind), lane.changed.id],
    )
  }

  /** Empties the lane's books and puts back what a change has taken. */
  async function clear(lane: Lane, kind: keyof typeof changes, { date }: Hour): Promise<void> {
    await house.sql(
      `with ended as (update appointments set status = 'cancelled' where location_id = $1 returning id)
       delete from reservations where appointment_id in (select id from ended)`,
      [lane.location],
    )
    if (kind === 'hours') await setHours(lane, date, everyDay(), undefined)
    if (kind === 'provider') await assign(lane, {})
    if (kind === 'service') await offer(lane, {})
  }

  const terms = { kind: 'grooming', durationMinutes: 60, stepMinutes: 60 }

  async function openLane(name: string): Promise<Lane> {
    const location = await desk.make('/locations', { name, timeZone: 'America/New_York' })
    const serviceId = await desk.make('/services', { ...terms, slug: name })
    const [changed, other] = [await addGroomer(`${name}-1`), await addGroomer(`${name}-2`)]
    const pets = [await desk.addPet(), await desk.addPet(), await desk.addPet()]
    return { name, location, service: name, serviceId, changed, other: other.id, pets }

    async function addGroomer(called: string) {
      const accountId = await desk.make('/staff', {
        email: `${called}@example.test`,
        name: called,
        roles: ['groomer'],
      })
      const id = await desk.make('/providers', { accountId, services: [name], locationIds: [location] })
      await desk.setHours(id, everyDay(), location)
      return { id, accountId }
    }
  }

  /** Puts up to 3 ms, which the seed decides, between what a transaction has read and what it writes. */
  async function pauseWrites(): Promise<void> {
    await house.sql(`
      create sequence pauses start ${SEED * 1_000 + 1};
      create function pause() returns trigger language plpgsql security definer set search_path = public as $$
      begin
        perform pg_sleep((hashint8(nextval('pauses')) & 3) / 1000.0);
        return null;
      end $$`)
    for (const table of ['events', 'appointments'])
      await house.sql(`create trigger pause before insert on ${table} for each statement execute function pause()`)
  }
})
