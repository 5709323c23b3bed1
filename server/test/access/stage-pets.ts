import { photo } from '../../src/features/pets/test-photos.ts'
import type { House } from '../setup.ts'
import type { World } from '../world.ts'
import { type History, histories } from './histories.ts'

/** Maya's Rex, and Ghost who is archived; Sam's Mimi, Kit and those with a history; Dr. Okafor's Otto and Pip. By their ids. */
export type Pets = Readonly<Record<'rex' | 'ghost' | 'mimi' | 'kit' | 'otto' | 'pip' | History, string>>

/** Ghost is to be archived once his visits are made. */
export async function openPets(house: House, { rex, mimi, maya, sam, drOkafor }: World): Promise<Pets> {
  const owned = async (as: string, ...names: string[]) => {
    const pets: [string, string][] = []
    for (const name of names) {
      const { body } = await house.call('POST', '/pets', { as, body: { name, species: 'cat' } })
      pets.push([name, body.id])
    }
    return Object.fromEntries(pets)
  }
  const picture = { body: await photo(8, 8).png().toBuffer(), headers: { 'content-type': 'image/png' } }
  await house.call('PUT', `/pets/${rex}/photo`, { as: maya, ...picture })
  const sams = await owned(sam, 'kit', ...Object.keys(histories))
  const vets = await owned(drOkafor, 'otto', 'pip')
  return { ...sams, ...vets, rex, mimi, ghost: await petLikeRex(house, rex, 'Ghost') } as Pets
}

/** A pet that has the owners Rex has, or had. */
export async function petLikeRex(house: House, rex: string, name: string): Promise<string> {
  const [{ id }] = await house.sql(`insert into pets (name, species) values ($1, 'dog') returning id`, [name])
  await house.sql(
    `insert into ownerships (pet_id, owner_id, rights, since, until)
     select $2, owner_id, rights, since, until from ownerships where pet_id = $1`,
    [rex, id],
  )
  return id
}
