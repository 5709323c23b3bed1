import type { Addressee, Letter } from './letter.ts'
import type { MessageKind } from './message-kind.ts'
import type { MailLinks, Visit } from './visit.ts'
import { visitCalendar } from './visit-calendar.ts'

/** Tells the owner that a visit is booked, or asked for when it still waits for approval; carries the calendar entry. */
export function bookedLetter(visit: Visit, to: Addressee, links: MailLinks): Letter {
  const { say } = to.voice
  const { petName: pet } = visit
  return visit.status === 'requested'
    ? visitLetter('requested', visit, to, links, {
        subject: say('requested.subject', facts(visit, to)),
        heading: say('requested.heading', { pet }),
        paragraph: say('requested.body'),
        calendar: 'REQUEST',
      })
    : visitLetter('booked', visit, to, links, {
        subject: say('booked.subject', facts(visit, to)),
        heading: say('booked.heading', { pet }),
        paragraph: say('booked.body', { pet }),
        calendar: 'REQUEST',
      })
}

/** Tells the owner that a visit they asked for will take place; the calendar entry is tentative no more. */
export function approvedLetter(visit: Visit, to: Addressee, links: MailLinks): Letter {
  const { say } = to.voice
  const { petName: pet } = visit
  return visitLetter('approved', visit, to, links, {
    subject: say('approved.subject', facts(visit, to)),
    heading: say('approved.heading', { pet }),
    paragraph: say('approved.body', { pet }),
    calendar: 'REQUEST',
  })
}

/** Tells the owner that a visit they asked for will not take place; takes the entry out of the calendar. */
export function declinedLetter(visit: Visit, to: Addressee, links: MailLinks): Letter {
  const { say } = to.voice
  return visitLetter('declined', visit, to, links, {
    subject: say('declined.subject', facts(visit, to)),
    heading: say('declined.heading', { pet: visit.petName }),
    paragraph: say('declined.body'),
    calendar: 'CANCEL',
  })
}

/**
 * Tells the owner that a visit has moved from `previousStartsAt` (an instant), or is somebody else's at the time it has; moves the
 * calendar entry. That its time has stayed is not said: earlier news of it may not have been sent.
 */
export function movedLetter(visit: Visit, previousStartsAt: string, to: Addressee, links: MailLinks): Letter {
  const { say, time } = to.voice
  if (Date.parse(previousStartsAt) === Date.parse(visit.startsAt))
    return visitLetter('moved', visit, to, links, {
      subject: say('changed.subject', facts(visit, to)),
      heading: say('changed.heading', { pet: visit.petName }),
      paragraph: say('changed.body'),
      calendar: 'REQUEST',
    })
  return visitLetter('moved', visit, to, links, {
    subject: say('moved.subject', facts(visit, to)),
    heading: say('moved.heading', { pet: visit.petName }),
    paragraph: say('moved.body', { previous: time(previousStartsAt, visit.timeZone) }),
    calendar: 'REQUEST',
  })
}

/** Tells the owner that a visit is cancelled; takes the entry out of the calendar. */
export function cancelledLetter(visit: Visit, to: Addressee, links: MailLinks): Letter {
  const { say } = to.voice
  return visitLetter('cancelled', visit, to, links, {
    subject: say('cancelled.subject', facts(visit, to)),
    heading: say('cancelled.heading', { pet: visit.petName }),
    paragraph: say('cancelled.body'),
    calendar: 'CANCEL',
  })
}

/** The same to owners whose pet has died; of all that it had ahead, the earliest first. */
export function farewellLetter(visits: readonly [Visit, ...Visit[]], to: Addressee, links: MailLinks): Letter {
  const { say, time } = to.voice
  const [first, ...others] = visits
  const pet = first.petName
  const count = visits.length
  const letter = visitLetter('cancelled', first, to, links, {
    subject: say('farewell.subject', { pet, count }),
    heading: say('farewell.heading', { pet }),
    paragraph: say('farewell.body', { pet, count }),
    calendar: 'CANCEL',
  })
  if (others.length === 0) return letter
  return {
    ...letter,
    facts: visits.map(({ serviceName, startsAt, timeZone }) => [serviceName, time(startsAt, timeZone)]),
    calendar: {
      method: 'CANCEL',
      content: visitCalendar(first, to, 'CANCEL', links),
      more: others.map((visit) => visitCalendar(visit, to, 'CANCEL', links)),
    },
  }
}

/** Reminds the owner of a visit; `at`, an instant, is when they are reminded, `hoursBefore` which of the reminders it is. */
export function reminderLetter(visit: Visit, at: string, hoursBefore: number, to: Addressee, links: MailLinks): Letter {
  const { say } = to.voice
  const days = daysBetween(at, visit.startsAt, visit.timeZone)
  return visitLetter(`reminder-${hoursBefore}`, visit, to, links, {
    kind: 'visit-reminders',
    subject: say('reminder.subject', facts(visit, to)),
    heading: say('reminder.heading', { pet: visit.petName, days }),
    paragraph: say('reminder.body'),
  })
}

type Words = {
  kind?: MessageKind
  subject: string
  heading: string
  paragraph: string
  calendar?: 'REQUEST' | 'CANCEL'
}

function visitLetter(kind: string, visit: Visit, to: Addressee, links: MailLinks, words: Words): Letter {
  const { say, time } = to.voice
  const address = visit.locationAddress?.replace(/\s*\n\s*/g, ', ')
  return {
    id: `${kind}.${visit.appointmentId}.${visit.sequence}.${visit.ownerId}`,
    kind: words.kind ?? 'visits',
    subject: words.subject,
    heading: words.heading,
    paragraphs: [words.paragraph],
    facts: [
      [say('label.when'), time(visit.startsAt, visit.timeZone)],
      [say('label.pet'), visit.petName],
      [say('label.service'), visit.serviceName],
      [say('label.with'), visit.providerName],
      [say('label.where'), address ? `${visit.locationName}, ${address}` : visit.locationName],
    ],
    link: { label: say('visit.link'), url: links.portal },
    footer: visit.locationName,
    ...(words.calendar && {
      calendar: { method: words.calendar, content: visitCalendar(visit, to, words.calendar, links) },
    }),
  }
}

function facts(visit: Visit, { voice }: Addressee) {
  return { service: visit.serviceName, pet: visit.petName, day: voice.day(visit.startsAt, visit.timeZone) }
}

/** Between the days that two instants fall on in a time zone. */
function daysBetween(from: string, to: string, timeZone: string): number {
  const dayOf = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate()
  return dayOf(from).until(dayOf(to)).days
}
