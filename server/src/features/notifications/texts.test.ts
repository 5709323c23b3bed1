import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { type Language, languages } from '../../platform/language.ts'
import { mailOf } from './letter.ts'
import { unsubscribableKinds } from './message-kind.ts'
import { testLetters } from './test-letters.ts'
import { testAddressee } from './test-visit.ts'
import { type TextKey, texts } from './texts.ts'
import { unsubscribePage } from './unsubscribe-page.ts'
import type { Voice } from './voice.ts'

const keys = Object.keys(texts.en) as TextKey[]

describe('the texts of mails', () => {
  it('are the same in every language, each with the placeholders of the English one', () => {
    for (const language of languages) {
      assert.deepEqual(Object.keys(texts[language]).sort(), keys.toSorted(), language)
      for (const key of keys)
        assert.deepEqual(placeholders(language, key), placeholders('en', key), `${language} ${key}`)
    }
  })

  it('say every number that the language tells apart', () => {
    for (const language of languages) {
      const needed = new Set(Array.from({ length: 1000 }, (_, n) => new Intl.PluralRules(language).select(n)))
      for (const key of keys)
        for (const { options } of plurals(language, key))
          for (const form of [...needed, 'other']) assert.ok(options[form], `${language} ${key} lacks ${form}`)
    }
  })

  it('are translated, but for words that two languages share', () => {
    for (const language of languages.slice(1))
      for (const key of keys) {
        const isSame = texts[language][key] === texts.en[key] && /\p{L}/u.test(texts.en[key].replace(/\{[^}]*\}/g, ''))
        assert.equal(isSame, shared[language]?.includes(key) ?? false, `${language} ${key}`)
      }
  })

  it('are typeset: no straight quotes, no double spaces, no spaces at the ends', () => {
    for (const language of languages)
      for (const key of keys) assert.doesNotMatch(texts[language][key], /['"]| {2}|^ | $|\.\.\./, `${language} ${key}`)
  })

  it('are all in use', async () => {
    const said = new Set<string>()
    const to = await testAddressee()
    const voice: Voice = {
      ...to.voice,
      say: (key, ...values) => {
        said.add(key)
        return to.voice.say(key, ...values)
      },
    }
    for (const write of Object.values(testLetters)) mailOf({ ...to, voice }, write({ ...to, voice }), 'https://x.test')
    for (const kind of unsubscribableKinds)
      for (const state of ['asking', 'done', 'rejected'] as const) unsubscribePage({ state, kind }, voice)
    mailOf({ ...to, voice, name: '' }, { ...letterOf(to), id: 'nameless' })
    assert.deepEqual(
      keys.filter((key) => !said.has(key)),
      [],
    )
  })

  it('leave nothing in a mail unsaid', async () => {
    for (const language of languages) {
      const to = await testAddressee(language)
      for (const [name, write] of Object.entries(testLetters)) {
        const { subject, text, html } = mailOf(to, write(to), 'https://petra.example/unsubscribe')
        assert.doesNotMatch(`${subject}${text}`, /\{|\}|undefined|null|Invalid/, `${language} ${name}`)
        assert.ok(html.includes(`<html lang="${language}">`))
        assert.equal(new Set(subject).has('\n'), false)
      }
    }
  })
})

const letterOf = testLetters.booked as NonNullable<(typeof testLetters)['booked']>

/** Words that are the same in both languages, looked at one by one. */
const shared: Partial<Record<Language, readonly TextKey[]>> = {
  fr: ['label.code'],
  de: ['label.code'],
}

function parsed(language: Language, key: TextKey): unknown {
  return new IntlMessageFormat(texts[language][key], language).getAst()
}

/** Names with their kinds, of every placeholder at any depth. */
function placeholders(language: Language, key: TextKey): string[] {
  const found = new Set<string>()
  walk(parsed(language, key), ({ type, value }) => {
    if (typeof value === 'string' && type !== LITERAL) found.add(`${value}:${type}`)
  })
  return [...found].sort()
}

function plurals(language: Language, key: TextKey): { options: Record<string, unknown> }[] {
  const found: { options: Record<string, unknown> }[] = []
  walk(parsed(language, key), (node) => node.type === PLURAL && found.push(node as never))
  return found
}

const LITERAL = 0
const PLURAL = 6

function walk(node: unknown, visit: (node: { type?: number; value?: unknown }) => void): void {
  if (node === null || typeof node !== 'object') return
  visit(node)
  for (const part of Object.values(node)) walk(part, visit)
}
