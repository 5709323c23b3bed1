import type { Letter } from './letter.ts'
import type { Voice } from './voice.ts'

/** The visits of one day at one location: a provider's own, or everybody's for the front desk. */
export interface DayList {
  readonly id: string
  readonly isOwn: boolean
  readonly location: string
  readonly timeZone: string
  readonly visits: readonly DayListVisit[]
  /** Beyond those listed. */
  readonly more: number
  readonly url: string
}

export interface DayListVisit {
  /** Instants. */
  readonly startsAt: string
  readonly endsAt: string
  readonly pet: string
  readonly service: string
  readonly provider: string
  readonly owner: string | null
}

/** Tells a member of staff what the day brings; nothing clinical, and nothing that an owner wrote about the visit. */
export function dayListLetter(list: DayList, voice: Voice): Letter {
  const { say, hours } = voice
  const { location, visits, more, isOwn, timeZone } = list
  const count = visits.length + more
  const day = voice.day(visits[0]?.startsAt ?? '', timeZone)
  return {
    id: list.id,
    kind: 'day-list',
    subject: say('day-list.subject', { location, day, count }),
    paragraphs: [
      say(isOwn ? 'day-list.own' : 'day-list.all', { location, count }),
      ...(more > 0 ? [say('day-list.more', { count: more })] : []),
    ],
    facts: visits.map(({ startsAt, endsAt, ...visit }) => {
      const entry = { ...visit, owner: visit.owner ?? say('day-list.unnamed') }
      return [hours(startsAt, endsAt, timeZone), say(isOwn ? 'day-list.entry' : 'day-list.entry-with', entry)]
    }),
    link: { label: say('link.portal'), url: list.url },
    footer: location,
  }
}
