import { system } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { record } from '../../../platform/events/event-log.ts'
import { blindIndex } from '../../../platform/keys/blind-index.ts'
import { linkToken } from '../../../platform/link-token.ts'
import { findAccount, findAccountByEmail } from '../../accounts/lookup.ts'
import { markOfferUndeliverable, type OfferToMail, offerToMail } from '../../ownerships/lookup.ts'
import { readerAt } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { MailContext } from '../mail-context.ts'
import { actionLink } from '../mail-links.ts'
import type { Message, NoticeNews } from '../notice.ts'
import { type Voice, voiceFor } from '../voice.ts'

/** What an offer's letter says: nothing of the pet but its name. */
export interface OfferNews {
  readonly offer: Pick<OfferToMail, 'id' | 'kind' | 'email' | 'petName' | 'offeredByName' | 'rights'>
  readonly url: string
}

/**
 * The message that carries an offer to its address, whoever reads there; null once the offer is over. It speaks the language of
 * whose address that is, or else of who made the offer.
 * @param write the letter, in that voice
 */
export async function tellOfOffer(
  context: MailContext,
  { resourceId, actorId }: NoticeNews,
  write: (news: OfferNews, voice: Voice) => Letter,
): Promise<Message | null> {
  const { db, config, keyring } = context
  const offer = resourceId === null ? null : await offerToMail(context, resourceId)
  if (!offer) return null
  const [holder, offerer] = await Promise.all([
    findAccountByEmail(db, blindIndex(keyring, 'email', offer.email)),
    findAccount(db, actorId ?? ''),
  ])
  const voice = await voiceFor((holder ?? offerer)?.locale ?? 'en')
  const url = actionLink(config, offer.kind, linkToken(keyring, offer.kind, offer.id))
  return {
    to: readerAt(offer.email, '', voice),
    letter: write({ offer, url }, voice),
    bounced: (tx) => noteBounce(tx, offer),
  }
}

/** Who made the offer sees that it reached nobody. */
async function noteBounce(tx: Tx, { id, kind, petId }: OfferToMail): Promise<void> {
  if (!(await markOfferUndeliverable(tx, id))) return
  record(tx, system, 'email.bounced', { resource: { type: kind, id }, petId, outcome: 'failed' })
}

/** A letter with an offer, in words that need no account. */
export function offerLetter(
  { offer, url }: OfferNews,
  { say }: Voice,
  { subject, paragraph, label }: { subject: string; paragraph: string; label: string },
): Letter {
  const { id, kind, email, offeredByName: offerer } = offer
  return {
    id: `${kind}.${id}`,
    kind: 'ownership',
    subject,
    paragraphs: [paragraph, say('offer.how', { email })],
    link: { label, url },
    footer: say('offer.footer', { offerer }),
  }
}
