import { mailAddressOf } from '../../accounts/lookup.ts'
import { findPastOwner } from '../../ownerships/lookup.ts'
import { mailBody } from '../mail-body.ts'
import type { Notice } from '../notice.ts'

/** To a former owner, unless they left of their own accord. */
export const ownershipEnded: Notice = {
  name: 'ownership-ended',
  event: 'ownership.ended',
  async compose(context, { eventId, resourceId, petId, actorId }) {
    const { db, config } = context
    if (resourceId === null || petId === null || resourceId === actorId) return null
    const [past, address] = await Promise.all([
      findPastOwner(db, petId, resourceId),
      mailAddressOf(db, context, resourceId),
    ])
    if (!past || address === null) return null
    const { petName, ownerName, wasHandedOver } = past
    const subject = `You are no longer an owner of ${petName}`
    return {
      messageId: `ownership-ended.${eventId}@petra`,
      to: { name: ownerName, address },
      subject,
      ...mailBody({
        heading: subject,
        greeting: `Hello ${ownerName},`,
        paragraphs: [
          wasHandedOver
            ? `The transfer of ${petName} was accepted, and every ownership of before has ended.`
            : `Your ownership of ${petName} was ended by somebody who manages it, or by us for them.`,
          `You do not see ${petName}'s profile, visits and records any more. If you did not expect this, please contact us.`,
        ],
        facts: [],
        link: { label: 'See your pets', url: config.publicUrl },
        signature: 'This message is sent to whoever was an owner of the pet.',
      }),
    }
  },
}
