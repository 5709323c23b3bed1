import type { Purpose, Role } from '../../platform/actor.ts'
import type { Language } from '../../platform/language.ts'
import type { AccessLogTexts, Told } from './access-log-texts/access-log-texts.ts'
import { de } from './access-log-texts/de.ts'
import { en } from './access-log-texts/en.ts'
import { es } from './access-log-texts/es.ts'
import { fr } from './access-log-texts/fr.ts'
import { pl } from './access-log-texts/pl.ts'
import { pt } from './access-log-texts/pt.ts'

const texts: Readonly<Record<Language, AccessLogTexts>> = { en, es, fr, de, pt, pl }

/** What an owner is told of. */
export const told = Object.keys(en.did) as Told[]

/** How the access log tells in a language, with times on the clock of an IANA time zone. */
export interface Teller {
  tell(entry: {
    /** An instant. */
    readonly at: string
    readonly name: string
    readonly role: Role
    readonly what: Told
    readonly purpose: Purpose
    /** How many records a list showed, if it is one. */
    readonly count: number | null
  }): string
}

export function tellerIn(language: Language, timeZone: string): Teller {
  const { frame, entries, roles, why, did } = texts[language]
  const clock = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  })
  return {
    tell({ at, name, role, what, purpose, count }) {
      const done = count === null ? did[what] : fill(entries, { did: did[what], count: String(count) })
      const when = clock.format(new Date(at))
      return fill(frame, { when, who: name, role: roles[role], did: done, why: why[purpose] })
    },
  }
}

/** At one go, since a name may hold braces. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}
