import { mailBody } from './mail-body.ts'
import type { Mail } from './mailer.ts'
import { spokenTime } from './spoken-time.ts'
import type { MailLinks } from './visit.ts'

/** A vet's emergency access to one pet as its owner is told of it; the vet's reason may be clinical and stays out. */
export type EmergencyAccess = {
  eventId: string
  ownerId: string
  ownerName: string
  ownerEmail: string
  petName: string
  vetName: string
  /** An instant, RFC 3339. */
  expiresAt: string
  timeZone: string
}

/** Tells an owner at once that a vet without care of the pet has opened its records (DOMAIN.md, "under care"). */
export function emergencyAccessMail(access: EmergencyAccess, links: Pick<MailLinks, 'portal'>): Mail {
  return {
    messageId: `emergency-access.${access.eventId}.${access.ownerId}@petra`,
    to: { name: access.ownerName, address: access.ownerEmail },
    subject: `Emergency access to ${access.petName}'s records`,
    ...mailBody({
      heading: `Emergency access to ${access.petName}'s records`,
      greeting: `Hello ${access.ownerName},`,
      paragraphs: [
        `A vet who does not have ${access.petName} under care has opened emergency access to the records.`,
        'The vet stated a reason, and every look at the records is logged. If you did not expect this, please contact us.',
      ],
      facts: [
        ['Vet', access.vetName],
        ['Pet', access.petName],
        ['Ends', spokenTime(access.expiresAt, access.timeZone)],
      ],
      link: { label: 'See who looked at the records', url: links.portal },
      signature: 'This message is sent to every owner of the pet.',
    }),
  }
}
