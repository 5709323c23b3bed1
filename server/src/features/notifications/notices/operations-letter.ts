import type { Letter } from '../letter.ts'
import type { Voice } from '../voice.ts'

/** A letter to an admin about how Petra itself fares. */
export function operationsLetter(
  about: 'webhook-disabled' | 'alarm-raised',
  { eventId, accountId, url }: { eventId: string; accountId: string; url: string },
  { say }: Voice,
): Letter {
  return {
    id: `${about}.${eventId}.${accountId}`,
    kind: 'operations',
    subject: say(`${about}.subject`),
    paragraphs: [say(`${about}.body`), say(`${about}.advice`)],
    link: { label: say('link.portal'), url },
    footer: say('footer.operations'),
  }
}
