import { visit } from '../../src/features/medical-records/test-records.ts'
import type { House } from '../setup.ts'
import type { Cast } from './cast.ts'
import { type History, histories } from './histories.ts'
import type { Pets } from './stage-pets.ts'

/** A visit that stands before anybody asks. */
export interface Visit {
  readonly id: string
  readonly petId: string
  readonly by: keyof Cast['atWork']
  readonly locationId: string
}

export interface NewVisit extends Omit<Visit, 'id'> {
  /** Booked without it. */
  readonly status?: string
  /** From now, as an interval of PostgreSQL; a week without it. A visit takes 30 minutes. */
  readonly startsIn?: string
  readonly bookedByVet?: boolean
}

export async function openVisits(
  house: House,
  cast: Cast,
  { rex, ghost, mimi, kit, pip, ...others }: Pets,
  { newYork, london, boston }: Record<'newYork' | 'london' | 'boston', string>,
): Promise<Visit[]> {
  const over = { petId: ghost, locationId: newYork, status: 'completed', startsIn: '-2 hours' }
  const planned: NewVisit[] = [
    ...(['tomas', 'lind', 'lea', 'ada'] as const).map((by) => ({ petId: rex, by, locationId: newYork })),
    { ...over, by: 'tomas' },
    { ...over, by: 'lind' },
    { petId: mimi, by: 'lind', locationId: boston },
    { petId: kit, by: 'gil', locationId: london },
    { petId: pip, by: 'lind', locationId: newYork },
    ...Object.entries(histories).flatMap(([name, past]) =>
      past.map((plan) => ({ ...plan, petId: others[name as History], locationId: newYork })),
    ),
  ]
  const visits: Visit[] = []
  for (const plan of planned) visits.push({ ...plan, id: await makeVisit(house, cast, plan) })
  return visits
}

/** Groomers groom, and vets examine. */
export function makeVisit(house: House, { atWork }: Cast, { by, ...rest }: NewVisit): Promise<string> {
  const service = ['lind', 'lea', 'okafor', 'ada'].includes(by) ? 'wellness-exam' : 'grooming'
  return visit(house, { ...rest, service, providerId: atWork[by] })
}
