import { accountLetter } from '../account-letter.ts'
import { addresseeOf } from '../addressee.ts'
import { deviceName } from '../device-name.ts'
import type { Addressee, Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import { findSignIn } from '../queries.ts'

/** Tells the holder that somebody signed in on a device unlike those before; not of the first sign-in of all. */
export const newSignIn: Notice = {
  name: 'new-sign-in',
  event: 'session.started',
  async compose(context, { eventId, resourceId: sessionId, at }) {
    const signIn = sessionId === null ? undefined : await findSignIn(context.db, sessionId)
    const to = signIn?.isNew ? await addresseeOf(context, signIn.accountId) : null
    if (!signIn || !to) return null
    const device = signIn.device && deviceName(signIn.device)
    return { to, letter: newSignInLetter({ eventId, at, device, url: context.config.publicUrl }, to) }
  },
}

export function newSignInLetter(
  { eventId, at, device, url }: { eventId: string; at: string; device: string | null; url: string },
  { voice, timeZone }: Addressee,
): Letter {
  const { say, time } = voice
  return accountLetter(voice, {
    id: `new-sign-in.${eventId}`,
    subject: say('new-sign-in.subject'),
    paragraphs: [say('new-sign-in.body'), say('new-sign-in.advice')],
    facts: [
      [say('label.when'), time(at, timeZone)],
      [say('label.device'), device ?? say('new-sign-in.unknown-device')],
    ],
    link: { label: say('link.portal'), url },
  })
}
