/** The languages that Petra speaks; the first is the one for whoever speaks none of them. */
export const languages = ['en', 'es', 'fr', 'de', 'pt', 'pl'] as const

export type Language = (typeof languages)[number]

/** The language of a BCP 47 tag: `pt-BR` is Portuguese; English for what Petra does not speak. */
export function languageOf(locale: string): Language {
  return spoken(locale) ?? languages[0]
}

/**
 * The language to answer in, by the `Accept-Language` field of a request (RFC 9110, section 12.5.4): the one that is wanted
 * most, of equals the first. English when none is wanted.
 */
export function negotiateLanguage(accepted: string | undefined): Language {
  if (accepted === undefined) return languages[0]
  let best: { language: Language; weight: number } | undefined
  for (const range of accepted.slice(0, MOST_CHARACTERS).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim())
    const language = tag === '*' ? languages[0] : spoken(tag)
    const weight = weightOf(parameters)
    if (language && weight > (best?.weight ?? 0)) best = { language, weight }
  }
  return best?.language ?? languages[0]
}

/** No browser sends more. */
const MOST_CHARACTERS = 500

function spoken(tag: string): Language | undefined {
  const primary = tag.split('-', 1)[0]?.toLowerCase()
  return languages.find((language) => language === primary)
}

function weightOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => /^q=/i.test(parameter))
  if (given === undefined) return 1
  const weight = Number(given.slice(2))
  return weight >= 0 && weight <= 1 ? weight : 0
}
