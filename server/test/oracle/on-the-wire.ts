import assert from 'node:assert/strict'
import type { House } from '../setup.ts'
import type { BookingCase, Offer } from './booking-case.ts'
import { randomOf } from './random.ts'
import type { Start } from './unoffered.ts'

/** What the API offers for a staged case. */
export async function searchOnTheWire(house: House, ownerId: string, all: BookingCase): Promise<Offer[]> {
  const { date, days } = all.asked
  const { status, body } = await house.call('GET', `/availability?${queryOf(all, { date, days })}`, { as: ownerId })
  assert.equal(status, 200, JSON.stringify(body))
  return body.slots.map(toOffer)
}

const MOST = 20

/** Whether the next starts from the first date on begin with those that are offered on the dates asked for. */
export async function assertNextOnTheWire(
  house: House,
  ownerId: string,
  all: BookingCase,
  offers: readonly Offer[],
): Promise<void> {
  const { date, days } = all.asked
  const path = `/availability/next?${queryOf(all, { from: date, count: MOST })}`
  const { status, body } = await house.call('GET', path, { as: ownerId })
  assert.equal(status, 200, JSON.stringify(body))
  const found: Offer[] = body.slots.map(toOffer)
  const end = Temporal.PlainDate.from(date).add({ days }).toString()
  const last = found.length < MOST ? Number.POSITIVE_INFINITY : (found.at(-1)?.startsAt ?? 0)
  assert.deepEqual(
    found.filter(({ startsAt, localStart }) => localStart < end && startsAt < last),
    offers.filter(({ startsAt }) => startsAt < last),
  )
}

function queryOf(all: BookingCase, more: Record<string, string | number>): URLSearchParams {
  const { locationId, providerId, resourceId, petId } = all.asked
  const named = {
    ...more,
    service: all.service.id,
    location: locationId,
    provider: providerId,
    resource: resourceId,
    pet: petId,
  }
  return new URLSearchParams(JSON.parse(JSON.stringify(named)))
}

function toOffer(slot: { startsAt: string; localStart: string; locationId: string; providerIds: string[] }): Offer {
  const { startsAt, localStart, locationId, providerIds } = slot
  return { startsAt: Date.parse(startsAt), localStart, locationId, providerIds: providerIds.toSorted() }
}

/**
 * Books every start that is offered, by name or with anybody, and cancels it again; then those that are not. One after the
 * other: a booking would stand in the way of the next.
 */
export async function bookOnTheWire(
  house: House,
  ownerId: string,
  all: BookingCase,
  offers: readonly Offer[],
  unoffered: readonly Start[],
): Promise<void> {
  const random = randomOf(all.seed)
  const book = ({ startsAt, locationId }: Start, providerId: string | undefined) => {
    const { petId = all.pets[2].id, resourceId } = all.asked
    const resourceIds = resourceId === undefined ? undefined : [resourceId]
    const body = { petId, service: all.service.id, locationId, providerId, resourceIds }
    const visit = JSON.parse(JSON.stringify({ ...body, startsAt: new Date(startsAt).toISOString() }))
    return house.call('POST', '/appointments', { as: ownerId, body: visit })
  }
  for (const offer of offers) {
    const named = random.chance(0.5) ? random.pick(offer.providerIds) : all.asked.providerId
    const { status, body } = await book(offer, named)
    assert.equal(status, 201, `${offer.localStart} is offered: ${JSON.stringify(body)}`)
    assert.ok((named === undefined ? offer.providerIds : [named]).includes(body.provider.id))
    assert.equal((await house.call('DELETE', `/appointments/${body.id}`, { as: ownerId })).status, 200)
    const another = all.providers.find(({ id }) => !offer.providerIds.includes(id))
    if (another && all.asked.providerId === undefined) assertRefused(await book(offer, another.id), offer.startsAt)
  }
  for (const start of unoffered) assertRefused(await book(start, all.asked.providerId), start.startsAt)
}

function assertRefused({ status, body }: { status: number; body: unknown }, startsAt: number): void {
  assert.ok([409, 422].includes(status), `${new Date(startsAt).toISOString()} is not offered: ${JSON.stringify(body)}`)
}
