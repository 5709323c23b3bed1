import { vaccinationsToTell } from '../../medical-records/lookup.ts'
import { addresseeOf } from '../addressee.ts'
import type { Notice } from '../notice.ts'
import { findBookingOwner, listOwners } from '../queries.ts'
import { vaccinationLetter } from '../vaccination-letter.ts'

/** To the owners who can book, that vaccinations of their pet run out soon. */
export const vaccinationsDue = vaccinationNotice('due')

/** To the same, that they have run out. */
export const vaccinationsOverdue = vaccinationNotice('overdue')

function vaccinationNotice(stage: 'due' | 'overdue'): Notice {
  return {
    name: `vaccinations-${stage}`,
    event: `vaccination.${stage}`,
    recipients: async ({ db }, { petId }) => (petId === null ? [] : listOwners(db, petId)),
    async compose(context, { eventId, petId, recipientId = null }) {
      if (petId === null || recipientId === null) return null
      const [owner, vaccinations, to] = await Promise.all([
        findBookingOwner(context.db, petId, recipientId),
        vaccinationsToTell(context, petId, stage),
        addresseeOf(context, recipientId),
      ])
      if (!owner || vaccinations.length === 0 || !to) return null
      const id = `vaccinations-${stage}.${eventId}.${recipientId}`
      const news = { id, stage, pet: owner.petName, vaccinations, url: context.config.publicUrl }
      return { to, letter: vaccinationLetter(news, to.voice) }
    },
  }
}
