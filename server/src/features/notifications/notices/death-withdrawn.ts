import { findPet } from '../../pets/lookup.ts'
import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import type { Voice } from '../voice.ts'
import { otherOwners } from './managing-owner-letter.ts'

/** To the owners of a pet that was taken for dead: its visits were cancelled, and nobody but them knows whether it needs new ones. */
export const deathWithdrawn: Notice = {
  name: 'death-withdrawn',
  event: 'pet.death-withdrawn',
  recipients: otherOwners,
  async compose(context, { eventId, petId, recipientId = null }) {
    if (petId === null || recipientId === null) return null
    const [pet, to] = await Promise.all([findPet(context.db, petId), addresseeOf(context, recipientId)])
    const isOwner = pet?.owners.some(({ id }) => id === recipientId)
    if (!pet || !isOwner || !to || pet.deceasedOn !== null) return null
    const id = `death-withdrawn.${eventId}.${recipientId}`
    return { to, letter: deathWithdrawnLetter({ id, pet: pet.name, url: context.config.publicUrl }, to.voice) }
  },
}

export function deathWithdrawnLetter(
  { id, pet, url }: { id: string; pet: string; url: string },
  { say }: Voice,
): Letter {
  return {
    id,
    kind: 'visits',
    subject: say('death-withdrawn.subject', { pet }),
    paragraphs: [say('death-withdrawn.body', { pet }), say('death-withdrawn.visits')],
    link: { label: say('visit.link'), url },
    footer: say('emergency-access.footer'),
  }
}
