import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type ProblemCode, problems } from '@petra/contract'
import { AppError, Forbidden, Invalid } from '../src/platform/errors.ts'
import { formatMeanings } from '../src/platform/http/formats.ts'
import { deDetails } from '../src/platform/http/problem-details/de.ts'
import { esDetails } from '../src/platform/http/problem-details/es.ts'
import { frDetails } from '../src/platform/http/problem-details/fr.ts'
import { plDetails } from '../src/platform/http/problem-details/pl.ts'
import { ptDetails } from '../src/platform/http/problem-details/pt.ts'
import { sayIn, titleIn } from '../src/platform/http/problem-texts.ts'
import { invalid, problemOf } from '../src/platform/http/problems.ts'
import { languageOf, negotiateLanguage } from '../src/platform/language.ts'
import { type House, openHouse } from './setup.ts'
import { populate, type World } from './world.ts'

const translated = ['de', 'es', 'fr', 'pl', 'pt'] as const
const details = { de: deDetails, es: esDetails, fr: frDetails, pl: plDetails, pt: ptDetails }

describe('the language of an answer', () => {
  it('is the one that is wanted most and spoken, of equals the first, and English otherwise', () => {
    for (const [field, language] of [
      ['de', 'de'],
      ['de-AT,en;q=0.8', 'de'],
      ['ja, pl;q=0.5, fr;q=0.4', 'pl'],
      ['fr;q=0.4, PL;q=0.5', 'pl'],
      ['es, fr', 'es'],
      ['de;q=0, es;q=0.1', 'es'],
      ['*', 'en'],
      ['ja', 'en'],
      ['', 'en'],
      ['de;q=nonsense', 'en'],
      ['den', 'en'],
      [undefined, 'en'],
    ] as const)
      assert.equal(negotiateLanguage(field), language, String(field))
    assert.equal(languageOf('pt-BR'), 'pt')
    assert.equal(languageOf('nl'), 'en')
  })
})

describe('the texts of problems', () => {
  it('have a title of every code in every language', () => {
    for (const language of translated)
      for (const code of Object.keys(problems) as ProblemCode[])
        assert.notEqual(titleIn(language, code), problems[code].title, `${language}: ${code}`)
  })

  it('have everything that Petra says of a problem in every language', () => {
    const missing = said().filter((english) => translated.some((language) => !(english in details[language])))
    assert.deepEqual(missing, [], 'add them to platform/http/problem-details/*.ts')
  })

  it('say nothing that Petra does not say, and name the same things in every language', () => {
    for (const language of translated) {
      assert.deepEqual(Object.keys(details[language]), Object.keys(details.es), language)
      for (const [english, text] of Object.entries(details[language])) {
        const wanted = english
          .split('{}')
          .slice(1)
          .map((_, index) => `{${index + 1}}`)
        assert.deepEqual((text.match(/\{\d*\}/g) ?? []).sort(), wanted, `${language}: ${english}`)
        assert.notEqual(text, english, language)
      }
    }
    const known = new Set([...ofTheChecker, ...Object.values(formatMeanings).map((meaning) => `must be ${meaning}`)])
    const source = sources().join('\n')
    assert.deepEqual(
      Object.keys(details.es).filter((english) => !known.has(english) && !inSource(english).test(source)),
      [],
    )
  })

  it('fill in what differs, and say the title where nobody has translated the rest', () => {
    assert.equal(sayIn('es', 'This needs the scope pets:read.'), 'Esto necesita el ámbito pets:read.')
    assert.equal(sayIn('de', 'must be one of dog, cat'), 'muss eines davon sein: dog, cat')
    assert.equal(sayIn('de', 'must be string'), 'muss vom Typ string sein')
    assert.equal(sayIn('fr', 'constructor'), undefined)
    const unknown = problemOf(new Forbidden('Never said before.'), 'x', 'fr')
    assert.deepEqual([unknown.title, unknown.detail], ['Non autorisé', 'Non autorisé.'])
    const field = problemOf(invalid([{ pointer: '/body/name', message: 'is required' }]), 'x', 'pl')
    assert.equal(field.detail, '/body/name jest wymagane')
    assert.deepEqual(field.errors, [{ pointer: '/body/name', message: 'jest wymagane' }])
    const rule = problemOf(
      new Invalid('reference.unknown', [{ pointer: '/body/a', message: 'is no service' }]),
      'x',
      'pt',
    )
    assert.deepEqual([rule.detail, rule.errors?.[0]?.message], ['não é um serviço', 'não é um serviço'])
    assert.equal(problemOf(new AppError('rate.limited'), 'x', 'de').detail, 'Zu viele Anfragen.')
    assert.equal(sayIn('es', `This needs the scope ${'x'.repeat(10_000)}.`), undefined)
  })
})

describe('a problem', () => {
  let house: House
  let world: World
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off', CORS_ORIGINS: 'https://portal.example' })
    world = await populate(house)
  })
  after(() => house[Symbol.asyncDispose]())

  it('speaks the language that was asked for, under the same code', async () => {
    const headers = { 'accept-language': 'pl-PL,pl;q=0.9,en;q=0.5' }
    const refused = await house.call('GET', `/pets/${world.mimi}`, { as: world.maya, headers })
    assert.equal(refused.headers.get('content-language'), 'pl')
    assert.match(refused.headers.get('vary') ?? '', /Accept-Language/)
    const { code, title, detail } = refused.body
    assert.deepEqual(
      [code, title, detail],
      ['resource.not-found', 'Nie znaleziono', 'Nie ma tu nic, co mogliby Państwo zobaczyć.'],
    )
    const body = { name: 'Rex', species: 'unicorn', colour: 'red' }
    const invalid = await house.call('POST', '/pets', { as: world.maya, body, headers: { 'accept-language': 'de' } })
    assert.deepEqual(
      invalid.body.errors.map(({ pointer, message }: { pointer: string; message: string }) => [
        pointer,
        message.slice(0, 24),
      ]),
      [
        ['/body/colour', 'ist kein Feld dieser Anf'],
        ['/body/species', 'muss eines davon sein: d'],
      ],
    )
    const plain = await house.call('GET', '/me')
    assert.deepEqual([plain.headers.get('content-language'), plain.body.title], ['en', 'Sign in first'])
  })

  it('tells caches of origins as well, where it varies by them', async () => {
    const headers = { origin: 'https://portal.example', 'accept-language': 'fr' }
    const { headers: answered } = await house.call('GET', '/me', { headers })
    assert.match(answered.get('vary') ?? '', /Origin.*Accept-Language/)
  })
})

/** What the checker of schemas says by itself. */
const ofTheChecker = [
  'is required',
  'is not a field of this request',
  'is not valid',
  'must be one of {}',
  'must be a valid {}',
  'must NOT have fewer than {} characters',
  'must NOT have more than {} characters',
  'must NOT have fewer than {} items',
  'must NOT have more than {} items',
  'must NOT have fewer than {} properties',
  'must NOT have duplicate items (items ## {} and {} are identical)',
  'must be >= {}',
  'must be <= {}',
  'must be > {}',
  'must match pattern "{}"',
  'must match exactly one schema in oneOf',
  'must match a schema in anyOf',
  'must be {}',
]

/** A text as it may stand in the source. */
function inSource(english: string): RegExp {
  const parts = english.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`['"\`]${parts.join('\\$\\{[^`]+\\}')}['"\`]`)
}

function sources(): string[] {
  const root = resolve(import.meta.dirname, '../src')
  return globSync('**/*.ts', { cwd: root })
    .filter((path) => !/\.test\.ts$|\/test-|^demo|notifications\/texts|problem-(titles|details)/.test(path))
    .map((path) => readFileSync(resolve(root, path), 'utf8'))
}

/** Every text that our code gives a problem, as it stands in the source; `{}` for what is filled in. */
function said(): string[] {
  const text = `('(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*"|\`(?:[^\`\\\\]|\\\\.)*\`)`
  const forms = [
    new RegExp(`new (?:AppError|Forbidden|Conflict)\\(\\s*(?:'[a-z.-]+'\\s*,\\s*)?${text}`, 'g'),
    new RegExp(`super\\(\\s*'[a-z.-]+',\\s*${text}`, 'g'),
    new RegExp(`\\bmessage: ${text}`, 'g'),
    new RegExp(`detail(?:: string)? = ${text}`, 'g'),
    // A text for each constraint, by its name.
    new RegExp(`^  [a-z_]+: (${text.slice(1, -1)}),$`, 'gm'),
  ]
  const found = new Set<string>()
  for (const source of sources()) {
    for (const [index, form] of forms.entries()) {
      if (index === forms.length - 1 && !/constraintOf/.test(source)) continue
      for (const [, quoted = ''] of source.matchAll(form)) {
        const english = quoted.slice(1, -1).replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, '{}')
        if (/ /.test(english)) found.add(english)
      }
    }
  }
  return [...found]
}
