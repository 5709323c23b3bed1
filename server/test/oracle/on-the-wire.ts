import assert from 'node:assert/strict'
import { checkAnswer } from '../check-answer.ts'
import type { openRequests } from '../keep-alive-request.ts'
import type { Answer } from '../setup.ts'
import type { BookingCase, Offer } from './booking-case.ts'
import { randomOf } from './random.ts'
import type { Start } from './unoffered.ts'

/** One request of the account that owns a case's pets; every answer is checked against the contract. */
export type Call = (method: string, path: string, body?: object) => Promise<Answer>

/** @param requests because `fetch` would be a fifth of all the work */
export function callAs(token: string, requests: ReturnType<typeof openRequests>): Call {
  const authorization = `Bearer ${token}`
  return async (method, path, body) => {
    const headers = { authorization, ...(body && { 'content-type': 'application/json' }) }
    const answer = await requests.send(method, path, headers, body ? JSON.stringify(body) : '')
    checkAnswer(method, path, answer)
    return answer
  }
}

/** What the API offers for a staged case. */
export async function searchOnTheWire(call: Call, all: BookingCase): Promise<Offer[]> {
  const { date, days } = all.asked
  const { status, body } = await call('GET', `/availability?${queryOf(all, { date, days })}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.slots.map(toOffer)
}

const MOST = 20

/** Whether the next starts from the first date on begin with those that are offered on the dates asked for. */
export async function assertNextOnTheWire(call: Call, all: BookingCase, offers: readonly Offer[]): Promise<void> {
  const { date, days } = all.asked
  const path = `/availability/next?${queryOf(all, { from: date, count: MOST })}`
  const { status, body } = await call('GET', path)
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
 * Books every start that is offered, by name or with anybody, one after the other: a booking would stand in the way of the next, so
 * each is undone, one in ten by cancelling it. What is not offered is asked for before, all at once: nothing comes of it.
 */
export async function bookOnTheWire(
  call: Call,
  undo: (appointmentId: string) => Promise<void>,
  all: BookingCase,
  offers: readonly Offer[],
  unoffered: readonly Start[],
): Promise<void> {
  const book = ({ startsAt, locationId }: Start, providerId: string | undefined) => {
    const { petId = all.pets[2].id, resourceId } = all.asked
    const resourceIds = resourceId === undefined ? undefined : [resourceId]
    const visit = { petId, service: all.service.id, locationId, providerId, resourceIds }
    return call('POST', '/appointments', { ...visit, startsAt: new Date(startsAt).toISOString() })
  }
  const asked = unoffered.map((start) => ({ start, providerId: all.asked.providerId }))
  const refused = all.asked.providerId === undefined ? [...asked, ...withAnother(all, offers)] : asked
  await Promise.all(
    refused.map(async ({ start, providerId }) => assertRefused(await book(start, providerId), start.startsAt)),
  )
  const random = randomOf(all.seed)
  for (const offer of offers) {
    const named = random.chance(0.5) ? random.pick(offer.providerIds) : all.asked.providerId
    const { status, body } = await book(offer, named)
    assert.equal(status, 201, `${offer.localStart} is offered: ${JSON.stringify(body)}`)
    assert.ok((named === undefined ? offer.providerIds : [named]).includes(body.provider.id))
    if (random.chance(0.1)) assert.equal((await call('DELETE', `/appointments/${body.id}`)).status, 200)
    else await undo(body.id)
  }
}

/** The starts that are offered, with somebody they are not offered with. */
function withAnother({ providers }: BookingCase, offers: readonly Offer[]) {
  return offers.flatMap((start) => {
    const another = providers.find(({ id }) => !start.providerIds.includes(id))
    return another ? [{ start, providerId: another.id }] : []
  })
}

function assertRefused({ status, body }: { status: number; body: unknown }, startsAt: number): void {
  assert.ok([409, 422].includes(status), `${new Date(startsAt).toISOString()} is not offered: ${JSON.stringify(body)}`)
}
