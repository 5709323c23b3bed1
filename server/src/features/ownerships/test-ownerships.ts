import assert from 'node:assert/strict'
import type { Answer, House } from '../../../test/setup.ts'
import { linkToken } from '../../platform/link-token.ts'
import type { OfferKind } from './offer.ts'

/** A pet of somebody's, whom nobody else knows. */
export async function addPet(house: House, as: string, name = 'Kit'): Promise<string> {
  return made(await house.call('POST', '/pets', { as, body: { name, species: 'cat' } })).id
}

/** Makes every offer a day older: an account makes few a day. */
export async function ageOffers(house: House): Promise<void> {
  await house.sql(`alter table ownership_offers disable trigger ended_offer_stays;
                   update ownership_offers set offered_at = offered_at - interval '1 day';
                   alter table ownership_offers enable trigger ended_offer_stays`)
}

export function invite(house: House, as: string, petId: string, email: string, ...rights: string[]): Promise<Answer> {
  return house.call('POST', `/pets/${petId}/co-owner-invitations`, { as, body: { email, rights } })
}

export function transfer(house: House, as: string, petId: string, email: string): Promise<Answer> {
  return house.call('POST', `/pets/${petId}/transfer`, { as, body: { email } })
}

/** Accepts or declines by the token that was mailed. */
export function answer(
  house: House,
  as: string,
  kind: OfferKind,
  offerId: string,
  verb: 'acceptance' | 'decline' = 'acceptance',
): Promise<Answer> {
  const token = linkToken(house.context.keyring, kind, offerId)
  return house.call('POST', `/me/${kind}s/${verb}`, { as, body: { token } })
}

/** Makes somebody a co-owner, by invitation and acceptance. The address is made of the name, as in the cast. */
export async function share(house: House, as: string, petId: string, other: string, ...rights: string[]) {
  const { email } = (await house.call('GET', '/me', { as: other })).body
  const { id } = made(await invite(house, as, petId, email, ...rights))
  const accepted = await answer(house, other, 'co-owner-invitation', id)
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body))
}

/** Takes somebody off the pet, or lets them leave. */
export function end(house: House, as: string, petId: string, ownerId: string): Promise<Answer> {
  return house.call('DELETE', `/pets/${petId}/owners/${ownerId}`, { as })
}

export function changeRights(house: House, as: string, petId: string, ownerId: string, ...rights: string[]) {
  return house.call('PUT', `/pets/${petId}/owners/${ownerId}`, { as, body: { rights } })
}

/** Names and rights of those who own the pet now. */
export async function ownersOf(house: House, petId: string): Promise<string[]> {
  const rows = await house.sql(
    `select concat_ws(' ', a.name, array_to_string(o.rights, ' ')) as owner
       from ownerships o join accounts a on a.id = o.owner_id where o.pet_id = $1 and o.until is null order by 1`,
    [petId],
  )
  return rows.map(({ owner }) => owner)
}

/** Names and payloads of what was done to the pet, without what everything begins with. */
export async function eventsOf(house: House, petId: string): Promise<[name: string, payload: object | null][]> {
  const rows = await house.sql(
    `select name, payload from events where pet_id = $1 and outcome = 'allowed' and name <> 'pet.created' order by id`,
    [petId],
  )
  return rows.map(({ name, payload }) => [name, payload])
}

/** The body of what was made. */
export function made({ status, body }: Answer) {
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
