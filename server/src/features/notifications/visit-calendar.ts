import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Addressee } from './letter.ts'
import { oneLine } from './one-line.ts'
import type { MailLinks, Visit } from './visit.ts'

/**
 * A visit as iCalendar text (RFC 5545): REQUEST puts it into the owner's calendar or moves it there, CANCEL takes it out
 * (RFC 5546). The UID stays for the appointment's life; the higher SEQUENCE wins. Times are in UTC.
 */
export function visitCalendar(visit: Visit, to: Addressee, method: 'REQUEST' | 'CANCEL', links: MailLinks): string {
  const { serviceName: service, petName: pet, providerName: provider } = visit
  const calendar = ical({
    prodId: `//Petra//Visits//${to.voice.language.toUpperCase()}`,
    method: ICalCalendarMethod[method],
  })
  calendar.createEvent({
    id: `${visit.appointmentId}@petra`,
    sequence: visit.sequence,
    status: eventStatus(visit, method),
    start: new Date(visit.startsAt),
    end: new Date(visit.endsAt),
    summary: oneLine(to.voice.say('visit.summary', { service, pet })),
    description: oneLine(to.voice.say('visit.description', { provider, link: links.portal })),
    location: [visit.locationName, ...(visit.locationAddress?.split(/\s*\n\s*/) ?? [])].map(oneLine).join('\n'),
    url: links.portal,
    organizer: { name: oneLine(visit.locationName), email: links.organizer },
    attendees: [
      {
        name: oneLine(to.name),
        email: to.address,
        // The visit was agreed before it was mailed, and nobody reads calendar replies.
        status: ICalAttendeeStatus.ACCEPTED,
        rsvp: false,
      },
    ],
  })
  return calendar.toString()
}

function eventStatus(visit: Visit, method: 'REQUEST' | 'CANCEL'): ICalEventStatus {
  if (method === 'CANCEL') return ICalEventStatus.CANCELLED
  return visit.status === 'requested' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED
}
