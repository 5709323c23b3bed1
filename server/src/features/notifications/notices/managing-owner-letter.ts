import { findManagingOwner } from '../../ownerships/lookup.ts'
import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { MailContext } from '../mail-context.ts'
import type { Message, NoticeNews } from '../notice.ts'
import { listOwners } from '../queries.ts'
import type { Voice } from '../voice.ts'

/** Every owner but whoever did what the notice is about; who of them manages the pet is asked when their mail is written. */
export async function otherOwners({ db }: MailContext, { petId, actorId }: NoticeNews): Promise<readonly string[]> {
  return petId === null ? [] : (await listOwners(db, petId)).filter((ownerId) => ownerId !== actorId)
}

/** What those who manage a pet are told of it. */
export interface ManagingNews {
  readonly id: string
  readonly pet: string
  readonly url: string
}

/**
 * A message to one who manages a pet; null for who does not any more.
 * @param write the letter, in their voice
 */
export async function tellManagingOwner(
  context: MailContext,
  name: string,
  { eventId, petId, recipientId }: NoticeNews,
  write: (news: ManagingNews, voice: Voice) => Letter,
): Promise<Message | null> {
  if (petId === null || recipientId === undefined) return null
  const [manager, to] = await Promise.all([
    findManagingOwner(context.db, petId, recipientId),
    addresseeOf(context, recipientId),
  ])
  if (!manager || !to) return null
  const news = { id: `${name}.${eventId}.${recipientId}`, pet: manager.petName, url: context.config.publicUrl }
  return { to, letter: write(news, to.voice) }
}

/** A letter to those who manage a pet. */
export function managingLetter(
  { id, pet, url }: ManagingNews,
  { say }: Voice,
  { subject, paragraphs }: { subject: string; paragraphs: readonly string[] },
): Letter {
  return {
    id,
    kind: 'ownership',
    subject,
    paragraphs,
    link: { label: say('managing.link', { pet }), url },
    footer: say('managing.footer'),
  }
}
