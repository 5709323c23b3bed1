import { mailBody } from './mail-body.ts'
import type { Mail } from './mailer.ts'
import { spokenDay, spokenTime } from './spoken-time.ts'
import type { MailLinks, Visit } from './visit.ts'
import { visitCalendar } from './visit-calendar.ts'

/** Tells the owner that a visit is booked, or asked for when it still waits for approval; carries the calendar entry. */
export function bookedMail(visit: Visit, links: MailLinks): Mail {
  const kind = visit.status === 'requested' ? 'requested' : 'booked'
  return visitMail(kind, visit, links, {
    subject: `${kind === 'booked' ? 'Booked' : 'Requested'}: ${what(visit)}, ${spokenDay(visit.startsAt, visit.timeZone)}`,
    heading: `${visit.petName}'s visit is ${kind}`,
    paragraph:
      kind === 'booked'
        ? `We look forward to seeing you and ${visit.petName}.`
        : 'We have kept the time and will tell you as soon as the visit is approved.',
    calendar: 'REQUEST',
  })
}

/** Tells the owner that a visit they asked for will take place; the calendar entry is tentative no more. */
export function approvedMail(visit: Visit, links: MailLinks): Mail {
  return visitMail('approved', visit, links, {
    subject: `Approved: ${what(visit)}, ${spokenDay(visit.startsAt, visit.timeZone)}`,
    heading: `${visit.petName}'s visit is approved`,
    paragraph: `The time you asked for is yours. We look forward to seeing you and ${visit.petName}.`,
    calendar: 'REQUEST',
  })
}

/** Tells the owner that a visit they asked for will not take place; takes the entry out of the calendar. */
export function declinedMail(visit: Visit, links: MailLinks): Mail {
  return visitMail('declined', visit, links, {
    subject: `Declined: ${what(visit)}, ${spokenDay(visit.startsAt, visit.timeZone)}`,
    heading: `We cannot take ${visit.petName}'s visit`,
    paragraph:
      'We are sorry that we cannot take this visit. Please choose another time, or call us and we will find one together.',
    calendar: 'CANCEL',
  })
}

/** Tells the owner that a visit has moved from `previousStartsAt` (an instant); moves the calendar entry. */
export function movedMail(visit: Visit, previousStartsAt: string, links: MailLinks): Mail {
  return visitMail('moved', visit, links, {
    subject: `Moved: ${what(visit)}, now ${spokenDay(visit.startsAt, visit.timeZone)}`,
    heading: `${visit.petName}'s visit has moved`,
    paragraph: `It was on ${spokenTime(previousStartsAt, visit.timeZone)}. This is the new time.`,
    calendar: 'REQUEST',
  })
}

/** Tells the owner that a visit is cancelled; takes the entry out of the calendar. */
export function cancelledMail(visit: Visit, links: MailLinks): Mail {
  return visitMail('cancelled', visit, links, {
    subject: `Cancelled: ${what(visit)}, ${spokenDay(visit.startsAt, visit.timeZone)}`,
    heading: `${visit.petName}'s visit is cancelled`,
    paragraph: 'This visit will not take place. You can book another time whenever you like.',
    calendar: 'CANCEL',
  })
}

/** Reminds the owner of a visit that is near. */
export function reminderMail(visit: Visit, links: MailLinks): Mail {
  return visitMail('reminder', visit, links, {
    subject: `Reminder: ${what(visit)}, ${spokenDay(visit.startsAt, visit.timeZone)}`,
    heading: `${visit.petName}'s visit is coming up`,
    paragraph: 'If the time no longer suits you, please move or cancel the visit so that another pet can have it.',
  })
}

type Words = { subject: string; heading: string; paragraph: string; calendar?: 'REQUEST' | 'CANCEL' }

function visitMail(kind: string, visit: Visit, links: MailLinks, words: Words): Mail {
  const address = visit.locationAddress?.replace(/\s*\n\s*/g, ', ')
  return {
    messageId: `${kind}.${visit.appointmentId}.${visit.sequence}.${visit.ownerId}@petra`,
    to: { name: visit.ownerName, address: visit.ownerEmail },
    subject: words.subject,
    ...mailBody({
      heading: words.heading,
      greeting: `Hello ${visit.ownerName},`,
      paragraphs: [words.paragraph],
      facts: [
        ['When', spokenTime(visit.startsAt, visit.timeZone)],
        ['Pet', visit.petName],
        ['Service', visit.serviceName],
        ['With', visit.providerName],
        ['Where', address ? `${visit.locationName}, ${address}` : visit.locationName],
      ],
      link: { label: 'See, move or cancel your visits', url: links.portal },
      signature: visit.locationName,
    }),
    ...(words.calendar && {
      calendar: { method: words.calendar, content: visitCalendar(visit, words.calendar, links) },
    }),
  }
}

function what(visit: Visit): string {
  return `${visit.serviceName} for ${visit.petName}`
}
