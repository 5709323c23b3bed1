import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { species as allSpecies } from '@petra/contract'
import { type House, openHouse } from '../../../test/setup.ts'
import { suggestBreeds } from './suggest-breeds.ts'

describe('breeds', () => {
  let house: House
  before(async () => {
    house = await openHouse({ RATE_LIMIT: 'off' })
  })
  after(() => house[Symbol.asyncDispose]())

  it('are suggested by the beginning of a name or else of a word, whatever case and accents', () => {
    const suggested = (search: string, limit = 20) => suggestBreeds('dog', search, limit).breeds
    assert.deepEqual(suggested('coll'), ['Bearded Collie', 'Border Collie', 'Rough Collie', 'Smooth Collie'])
    assert.deepEqual(suggested('BORDER'), ['Border Collie', 'Border Terrier'])
    assert.deepEqual(suggested('terv'), ['Belgian Tervuren'])
    assert.deepEqual(suggested('lowch'), ['Löwchen'])
    assert.deepEqual(suggested('löwch'), ['Löwchen'])
    assert.deepEqual(suggested('jamt'), ['Jämthund'])
    assert.deepEqual(suggested('poodle toy'), ['Poodle, Toy'])
    assert.deepEqual(suggested('german sh'), ['German Shepherd', 'German Shorthaired Pointer'])
    assert.deepEqual(suggested('sh', 3), ['Shar Pei', 'Shetland Sheepdog', 'Shiba Inu'])
    assert.deepEqual(suggested('olli'), [])
  })

  it('are listed in order, once each, none longer than a profile takes', () => {
    const least = { dog: 300, cat: 70, rabbit: 50, horse: 100, 'guinea-pig': 20, hamster: 5 }
    for (const species of allSpecies) {
      const { breeds } = suggestBreeds(species, '', 500)
      assert.ok(breeds.length >= ((least as Record<string, number>)[species] ?? 0), species)
      assert.deepEqual(breeds, [...new Set(breeds)].toSorted(new Intl.Collator('en').compare), species)
      for (const breed of breeds) assert.ok(breed.length <= 80 && breed === breed.trim() && breed !== '', breed)
    }
    assert.deepEqual(suggestBreeds('fish', '', 20).breeds, [])
  })

  it('are for anybody, and for caches to keep', async () => {
    const { status, body, headers } = await house.call('GET', '/species/cat/breeds?search=sia')
    assert.deepEqual([status, body], [200, { species: 'cat', breeds: ['Siamese'] }])
    assert.equal(headers.get('cache-control'), 'public, max-age=86400')
    const again = { headers: { 'if-none-match': headers.get('etag') as string } }
    assert.equal((await house.call('GET', '/species/cat/breeds?search=sia', again)).status, 304)
    const { body: first } = await house.call('GET', '/species/dog/breeds')
    assert.equal(first.breeds.length, 20)
    for (const path of ['/species/unicorn/breeds', '/species/..%2f/breeds', '/species/dog/breeds?limit=501'])
      assert.equal((await house.call('GET', path)).status, 400, path)
  })
})
