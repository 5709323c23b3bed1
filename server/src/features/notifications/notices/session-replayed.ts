import { accountLetter } from '../account-letter.ts'
import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import { findSignIn } from '../queries.ts'
import type { Voice } from '../voice.ts'

/** Tells the holder that a device was signed out because a used refresh token came again. */
export const sessionReplayed: Notice = {
  name: 'session-replayed',
  event: 'session.replayed',
  async compose(context, { eventId, resourceId: sessionId }) {
    const session = sessionId === null ? undefined : await findSignIn(context.db, sessionId)
    const to = await addresseeOf(context, session?.accountId ?? null)
    return to && { to, letter: sessionReplayedLetter({ eventId, url: context.config.publicUrl }, to.voice) }
  },
}

export function sessionReplayedLetter({ eventId, url }: { eventId: string; url: string }, voice: Voice): Letter {
  const { say } = voice
  return accountLetter(voice, {
    id: `session-replayed.${eventId}`,
    subject: say('session-replayed.subject'),
    paragraphs: [say('session-replayed.body'), say('session-replayed.advice')],
    link: { label: say('link.portal'), url },
  })
}
