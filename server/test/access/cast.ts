import type { House } from '../setup.ts'
import { addAccount, type World } from '../world.ts'

/** Everybody who asks, in the order of the tables' columns. */
export const personas = [
  /** Not signed in. */
  'nobody',
  /** A stranger to Rex; Mimi, Kit and the pets with a past of their own are hers. */
  'sam',
  /** Owned Rex once, with every right. */
  'fay',
  /** Owns Rex. */
  'maya',
  /** Co-owns Rex: view. */
  'noor',
  /** Co-owns Rex: view, book. */
  'ben',
  /** Co-owns Rex: view, records. */
  'rae',
  /** Groomer in New York, booked with Rex. */
  'tomas',
  /** Groomer in New York, not booked with Rex. */
  'gil',
  /** A vet no more, still on the books in New York, with a visit of Rex. */
  'lea',
  /** Receptionist. */
  'ines',
  /** Vet in New York, Rex is under her care. */
  'lind',
  /** Vet in London, without care; Otto and Pip are his, and he has emergency access to Mimi. */
  'okafor',
  /** Vet and groomer, on the books as a groomer in New York. */
  'moss',
  /** Admin; once a vet, still on the books in New York, with a visit of Rex. */
  'ada',
] as const

export type Persona = (typeof personas)[number]

export interface Cast {
  /** Account ids; null for nobody. */
  readonly ids: Readonly<Record<Persona, string | null>>
  /** Provider ids. */
  readonly atWork: Readonly<Record<'tomas' | 'gil' | 'lea' | 'lind' | 'okafor' | 'moss' | 'ada', string>>
}

/** Those of the columns whom the world does not have yet. */
export async function openCast(house: House, world: World): Promise<Cast> {
  const { newYork, ada, rex } = world
  const [fay, ben, rae, gil, lea, moss] = await Promise.all([
    addAccount(house, 'Fay'),
    addAccount(house, 'Ben'),
    addAccount(house, 'Rae'),
    addAccount(house, 'Gil', 'groomer'),
    addAccount(house, 'Lea', 'veterinarian'),
    addAccount(house, 'Moss', 'veterinarian', 'groomer'),
  ])
  await house.sql(
    `insert into ownerships (pet_id, owner_id, rights, until)
     values ($1, $2, default, now()), ($1, $3, '{view,book}', null), ($1, $4, '{view,records}', null)`,
    [rex, fay, ben, rae],
  )
  await house.sql(`update accounts set roles = roles || '{veterinarian}' where id = $1`, [ada])
  const provider = async (accountId: string, ...services: string[]): Promise<string> => {
    const body = { accountId, services, locationIds: [newYork] }
    return (await house.call('POST', '/providers', { as: ada, body })).body.id
  }
  const atWork = {
    tomas: world.tomasAtWork,
    gil: await provider(gil, 'grooming'),
    lea: await provider(lea),
    lind: world.drLindAtWork,
    okafor: world.drOkaforAtWork,
    moss: await provider(moss, 'grooming'),
    ada: await provider(ada),
  }
  await house.sql(`update accounts set roles = array_remove(roles, 'veterinarian') where id in ($1, $2)`, [lea, ada])
  const { sam, maya, noor, tomas, ines, drLind: lind, drOkafor: okafor } = world
  return {
    ids: { nobody: null, sam, fay, maya, noor, ben, rae, tomas, gil, lea, ines, lind, okafor, moss, ada },
    atWork,
  }
}
