import type { Email } from 'postal-mime'
import type { House } from '../../../test/setup.ts'

/** What the newest mail to an address offers to do. */
export interface Offer {
  readonly subject: string
  readonly code: string | undefined
  readonly purpose: string | undefined
  readonly token: string
}

/**
 * The newest mail to an address, once everything that was committed has been mailed.
 * @param purpose of the link that it carries; mails that are sent together come in any order
 */
export async function newestMail(house: House, address: string, purpose?: string): Promise<Offer | undefined> {
  await house.drain()
  const offers = (await house.mails()).filter(({ to }) => to?.[0]?.address === address).map(offerOf)
  return offers.findLast((offer) => purpose === undefined || offer.purpose === purpose)
}

function offerOf({ subject = '', text = '' }: Email): Offer {
  const [, purpose, token = ''] = /\/go#([a-z-]+)=([\w-]+)/.exec(text) ?? []
  const [, code] = /Code:\s+(\d{6})\b/.exec(text) ?? []
  return { subject, code, purpose, token }
}

/** How many mails an address has had, of all or of one subject. */
export async function countMails(house: House, address: string, subject?: string): Promise<number> {
  await house.drain()
  const mails = (await house.mails()).filter(({ to }) => to?.[0]?.address === address)
  return mails.filter((mail) => subject === undefined || mail.subject === subject).length
}
