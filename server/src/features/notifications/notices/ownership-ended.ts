import { findPastOwner } from '../../ownerships/lookup.ts'
import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'

/** To a former owner, unless they left of their own accord. */
export const ownershipEnded: Notice = {
  name: 'ownership-ended',
  event: 'ownership.ended',
  async compose(context, { eventId, resourceId, petId, actorId }) {
    if (resourceId === null || petId === null || resourceId === actorId) return null
    const [past, to] = await Promise.all([
      findPastOwner(context.db, petId, resourceId),
      addresseeOf(context, resourceId),
    ])
    if (!past || !to) return null
    const { petName: pet, wasHandedOver } = past
    return {
      to,
      letter: ownershipEndedLetter({ eventId, pet, wasHandedOver, url: context.config.publicUrl }, to.voice),
    }
  },
}

export function ownershipEndedLetter(
  { eventId, pet, wasHandedOver, url }: { eventId: string; pet: string; wasHandedOver: boolean; url: string },
  { say }: Voice,
): Letter {
  return {
    id: `ownership-ended.${eventId}`,
    kind: 'ownership',
    subject: say('ownership-ended.subject', { pet }),
    paragraphs: [
      say(wasHandedOver ? 'ownership-ended.handed-over' : 'ownership-ended.ended', { pet }),
      say('ownership-ended.consequence', { pet }),
    ],
    link: { label: say('ownership-ended.link'), url },
    footer: say('ownership-ended.footer'),
  }
}
