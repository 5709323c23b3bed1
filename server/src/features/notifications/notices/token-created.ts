import { accountLetter } from '../account-letter.ts'
import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'

/** Tells the holder that a program may act in their name. */
export const tokenCreated: Notice = {
  name: 'token-created',
  event: 'token.created',
  async compose(context, { eventId, actorId }) {
    const to = await addresseeOf(context, actorId)
    return to && { to, letter: tokenCreatedLetter({ eventId, url: context.config.publicUrl }, to.voice) }
  },
}

export function tokenCreatedLetter({ eventId, url }: { eventId: string; url: string }, voice: Voice): Letter {
  const { say } = voice
  return accountLetter(voice, {
    id: `token-created.${eventId}`,
    subject: say('token-created.subject'),
    paragraphs: [say('token-created.body'), say('token-created.advice')],
    link: { label: say('link.portal'), url },
  })
}
