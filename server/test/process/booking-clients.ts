import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { signIn, type Visitor } from './visitor.ts'

const CLIENTS = 4
const PETS_EACH = 6
/** Between two bookings of one client: the mails of all of them have to be written afterwards. */
const PAUSE_MS = 20

/** What clients have asked for, and what they were promised. */
export interface Bookings {
  /** The appointments whose 201 arrived, by id. */
  readonly promised: Map<string, { petId: string; provider: { id: string } }>
  /** Requests whose answer never came: booked or not, but never half. */
  unanswered: number
  readonly wanted: Iterator<Wanted>
}

interface Wanted {
  readonly owner: Visitor
  readonly booking: { petId: string; service: string; startsAt: string; locationId: string }
}

/** Two owners of the demo company with enough pets, and times for thousands of visits that do not get in each other's way. */
export async function bookingsOf(url: string): Promise<Bookings> {
  const owners = await Promise.all(['owner', 'owner2'].map((name) => signIn(url, `${name}@petra.example`)))
  const pets: { owner: Visitor; petId: string }[] = []
  for (let number = 1; number <= PETS_EACH; number++) {
    for (const owner of owners) {
      const { body } = await owner.call('POST', '/pets', { name: `Pet ${number}`, species: 'dog' })
      pets.push({ owner, petId: body.id })
    }
  }
  const { body } = await (owners[0] as Visitor).call('GET', '/locations')
  const locationNamed = (name: string): string =>
    body.items.find((location: { name: string }) => location.name === name).id
  return {
    promised: new Map(),
    unanswered: 0,
    wanted: wantedVisits(pets, [
      locationNamed('Petra Midtown'),
      locationNamed('Petra Midtown'),
      locationNamed('Petra Soho'),
    ]),
  }
}

/** Several clients book one visit after the other until the process is gone. */
export async function bookUntilKilled(url: string, bookings: Bookings): Promise<void> {
  await Promise.all(Array.from({ length: CLIENTS }, () => bookOneByOne(url, bookings)))
}

async function bookOneByOne(url: string, bookings: Bookings): Promise<void> {
  for (;;) {
    const { owner, booking } = bookings.wanted.next().value as Wanted
    const answer = await owner.call('POST', '/appointments', booking, url).catch(() => null)
    if (answer === null || answer.status === 503) {
      bookings.unanswered++
      return
    }
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    bookings.promised.set(answer.body.id, answer.body)
    await wait(PAUSE_MS)
  }
}

/** One visit for each groomer at every full hour from next week on; neighbours in time are different pets. */
function* wantedVisits(
  pets: readonly { owner: Visitor; petId: string }[],
  groomersAt: readonly string[],
): Generator<Wanted> {
  let number = 0
  for (let day = Temporal.Now.plainDateISO('UTC').add({ days: 7 }); ; day = day.add({ days: 1 })) {
    if (day.dayOfWeek === 7) continue
    for (let hour = 9; hour < 16; hour++) {
      for (const locationId of groomersAt) {
        const { owner, petId } = pets[number++ % pets.length] as (typeof pets)[number]
        const startsAt = `${day}T${String(hour).padStart(2, '0')}:00`
        yield { owner, booking: { petId, service: 'grooming', startsAt, locationId } }
      }
    }
  }
}
