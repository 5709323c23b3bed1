import { linkToken } from '../../../platform/link-token.ts'
import { type OfferToMail, offerToMail } from '../../ownerships/lookup.ts'
import { mailBody } from '../mail-body.ts'
import type { MailContext } from '../mail-context.ts'
import { actionLink } from '../mail-links.ts'
import type { Mail } from '../mailer.ts'

/**
 * The mail that carries an offer to its address, whoever reads there; null once the offer is over.
 * @param says subject, and what the offer is about, in words that need no account
 */
export async function offerMail(
  context: MailContext,
  offerId: string,
  says: (offer: OfferToMail) => { subject: string; paragraph: string; label: string },
): Promise<Mail | null> {
  const offer = await offerToMail(context, offerId)
  if (!offer) return null
  const { id, kind, email, offeredByName } = offer
  const { subject, paragraph, label } = says(offer)
  return {
    messageId: `${kind}.${id}@petra`,
    to: { name: '', address: email },
    subject,
    ...mailBody({
      heading: subject,
      greeting: 'Hello,',
      paragraphs: [
        paragraph,
        `To accept or decline, sign in to the account that has this address, ${email}, or open one. The link works for 7 days, and for nobody else.`,
      ],
      facts: [],
      link: { label, url: actionLink(context.config, kind, linkToken(context.keyring, kind, id)) },
      signature: `You get this mail because ${offeredByName} gave us your address. If that means nothing to you, you need not do anything.`,
    }),
  }
}
