import type { IntlMessageFormat } from 'intl-messageformat'
import { type Language, languageOf } from '../../platform/language.ts'
import { type TextKey, texts, type ValuesOf } from './texts.ts'

/** Speaks a person's language: texts in one of the six, dates and times as their locale writes them. */
export interface Voice {
  readonly language: Language
  say<Key extends TextKey>(key: Key, ...values: ValuesOf<Key>): string
  /**
   * An instant (RFC 3339) on the clock of an IANA time zone, whose name goes with it, since one hour a year happens twice:
   * `Monday, March 15, 2027 at 9:00 AM (Eastern Daylight Time)`.
   */
  time(instant: string, timeZone: string): string
  /** The day of an instant in a time zone: `Monday, March 15`. */
  day(instant: string, timeZone: string): string
  /** `9:00 – 9:30 AM` in a time zone. */
  hours(from: string, to: string, timeZone: string): string
  /** A date (`2027-03-15`) in words: `March 15, 2027`. */
  date(localDate: string): string
  list(items: readonly string[]): string
}

/** The voice for a locale (BCP 47); English for a language that Petra does not speak. */
export async function voiceFor(locale: string): Promise<Voice> {
  // Loaded with the first mail: 7 MB and 30 ms that a process without mail does not spend.
  const { IntlMessageFormat: Format } = await import('intl-messageformat')
  const language = languageOf(locale)
  const region = regional(locale, language)
  return {
    language,
    say(key, ...values) {
      const id = `${language} ${key}`
      const parsed = formats.get(id) ?? new Format(texts[language][key], language)
      formats.set(id, parsed)
      return String(parsed.format(values[0] as Record<string, string | number> | undefined))
    },
    time(instant, timeZone) {
      const date = new Date(instant)
      const zone = dates(region, { timeZone, timeZoneName: 'long' }).formatToParts(date)
      const name = zone.find(({ type }) => type === 'timeZoneName')?.value
      return `${dates(region, { timeZone, dateStyle: 'full', timeStyle: 'short' }).format(date)} (${name})`
    },
    day: (instant, timeZone) =>
      dates(region, { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(instant)),
    hours: (from, to, timeZone) =>
      dates(region, { timeZone, hour: 'numeric', minute: '2-digit' }).formatRange(new Date(from), new Date(to)),
    date: (localDate) => dates(region, { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(localDate)),
    list: (items) => new Intl.ListFormat(region).format(items),
  }
}

/** Every text is parsed once; there are as many as texts and languages. */
const formats = new Map<string, IntlMessageFormat>()

/** Making one takes 30 µs, and a mail needs several. Few locales and zones meet in one company; should they not, we start over. */
const MOST_CLOCKS = 500
const clocks = new Map<string, Intl.DateTimeFormat>()

function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${locale} ${JSON.stringify(options)}`
  const kept = clocks.get(id) ?? new Intl.DateTimeFormat(locale, options)
  if (clocks.size >= MOST_CLOCKS) clocks.clear()
  clocks.set(id, kept)
  return kept
}

/** The locale without what would change script, calendar or digits; the bare language when it is not well-formed. */
function regional(locale: string, language: Language): string {
  const region = /^[a-z]{2}-(?:[a-z]{4}-)?([a-z]{2}|\d{3})\b/i.exec(locale)?.[1]
  return region === undefined || !locale.toLowerCase().startsWith(`${language}-`)
    ? language
    : `${language}-${region.toUpperCase()}`
}
