import { addresseeOf } from '../addressee.ts'
import type { Letter } from '../letter.ts'
import type { Notice } from '../notice.ts'
import { findNewRecord, listOwners } from '../queries.ts'
import type { Voice } from '../voice.ts'

/** A visit leaves several entries: whoever writes is left to finish. */
const GATHER_MINUTES = 10

/** To the owners who may read the records, that a vet has added to them, and nothing of what it says. */
export const newRecord: Notice = {
  name: 'new-record',
  event: 'medical-record.added',
  gatherMinutes: GATHER_MINUTES,
  recipients: async ({ db }, { petId, actorId }) =>
    petId === null ? [] : (await listOwners(db, petId)).filter((ownerId) => ownerId !== actorId),
  async compose(context, { eventId, resourceId: recordId, petId, recipientId = null }) {
    if (recordId === null || petId === null || recipientId === null) return null
    const [record, to] = await Promise.all([
      findNewRecord(context.db, recordId, recipientId, GATHER_MINUTES),
      addresseeOf(context, recipientId),
    ])
    if (!record || !to) return null
    const id = `new-record.${eventId}.${recipientId}`
    return { to, letter: newRecordLetter({ id, pet: record.petName, url: context.config.publicUrl }, to.voice) }
  },
}

export function newRecordLetter({ id, pet, url }: { id: string; pet: string; url: string }, { say }: Voice): Letter {
  return {
    id,
    kind: 'new-records',
    subject: say('new-record.subject', { pet }),
    paragraphs: [say('new-record.body', { pet })],
    link: { label: say('new-record.link', { pet }), url },
    footer: say('new-record.footer'),
  }
}
