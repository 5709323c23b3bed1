import { mailAddressOf } from '../../accounts/lookup.ts'
import { findManagingOwner } from '../../ownerships/lookup.ts'
import { mailBody } from '../mail-body.ts'
import type { MailContext } from '../mail-context.ts'
import type { Mail } from '../mailer.ts'
import type { NoticeNews } from '../notice.ts'
import { listOwners } from '../queries.ts'

/** Every owner but whoever did what the notice is about; who of them manages the pet is asked when their mail is written. */
export async function otherOwners({ db }: MailContext, { petId, actorId }: NoticeNews): Promise<readonly string[]> {
  return petId === null ? [] : (await listOwners(db, petId)).filter((ownerId) => ownerId !== actorId)
}

/**
 * A mail to one who manages a pet; null for who does not any more.
 * @param says subject and words, by the pet's name
 */
export async function managingOwnerMail(
  context: MailContext,
  name: string,
  { eventId, petId, recipientId }: NoticeNews,
  says: (petName: string) => { subject: string; paragraphs: string[] },
): Promise<Mail | null> {
  if (petId === null || recipientId === undefined) return null
  const { db, config } = context
  const [manager, address] = await Promise.all([
    findManagingOwner(db, petId, recipientId),
    mailAddressOf(db, context, recipientId),
  ])
  if (!manager || address === null) return null
  const { petName, ownerName } = manager
  const { subject, paragraphs } = says(petName)
  return {
    messageId: `${name}.${eventId}.${recipientId}@petra`,
    to: { name: ownerName, address },
    subject,
    ...mailBody({
      heading: subject,
      greeting: `Hello ${ownerName},`,
      paragraphs,
      facts: [],
      link: { label: `See who owns ${petName}`, url: config.publicUrl },
      signature: 'This message is sent to those who manage the pet.',
    }),
  }
}
