import type { Language } from '../../platform/language.ts'
import { de } from './texts/de.ts'
import { en } from './texts/en.ts'
import { es } from './texts/es.ts'
import { fr } from './texts/fr.ts'
import { pl } from './texts/pl.ts'
import { pt } from './texts/pt.ts'

/** Everything that mails say, in ICU MessageFormat; English is the source, and its keys are all there are. */
export const texts: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, es, fr, de, pt, pl }

export type TextKey = keyof typeof en

/** What has to be given to say a text: nothing, or a value for each of its placeholders. */
export type ValuesOf<Key extends TextKey> = keyof Placeholders<(typeof en)[Key]> extends never
  ? []
  : [values: Placeholders<(typeof en)[Key]>]

/** Read from the English text: `{pet}` takes a string, `{count, plural, …}` a number. */
type Placeholders<Text extends string> = Text extends `${string}{${infer After}`
  ? After extends `${infer Inside}}${infer Rest}`
    ? Inside extends `${infer Counted}, plural,${string}`
      ? { readonly [Name in Counted]: number } & (After extends `${string}}}${infer Beyond}`
          ? Placeholders<Beyond>
          : unknown)
      : { readonly [Name in Inside]: string } & Placeholders<Rest>
    : unknown
  : unknown
