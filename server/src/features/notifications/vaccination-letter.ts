import type { Vaccine } from '@petra/contract'
import type { Letter } from './letter.ts'
import type { Voice } from './voice.ts'

/** What is said of a pet's vaccinations that run out soon, or have run out: names and dates, nothing else of its records. */
export interface VaccinationNews {
  readonly id: string
  readonly stage: 'due' | 'overdue'
  readonly pet: string
  readonly vaccinations: readonly { readonly vaccine: Vaccine; readonly validThrough: string }[]
  readonly url: string
}

/** Tells an owner which vaccinations are due or overdue, each with its date. */
export function vaccinationLetter({ id, stage, pet, vaccinations, url }: VaccinationNews, voice: Voice): Letter {
  const { say } = voice
  const count = vaccinations.length
  const isDue = stage === 'due'
  return {
    id,
    kind: 'vaccinations',
    subject: say(isDue ? 'vaccinations-due.subject' : 'vaccinations-overdue.subject', { pet, count }),
    paragraphs: [isDue ? say('vaccinations-due.body', { pet, count }) : say('vaccinations-overdue.body', { pet })],
    facts: vaccinations.map(({ vaccine, validThrough }) => {
      const date = voice.date(validThrough)
      return [
        say(`vaccine.${vaccine}`),
        isDue ? say('vaccinations-due.until', { date }) : say('vaccinations-overdue.since', { date }),
      ]
    }),
    link: { label: say('vaccinations.link'), url },
    footer: say('vaccinations.footer', { pet }),
  }
}
