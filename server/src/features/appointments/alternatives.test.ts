import assert from 'node:assert/strict'
import { it } from 'node:test'
import { openHouse } from '../../../test/setup.ts'
import { populate } from '../../../test/world.ts'
import { system } from '../../platform/actor.ts'
import { openLine } from '../../platform/database/database.ts'
import { openAlternatives } from './alternatives.ts'
import { SlotTaken } from './errors.ts'
import { type Books, openBooks } from './open-books.ts'
import { openTimetables } from './open-timetables.ts'

it('look once into the books for all who lost a time, and into the database only for whoever moves a visit', async () => {
  await using house = await openHouse({ RATE_LIMIT: 'off' })
  const { drLindAtWork: providerId, rex: movedId } = await populate(house)
  const { db, config } = house.context
  await using line = openLine(config.databaseUrl, () => {})
  const timetables = openTimetables()
  const books = openBooks(line, timetables)
  let [looks, lookups] = [0, 0]
  const counted: Books = { ...books, read: (look) => books.read(look).finally(() => looks++) }
  const watched = {
    ...db,
    rows: (statement: { name?: string }) => {
      if (statement.name?.startsWith('read-busy')) lookups++
      return db.rows(statement as never)
    },
  } as typeof db
  const toldLoser = openAlternatives(watched, timetables, counted)
  const lose = async (time: string, more: object = {}) => {
    const lost = { service: 'wellness-exam', startsAt: `2027-03-15T${time}:00Z`, providerId, ...more }
    const told = await toldLoser(new SlotTaken(['provider-busy']), system, lost)
    assert.ok(told instanceof SlotTaken)
    return told
  }
  const losers = await Promise.all(Array.from({ length: 50 }, () => lose('14:00')))
  assert.deepEqual([looks, lookups], [1, 0])
  await lose('15:00')
  assert.deepEqual([looks, lookups], [2, 0])
  await lose('15:00', { movedId })
  assert.deepEqual([looks, lookups], [3, 1])
  for (const { more } of losers) assert.deepEqual(more, losers[0]?.more)
})
