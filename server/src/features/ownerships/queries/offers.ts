import sql from 'sql-template-tag'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import type { Offer, OfferKind } from '../offer.ts'

/** An open offer as it is stored. */
export type OfferRow = Omit<Offer, 'email'> & { readonly email: Buffer }

const offerColumns = sql`
  f.id, f.pet_id as "petId", f.kind, f.rights, f.offered_by as "offeredBy", f.email, f.offered_at as "offeredAt",
  f.expires_at as "expiresAt", f.undeliverable_since as "undeliverableSince"`

const openOffers = sql`
  ownership_offers f join pets p on p.id = f.pet_id and p.archived_at is null
    and f.status = 'open' and f.expires_at > clock_now()`

/** Those whose makers could make them today: not disabled, and still staff, or still managing the pet. */
const offersToHave = sql`
  ${openOffers} join accounts a on a.id = f.offered_by and a.disabled_at is null
    and (a.roles && '{receptionist,admin}' or exists (
      select from ownerships o
       where o.pet_id = f.pet_id and o.owner_id = f.offered_by and o.until is null and o.rights @> '{manage}'))`

/** The open offers of a pet, oldest first. */
export function listOpenOffers(db: Queryable, petId: string, kind: OfferKind): Promise<OfferRow[]> {
  return db.rows(sql`
    select ${offerColumns} from ${openOffers} where f.pet_id = ${petId} and f.kind = ${kind} order by f.id`)
}

/** An open offer with the names its mail says. */
export function findOfferToMail(
  db: Queryable,
  id: string,
): Promise<(OfferRow & { petName: string; offeredByName: string }) | undefined> {
  return db.row(sql`
    select ${offerColumns}, p.name as "petName", a.name as "offeredByName"
      from ${offersToHave} where f.id = ${id}`)
}

/** An open offer, and whether it went to the account's address. */
export function findOfferTo(
  tx: Tx,
  accountId: string,
  kind: OfferKind,
  id: string,
): Promise<(OfferRow & { isTheirs: boolean }) | undefined> {
  return tx.row(sql`
    select ${offerColumns},
           exists (select from account_contacts c
                    where c.account_id = ${accountId} and c.email_index = f.email_index) as "isTheirs"
      from ${offersToHave} where f.id = ${id} and f.kind = ${kind}`)
}

/** Locks the pet of an offer for a change of who owns it. */
export async function lockPetOfOffer(tx: Tx, offerId: string): Promise<void> {
  await tx.rows(sql`
    select from pets where id = (select pet_id from ownership_offers where id = ${offerId}) for no key update`)
}

/** Makes the offers of one account wait for each other. */
export async function lockOfferer(tx: Tx, accountId: string): Promise<void> {
  await tx.rows(sql`select from accounts where id = ${accountId} for no key update`)
}

/** How many offers of a pet are open, and how many an account has made in the last 24 hours. */
export async function countOffers(
  tx: Tx,
  petId: string,
  accountId: string,
): Promise<{ openOfPet: number; lastDay: number }> {
  const row = await tx.row<{ openOfPet: number; lastDay: number }>(sql`
    select (select count(*) from ownership_offers where pet_id = ${petId} and status = 'open') as "openOfPet",
           (select count(*) from ownership_offers
             where offered_by = ${accountId} and offered_at > clock_now() - interval '24 hours') as "lastDay"`)
  return row as { openOfPet: number; lastDay: number }
}

/** Adds an offer that is good for 7 days; undefined when there is an open one that rules it out. */
export function insertOffer(
  tx: Tx,
  offer: Pick<OfferRow, 'id' | 'petId' | 'kind' | 'rights' | 'offeredBy' | 'email'> & { emailIndex: Buffer },
): Promise<Pick<Offer, 'offeredAt' | 'expiresAt'> | undefined> {
  return tx.row(sql`
    insert into ownership_offers (id, pet_id, kind, rights, offered_by, email, email_index, expires_at)
    values (${offer.id}, ${offer.petId}, ${offer.kind}, ${offer.rights}, ${offer.offeredBy}, ${offer.email},
            ${offer.emailIndex}, clock_now() + interval '7 days')
    on conflict do nothing
    returning offered_at as "offeredAt", expires_at as "expiresAt"`)
}

const forget = sql`email = null, email_index = null`

export async function endOffer(tx: Tx, id: string, status: 'accepted' | 'declined', at: string): Promise<void> {
  await tx.rows(sql`update ownership_offers set status = ${status}, ended_at = ${at}, ${forget} where id = ${id}`)
}

/** Of one pet: one offer, those of one account, or all. */
export interface OffersToWithdraw {
  readonly petId: string
  readonly id?: string
  readonly offeredBy?: string
}

/** Those that have run out are over, though nobody may have marked them yet. */
export function withdrawOfferRows(
  tx: Tx,
  { petId, id, offeredBy }: OffersToWithdraw,
  at: string,
): Promise<{ id: string; kind: OfferKind }[]> {
  return tx.rows(sql`
    update ownership_offers set status = 'withdrawn', ended_at = ${at}, ${forget}
     where pet_id = ${petId} and status = 'open' and expires_at > clock_now()
       and id = coalesce(${id}, id) and offered_by = coalesce(${offeredBy}, offered_by)
    returning id, kind`)
}

/** @returns false when its mail was refused before, or it is over */
export async function markOfferUndeliverable(tx: Tx, id: string): Promise<boolean> {
  const marked = await tx.row(sql`
    update ownership_offers set undeliverable_since = clock_now()
     where id = ${id} and status = 'open' and undeliverable_since is null returning id`)
  return marked !== undefined
}

/** Marks the offers of a pet that have run out. */
export async function expireOffersOf(tx: Tx, petId: string): Promise<void> {
  await tx.rows(sql`${expire} and pet_id = ${petId}`)
}

/** Marks all offers that have run out, and so forgets the addresses. */
export async function expireOffers(db: Queryable): Promise<void> {
  await db.rows(expire)
}

const expire = sql`
  update ownership_offers set status = 'expired', ended_at = expires_at, ${forget}
   where status = 'open' and expires_at <= clock_now()`
