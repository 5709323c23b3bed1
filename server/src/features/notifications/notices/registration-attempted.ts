import { accountLetter } from '../account-letter.ts'
import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'

/** Tells the holder of an address that somebody tried to register it; whoever tried is not told that it is known. */
export const registrationAttemptedNotice: Notice = {
  name: 'registration-attempted',
  event: 'registration.attempted',
  async compose(context, { resourceId, eventId }) {
    const to = await addresseeOf(context, resourceId)
    return to && { to, letter: registrationAttemptedLetter({ eventId, url: context.config.publicUrl }, to.voice) }
  },
}

export function registrationAttemptedLetter({ eventId, url }: { eventId: string; url: string }, voice: Voice): Letter {
  const { say } = voice
  return accountLetter(voice, {
    id: `registration-attempted.${eventId}`,
    subject: say('registration-attempted.subject'),
    paragraphs: [say('registration-attempted.body'), say('registration-attempted.advice')],
    link: { label: say('link.portal'), url },
  })
}
