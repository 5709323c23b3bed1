import type { Stage } from './stage.ts'
import type { Case, Look, Request } from './table.ts'

export interface State {
  readonly status?: string
  /** From now. */
  readonly startsIn?: string
}

/** The ways for a visit to be somebody's. */
const kinds = {
  /** Rex with his groomer. */
  tomas: { pet: 'rex', by: 'tomas', at: 'newYork' },
  /** Mimi with Dr. Lind, at a location that Dr. Lind has left. */
  'lind away': { pet: 'mimi', by: 'lind', at: 'boston' },
  /** Rex with Lea, who is no vet any more. */
  lea: { pet: 'rex', by: 'lea', at: 'newYork' },
  /** Dr. Okafor's Pip with Dr. Lind. */
  pip: { pet: 'pip', by: 'lind', at: 'newYork' },
} as const

type Whose = keyof typeof kinds

/** A new visit of this kind. */
export function newVisit(stage: Stage, whose: Whose, state: State = {}): Promise<string> {
  const { pet, by, at } = kinds[whose]
  return stage.visitFor({ petId: stage.pets[pet], by, locationId: stage[at], ...state })
}

/** The visit of this kind that stands from the start. */
export function standingVisit(stage: Stage, whose: Whose): string {
  const { pet, by } = kinds[whose]
  const found = stage.visits.find((visit) => visit.by === by && visit.petId === stage.pets[pet])
  return found?.id as string
}

/** The cases of an operation for each kind, by their rows' names. */
export function ofEach(
  operation: string,
  request: (stage: Stage, whose: Whose) => Request | Promise<Request>,
  looks: Readonly<Record<string, Look>>,
): Record<string, Case> {
  return Object.fromEntries(
    (Object.keys(kinds) as Whose[]).map((whose): [string, Case] => [
      `${operation}, of ${whose}`,
      { ask: (stage) => request(stage, whose), looks },
    ]),
  )
}
