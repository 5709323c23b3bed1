import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import { findEmergencyAccess, listOwners } from '../queries.ts'
import type { Voice } from '../voice.ts'

/** Tells every owner at once, whatever their rights, that a vet without care of the pet has opened its records (DOMAIN.md, "under care"). */
export const emergencyAccess: Notice = {
  name: 'emergency-access',
  event: 'emergency-access.granted',
  recipients: async ({ db }, { petId }) => (petId === null ? [] : listOwners(db, petId)),
  async compose(context, { eventId, petId, actorId, expiresAt, recipientId = null }) {
    if (petId === null || recipientId === null || actorId === null || expiresAt === null) return null
    const [access, to] = await Promise.all([
      findEmergencyAccess(context.db, petId, recipientId, actorId),
      addresseeOf(context, recipientId),
    ])
    if (!access || !to) return null
    const news = { id: `emergency-access.${eventId}.${recipientId}`, ...access, expiresAt }
    return { to, letter: emergencyAccessLetter({ ...news, url: context.config.publicUrl }, to.voice) }
  },
}

/** The vet's reason may be clinical and stays out. */
export interface EmergencyAccessNews {
  readonly id: string
  readonly petName: string
  readonly vetName: string
  /** An instant, and the IANA time zone it is told in. */
  readonly expiresAt: string
  readonly timeZone: string
  readonly url: string
}

export function emergencyAccessLetter(
  { id, petName: pet, vetName, expiresAt, timeZone, url }: EmergencyAccessNews,
  { say, time }: Voice,
): Letter {
  return {
    id,
    kind: 'security',
    subject: say('emergency-access.subject', { pet }),
    paragraphs: [say('emergency-access.body', { pet }), say('emergency-access.note')],
    facts: [
      [say('label.vet'), vetName],
      [say('label.pet'), pet],
      [say('label.ends'), time(expiresAt, timeZone)],
    ],
    link: { label: say('emergency-access.link'), url },
    footer: say('emergency-access.footer'),
  }
}
