import { accountLetter } from '../account-letter.ts'
import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'

/** Tells the holder that the password is another one, however that came. */
export const passwordChangedNotice: Notice = {
  name: 'password-changed',
  event: 'password.changed',
  async compose(context, { resourceId, eventId }) {
    const to = await addresseeOf(context, resourceId)
    return to && { to, letter: passwordChangedLetter({ eventId, url: context.config.publicUrl }, to.voice) }
  },
}

export function passwordChangedLetter({ eventId, url }: { eventId: string; url: string }, voice: Voice): Letter {
  const { say } = voice
  return accountLetter(voice, {
    id: `password-changed.${eventId}`,
    subject: say('password-changed.subject'),
    paragraphs: [say('password-changed.body'), say('password-changed.advice')],
    link: { label: say('link.portal'), url },
  })
}
