import { type House, openHouse } from '../setup.ts'
import { addAccount, populate, type World } from '../world.ts'
import { type Cast, openCast, type Persona, personas } from './cast.ts'
import { type Documents, openDocuments } from './stage-documents.ts'
import { openPets, type Pets, petLikeRex } from './stage-pets.ts'
import { openRecords, type Records } from './stage-records.ts'
import { makeVisit, type NewVisit, openVisits, type Visit } from './stage-visits.ts'

/** What the rows ask about. Reads come first and see it as it is here; writes go to what is theirs alone, or change nothing. */
export interface Stage extends Cast, Pick<World, 'newYork' | 'london'> {
  readonly house: House
  /** A location nobody works at any more. */
  readonly boston: string
  readonly pets: Pets
  readonly visits: readonly Visit[]
  readonly records: Records
  readonly documents: Documents
  /** The account of somebody on staff who is no provider. */
  readonly spare: string
  /** An address and password that somebody signs in with. */
  readonly credentials: { readonly email: string; readonly password: string }
  /** A pet to which everybody stands as to Rex. */
  rexAgain(): Promise<string>
  /** A visit made for one request. */
  visitFor(visit: NewVisit): Promise<string>
  /** A Monday that nobody else takes. */
  mondayOf(who: Persona): Temporal.PlainDate
}

export async function openStage(): Promise<Stage> {
  const house = await openHouse({ RATE_LIMIT: 'off', DATABASE_POOL: '16' })
  const world = await populate(house)
  const cast = await openCast(house, world)
  const { newYork, london } = world
  const atBoston = { as: world.ada, body: { name: 'Petra Boston', timeZone: 'America/New_York' } }
  const boston = (await house.call('POST', '/locations', atBoston)).body.id
  const pets = await openPets(house, world)
  const visits = await openVisits(house, cast, pets, { newYork, london, boston })
  await house.sql('update pets set archived_at = now() where id = $1', [pets.ghost])
  const records = await openRecords(house, cast, pets)
  const documents = await openDocuments(house, cast, pets, records)
  const credentials = { email: 'gus@example.test', password: 'good dog, stay safe' }
  await house.call('POST', '/auth/register', { body: { ...credentials, name: 'Gus' } })
  const spare = await addAccount(house, 'Una', 'groomer')
  const today = Temporal.Now.plainDateISO()
  return {
    ...cast,
    ...{ house, newYork, london, boston, pets, visits, records, documents, credentials, spare },
    async rexAgain() {
      const petId = await petLikeRex(house, pets.rex, 'Max')
      for (const by of ['tomas', 'lind'] as const) await makeVisit(house, cast, { petId, by, locationId: newYork })
      return petId
    },
    visitFor: (visit) => makeVisit(house, cast, visit),
    mondayOf: (who) => today.add({ weeks: 2 + personas.indexOf(who), days: 8 - today.dayOfWeek }),
  }
}
