import { type ProblemCode, problems } from '@petra/contract'
import type { Language } from '../language.ts'
import { deDetails } from './problem-details/de.ts'
import { esDetails } from './problem-details/es.ts'
import { frDetails } from './problem-details/fr.ts'
import { plDetails } from './problem-details/pl.ts'
import { ptDetails } from './problem-details/pt.ts'
import { deTitles } from './problem-titles/de.ts'
import { esTitles } from './problem-titles/es.ts'
import { frTitles } from './problem-titles/fr.ts'
import { plTitles } from './problem-titles/pl.ts'
import { ptTitles } from './problem-titles/pt.ts'

type Translated = Exclude<Language, 'en'>

const titles = { de: deTitles, es: esTitles, fr: frTitles, pl: plTitles, pt: ptTitles }

/** By the English text, in which `{}` stands for whatever differs; `{1}`, `{2}` for the same in the translation. */
const details = { de: deDetails, es: esDetails, fr: frDetails, pl: plDetails, pt: ptDetails }

/** A problem's title in a language. */
export function titleIn(language: Language, code: ProblemCode): string {
  return (language === 'en' ? undefined : titles[language][code]) ?? problems[code].title
}

/** What was said of a problem in English, or of one of its fields, in a language; undefined where nobody has translated it. */
export function sayIn(language: Language, english: string): string | undefined {
  if (language === 'en') return english
  const known = details[language]
  if (Object.hasOwn(known, english) && !english.includes('{}')) return known[english]
  // Longer ones quote what a client sent.
  if (english.length > MOST_CHARACTERS) return undefined
  for (const { pattern, text } of patternsOf(language)) {
    const parts = pattern.exec(english)
    if (parts) return text.replace(/\{(\d)\}/g, (_, index) => parts[Number(index)] ?? '')
  }
  return undefined
}

const MOST_CHARACTERS = 500

interface Pattern {
  readonly pattern: RegExp
  readonly text: string
}

const patterns = new Map<Translated, Pattern[]>()

/** Made when first asked for; in the order of the list, where what is special comes before what is general. */
function patternsOf(language: Translated): readonly Pattern[] {
  const made =
    patterns.get(language) ??
    Object.entries(details[language])
      .filter(([english]) => english.includes('{}'))
      .map(([english, text]) => {
        const parts = english.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        return { pattern: new RegExp(`^${parts.join('(.+?)')}$`, 's'), text }
      })
  patterns.set(language, made)
  return made
}
