import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type AccessLogEntry, eventNames } from '@petra/contract'
import { type House, openHouse } from '../../../test/setup.ts'
import { populate, type World } from '../../../test/world.ts'
import { languages } from '../../platform/language.ts'
import { tellerIn, told } from './access-log-sentence.ts'
import { de } from './access-log-texts/de.ts'
import { en } from './access-log-texts/en.ts'
import { es } from './access-log-texts/es.ts'
import { fr } from './access-log-texts/fr.ts'
import { pl } from './access-log-texts/pl.ts'
import { pt } from './access-log-texts/pt.ts'

const listed = {
  at: '2027-03-15T13:00:00Z',
  name: 'Dr. Okafor',
  role: 'veterinarian',
  what: 'medical-record.listed',
  purpose: 'emergency',
  count: 3,
} as const

describe('the words of an access log', () => {
  it('say who, as what, did what, when and why, in each language', () => {
    const said = Object.fromEntries(
      languages.map((language) => [
        language,
        tellerIn(language, 'America/New_York').tell(listed).replaceAll(/\s/g, ' '),
      ]),
    )
    assert.deepEqual(said, {
      en: 'March 15, 2027 at 9:00 AM EDT: Dr. Okafor (veterinarian) looked through the medical record (entries shown: 3), in an emergency.',
      es: '15 de marzo de 2027 a las 9:00 GMT-4: Dr. Okafor (personal veterinario) consultó el historial (entradas mostradas: 3), en una emergencia.',
      fr: '15 mars 2027 à 09:00 UTC−4 : Dr. Okafor (personnel vétérinaire) a consulté le dossier médical (entrées affichées : 3), en urgence.',
      de: '15. März 2027 um 09:00 GMT-4: Dr. Okafor (tierärztliches Personal) hat die Akte durchgesehen (gezeigte Einträge: 3), im Notfall.',
      pt: '15 de março de 2027 às 09:00 GMT-4: Dr. Okafor (pessoal veterinário) consultou o processo clínico (entradas mostradas: 3), numa emergência.',
      pl: '15 marca 2027 09:00 GMT-4: Dr. Okafor (personel weterynaryjny) – przejrzenie dokumentacji medycznej (pokazane wpisy: 3), w nagłym wypadku.',
    })
  })

  it('say the same in no two ways, and all of it in every language', () => {
    for (const [language, { frame, entries, did, why, roles }] of Object.entries({ de, es, fr, pl, pt, en })) {
      for (const texts of [did, why, roles])
        assert.equal(new Set(Object.values(texts)).size, Object.keys(texts).length, language)
      assert.deepEqual(frame.match(/\{\w+\}/g)?.toSorted(), en.frame.match(/\{\w+\}/g)?.toSorted(), language)
      assert.deepEqual(entries.match(/\{\w+\}/g)?.toSorted(), ['{count}', '{did}'], language)
      assert.doesNotMatch(JSON.stringify([frame, entries, Object.values(did), Object.values(why)]), /'|\.\.\.| {2}/)
    }
  })

  it('know every event that an owner is told of', () => {
    const wanted = eventNames.filter((name) => /^(pet|medical-record|vaccination-status|emergency-access)\./.test(name))
    assert.deepEqual(told.toSorted(), wanted.toSorted())
  })

  it('take a name as it is', () => {
    const sentence = tellerIn('en', 'UTC').tell({ ...listed, name: '{why} $1', count: null })
    assert.match(sentence, /: \{why\} \$1 \(veterinarian\) looked through the medical record, in an emergency\.$/)
  })
})

describe('the access log', () => {
  let house: House
  let world: World
  let recordId: string
  before(async () => {
    house = await openHouse({ LOG_LEVEL: 'fatal' })
    world = await populate(house)
    const path = `/pets/${world.rex}/medical-records`
    const body = { type: 'note', occurredOn: '2026-03-30', description: 'Sneezes' }
    recordId = (await house.call('POST', path, { as: world.maya, body })).body.id
    await house.call('GET', path, { as: world.maya })
  })
  after(() => house[Symbol.asyncDispose]())

  async function read(as: string, language?: string) {
    const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language }
    const answer = await house.call('GET', `/pets/${world.rex}/access-log`, { as, headers })
    return { ...answer, items: answer.body.items as AccessLogEntry[] }
  }

  it('speaks the language that is asked for, and says so', async () => {
    const german = await read(world.maya, 'de-AT, en;q=0.5')
    assert.match(
      german.items[0]?.sentence ?? '',
      /Maya \(Halterin oder Halter\) hat die Akte durchgesehen \(gezeigte Einträge: 1\), auf Wunsch der Halter\.$/,
    )
    assert.equal(german.headers.get('content-language'), 'de')
    assert.match(german.headers.get('vary') ?? '', /Accept-Language/)
    const other = await read(world.maya, 'ja')
    assert.match(
      other.items[0]?.sentence ?? '',
      /Maya \(owner\) looked through the medical record \(entries shown: 1\)/,
    )
  })

  it('goes by the clock of its reader', async () => {
    const timeOf = async () => {
      const { items } = await read(world.maya)
      return items[0]?.sentence.split(': ')[0]
    }
    assert.match((await timeOf()) ?? '', / UTC$/)
    await house.sql(`insert into notification_settings (account_id, time_zone) values ($1, 'Asia/Tokyo')`, [world.maya])
    assert.match((await timeOf()) ?? '', / GMT\+9$/)
  })

  it('tells which records to owners who may read them, and to others neither which nor how many', async () => {
    const [mine] = (await read(world.maya)).items
    assert.deepEqual([mine?.what, mine?.recordIds], ['medical-record.listed', [recordId]])
    const [theirs] = (await read(world.noor)).items
    assert.deepEqual([theirs?.what, theirs?.recordIds], ['medical-record.listed', []])
    assert.match(theirs?.sentence ?? '', /looked through the medical record, at an owner/)
  })
})
