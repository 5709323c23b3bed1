import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type House, openHouse } from './setup.ts'
import { ask, type Company } from './tuples/ask.ts'
import { drawFacts } from './tuples/draw-facts.ts'
import type { Facts } from './tuples/facts.ts'
import { drawQuestion, type Question } from './tuples/question.ts'
import { openRandom } from './tuples/random.ts'
import { settle } from './tuples/settle.ts'

/** A seed makes a company and all the questions put to it; `TUPLE_SEEDS=3` replays one that failed. */
const seeds = (process.env.TUPLE_SEEDS ?? '1,2,3,4').split(',').map(Number)
/** Hours that the clock is ahead: emergencies, books and care run out in between. */
const clocks = [0, 2, 30, 20 * 24]
/** 10,000 in all. */
const QUESTIONS = 625
const AT_ONCE = 12
/** Mismatches that are told; there is no use in more. */
const MOST_TOLD = 5

describe('whatever company is made up, and whoever asks for whatever', () => {
  for (const seed of seeds) {
    it(`is told what the rules say (seed ${seed})`, async () => {
      await using house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '16' })
      const random = openRandom(seed)
      const [{ now }] = await house.sql(`select date_trunc('second', clock_now()) as now`)
      const facts = drawFacts(random, now.getTime())
      await settle(house, facts)
      const company = { house, facts, tags: await tagsOf(house, facts), words: new Map() }
      for (const hours of clocks) {
        await house.setClockAhead(`${hours} hours`)
        const questions = Array.from({ length: QUESTIONS }, () => drawQuestion(random, facts))
        const found = await mismatches(company, facts.start + hours * 3_600_000, questions)
        assert.deepEqual(found, [], `with the clock ${hours} hours ahead`)
      }
    })
  }
})

async function tagsOf(house: House, { accounts, pets, visits }: Facts): Promise<Map<string, string>> {
  const desk = accounts.find(({ roles }) => roles.join() === 'owner,receptionist')
  const paths = [
    ...pets.filter(({ isGone }) => !isGone).map(({ id }) => `/pets/${id}`),
    ...visits.map(({ id }) => `/appointments/${id}`),
  ]
  const tags = new Map<string, string>()
  for (const path of paths) {
    const { headers } = await house.call('GET', path, { as: desk?.id ?? null })
    tags.set(path, headers.get('etag') as string)
  }
  return tags
}

/** What the answers that differ from the model say, each with who asked. */
async function mismatches(company: Company, now: number, questions: readonly Question[]): Promise<string[]> {
  const found: string[] = []
  const waiting = questions.values()
  const work = async () => {
    for (const question of waiting) {
      if (found.length >= MOST_TOLD) return
      await ask(company, now, question).catch((error: Error) => {
        const who = question.who ? `${question.who.name} (${question.who.roles.join(' ')})` : 'nobody'
        found.push(
          `${question.operation} by ${who}, ${question.form}, ${question.scopes?.join(' ') ?? 'session'}: ${error.message}`,
        )
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return found
}
